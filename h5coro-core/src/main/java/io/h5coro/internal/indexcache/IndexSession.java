// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import io.h5coro.error.H5Exception;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.Where;
import io.h5coro.internal.cache.BlockCache;
import io.h5coro.internal.cache.RangeBlockCache;
import io.h5coro.internal.cache.StorageFailures;
import io.h5coro.internal.cache.VersionWatch;
import io.h5coro.internal.call.Deadline;
import io.h5coro.internal.indexcache.StoredRanges.Piece;
import io.h5coro.model.IndexCache;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.RangeReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One opening of one object, with what the index cache knows of it. Thread-safe.
 *
 * <p>While {@link #isConfirmed()} is false, metadata are those of the version that the cache knows, and the object may
 * have another one by now: nothing that follows from them may be handed out.
 */
public final class IndexSession {
    private final RangeReader reader;
    private final RangeBlockCache blocks;
    private final BlockCache metadata;

    /** Of a call that waits for the version and has no deadline yet. */
    private final Duration deadline;

    /** What was read without being asked whether it still holds; null when nothing was. */
    private final @Nullable VersionWatch watch;

    /** Null when the options name no index cache, or the reader has no identity to store under. */
    private final @Nullable IndexFolder folder;

    private final @Nullable IndexedBlockCache indexed;

    /** What the entry held when the object was opened; empty without one. */
    private final StoredRanges stored;

    /** Set by the first of {@link #save} and the dropping of the entry: nothing is written after that. */
    private final AtomicBoolean over = new AtomicBoolean();

    /** Null when nothing is known of siblings, or asked of them. */
    private final @Nullable FamilySession family;

    /**
     * What is known of an object.
     *
     * @param folder null when nothing is kept on disk
     * @param family null when siblings do not count
     */
    private record Known(
            @Nullable IndexFolder folder, Optional<IndexEntry> entry, FamilySession.@Nullable Family family) {}

    private IndexSession(RangeReader reader, ReadOptions options, Known known) {
        Optional<IndexEntry> entry = known.entry();
        this.watch = entry.isPresent() ? new VersionWatch(reader) : null;
        this.reader = watch != null ? watch : reader;
        this.folder = known.folder();
        this.blocks = new RangeBlockCache(this.reader, options);
        this.stored = entry.map(IndexEntry::ranges).orElse(StoredRanges.NONE);
        this.indexed = folder == null
                ? null
                : new IndexedBlockCache(blocks, reader::size, stored, folder.mostWeight() - stored.weight());
        BlockCache cache = indexed != null ? indexed : blocks;
        this.family = known.family() == null ? null : new FamilySession(known.family(), blocks, cache, watch != null);
        this.metadata = family != null ? family.metadata() : cache;
        this.deadline = options.deadline();
    }

    /** Opens an object with what is known of it, if anything is. Makes no request. */
    public static IndexSession open(RangeReader reader, ReadOptions options, IndexFolders folders) {
        return open(reader, options, folder(reader, options, folders), null);
    }

    /**
     * The same for a file that others of its family may have been read before. Sends requests for what follows from
     * these, and for the start of the file; does not block on them.
     *
     * @param memory knows of the family where no index cache does; may be null
     */
    public static IndexSession openSibling(
            RangeReader reader, ReadOptions options, IndexFolders folders, @Nullable FamilyMemory memory) {
        IndexFolder folder = folder(reader, options, folders);
        IndexSession session = open(reader, options, folder, family(reader, options, folder != null ? folder : memory));
        if (session.family != null) {
            session.family.ask();
        }
        return session;
    }

    private static IndexSession open(
            RangeReader reader,
            ReadOptions options,
            @Nullable IndexFolder folder,
            FamilySession.@Nullable Family family) {
        Optional<IndexEntry> entry = folder == null
                ? Optional.empty()
                : folder.load(reader.identity().orElseThrow())
                        .filter(known -> reader.expect(known.version(), known.sizeBytes()));
        return new IndexSession(reader, options, new Known(folder, entry, family));
    }

    private static FamilySession.@Nullable Family family(
            RangeReader reader, ReadOptions options, @Nullable FamilyStore store) {
        Optional<IndexCache> cache = options.indexCache();
        if (store == null
                || !reader.profile().isFar()
                || !cache.map(IndexCache::learnsFamilies).orElse(true)) {
            return null;
        }
        String location = reader.identity().orElseGet(reader::source);
        return new FamilySession.Family(
                store, cache.flatMap(IndexCache::family).orElseGet(() -> FamilyName.of(location)));
    }

    /** Opens an object, so that what is learnt of it takes the place of what is known. */
    public static IndexSession openAnew(RangeReader reader, ReadOptions options, IndexFolders folders) {
        return new IndexSession(reader, options, new Known(folder(reader, options, folders), Optional.empty(), null));
    }

    /** Whether {@link #landmarks} are of use. */
    public boolean wantsLandmarks() {
        return family != null;
    }

    /**
     * Says where landmarks of the file are, once its first answer is here. Sends requests for what follows from that;
     * does not block.
     *
     * @param addresses absolute, by a hash of what stands there that is the same in each file of a family
     */
    public void landmarks(SortedMap<Long, Long> addresses) {
        if (family != null) {
            family.landmarks(addresses);
        }
    }

    /**
     * Keeps where the file has metadata, for its siblings; on disk only when the file has a strong version. Called
     * once, before {@link #save}. Blocks on the disk.
     *
     * @param dataBytes what was fetched of values
     */
    public void saveFamily(long dataBytes) {
        if (family != null
                && isConfirmed()
                && (folder == null || reader.strongVersion().isPresent())) {
            family.save(dataBytes);
        }
    }

    private static @Nullable IndexFolder folder(RangeReader reader, ReadOptions options, IndexFolders folders) {
        return reader.identity().isEmpty()
                ? null
                : options.indexCache().map(folders::of).orElse(null);
    }

    /** What all is read from. */
    public RangeReader reader() {
        return reader;
    }

    /** The blocks that were fetched. */
    public RangeBlockCache blocks() {
        return blocks;
    }

    /** What metadata are read from. */
    public BlockCache metadata() {
        return metadata;
    }

    /** Whether metadata are known to be those of the object as it was since it was opened. */
    public boolean isConfirmed() {
        return watch == null || watch.isConfirmed();
    }

    /**
     * Has the storage confirm the version; only while {@link #isConfirmed()} is false. See
     * {@link VersionWatch#confirm}.
     */
    public CompletableFuture<Void> confirm() {
        return Objects.requireNonNull(watch).confirm(blocks::probe);
    }

    /**
     * Waits until the storage has confirmed the version. When it does not, what is known is dropped.
     *
     * @throws ObjectChangedException when the object has another one
     * @throws NotFoundException when it does not exist
     * @throws H5Exception when it cannot be read
     */
    public void awaitConfirmed() {
        if (isConfirmed()) {
            return;
        }
        try {
            Void unused = Deadline.currentOr(deadline).await(confirm(), Where.source(reader.source()));
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    /** The error to throw when the version was not confirmed; drops what is known when it is wrong. */
    public H5Exception failure(Throwable unconfirmed) {
        H5Exception failure = StorageFailures.translate(reader.source(), Where.NO_ADDRESS, unconfirmed);
        if (failure instanceof ObjectChangedException || failure instanceof NotFoundException) {
            drop();
        }
        return failure instanceof ObjectChangedException
                ? new ObjectChangedException(
                        Where.source(reader.source()),
                        "the object has changed since the index cache took note of it; that note is dropped: open it "
                                + "again",
                        failure)
                : failure;
    }

    private void drop() {
        if (over.compareAndSet(false, true) && folder != null) {
            folder.drop(reader.identity().orElseThrow());
        }
    }

    /** Keeps what was learnt, if anything was; the first time. Blocks on the disk, not on the storage. */
    public void save() {
        String version = reader.strongVersion().filter(IndexEntry::isUsable).orElse(null);
        if (folder == null
                || indexed == null
                || version == null
                || !isConfirmed()
                || !over.compareAndSet(false, true)) {
            return;
        }
        String identity = reader.identity().orElseThrow();
        long size = reader.size().orElse(0);
        List<Piece> learnt = indexed.learnt();
        if (learnt.isEmpty()) {
            return;
        }
        List<Piece> own = new ArrayList<>(stored.pieces());
        own.addAll(learnt);
        List<Piece> all = new ArrayList<>(own);
        folder.load(identity)
                .filter(other -> other.version().equals(version) && other.sizeBytes() == size)
                .ifPresent(other -> all.addAll(0, other.ranges().pieces()));
        StoredRanges joined = StoredRanges.of(all);
        boolean fits = joined.weight() <= folder.mostWeight();
        folder.save(identity, new IndexEntry(version, size, fits ? joined : StoredRanges.of(own)));
    }
}
