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
import java.util.OptionalLong;
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

    /** Null when there is neither an index cache nor a note, or the reader has no identity to store under. */
    private final @Nullable EntryStore store;

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
     * @param store null when nothing is kept
     * @param isPinned whether whoever made the reader has pinned it to the version of the entry
     * @param family null when siblings do not count
     */
    private record Known(
            @Nullable EntryStore store,
            Optional<IndexEntry> entry,
            boolean isPinned,
            FamilySession.@Nullable Family family) {}

    private IndexSession(RangeReader reader, ReadOptions options, Known known) {
        Optional<IndexEntry> entry = known.entry();
        // Whoever pinned the reader wants that version: with another one all requests fail, now or later.
        this.watch = entry.isPresent() && !known.isPinned() ? new VersionWatch(reader) : null;
        this.reader = watch != null ? watch : reader;
        this.store = known.store();
        this.blocks = new RangeBlockCache(this.reader, options);
        this.stored = entry.map(IndexEntry::ranges).orElse(StoredRanges.NONE);
        this.indexed = store == null
                ? null
                : new IndexedBlockCache(blocks, reader::size, stored, store.mostWeight() - stored.weight());
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
     * @param prior its siblings count where no index cache knows of the family; with a note of the file none do
     */
    public static IndexSession openSibling(RangeReader reader, ReadOptions options, IndexFolders folders, Prior prior) {
        if (prior.note() != null) {
            return open(reader, options, reader.identity().isEmpty() ? null : prior.note(), null);
        }
        IndexFolder folder = folder(reader, options, folders);
        IndexSession session =
                open(reader, options, folder, family(reader, options, folder != null ? folder : prior.siblings()));
        if (session.family != null) {
            session.family.ask();
        }
        return session;
    }

    private static IndexSession open(
            RangeReader reader,
            ReadOptions options,
            @Nullable EntryStore store,
            FamilySession.@Nullable Family family) {
        Optional<String> pinned = reader.strongVersion();
        Optional<IndexEntry> entry = store == null
                ? Optional.empty()
                : store.load(reader.identity().orElseThrow())
                        .filter(known -> pinned.isPresent()
                                ? isOf(known, reader)
                                : reader.expect(known.version(), known.sizeBytes()));
        return new IndexSession(reader, options, new Known(store, entry, pinned.isPresent(), family));
    }

    private static boolean isOf(IndexEntry known, RangeReader reader) {
        return reader.strongVersion().equals(Optional.of(known.version()))
                && reader.size().equals(OptionalLong.of(known.sizeBytes()));
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
        return new IndexSession(
                reader, options, new Known(folder(reader, options, folders), Optional.empty(), false, null));
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
                && (store == null || reader.strongVersion().isPresent())) {
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
        if (over.compareAndSet(false, true) && store != null) {
            store.drop(reader.identity().orElseThrow());
        }
    }

    /** Keeps what was learnt, if anything was; the first time. Blocks on the disk, not on the storage. */
    public void save() {
        String version = reader.strongVersion().filter(IndexEntry::isUsable).orElse(null);
        if (store == null || indexed == null || version == null || !isConfirmed() || !over.compareAndSet(false, true)) {
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
        store.load(identity)
                .filter(other -> other.version().equals(version) && other.sizeBytes() == size)
                .ifPresent(other -> all.addAll(0, other.ranges().pieces()));
        StoredRanges joined = StoredRanges.of(all);
        boolean fits = joined.weight() <= store.mostWeight();
        store.save(identity, new IndexEntry(version, size, fits ? joined : StoredRanges.of(own)));
    }

    /**
     * What is known of the metadata by now, for another process.
     *
     * @param mostBytes of the note
     * @return the content of a {@link NotedEntry}; empty when more would be needed, the object has no strong version,
     *     what is known may be out of date, or nothing was noted
     */
    public Optional<byte[]> note(int mostBytes) {
        String version = reader.strongVersion().filter(IndexEntry::isUsable).orElse(null);
        if (indexed == null || version == null || !isConfirmed()) {
            return Optional.empty();
        }
        List<Piece> all = new ArrayList<>(stored.pieces());
        all.addAll(indexed.learnt());
        StoredRanges ranges = StoredRanges.of(all);
        if (ranges.totalBytes() == 0 || ranges.weight() + IndexEntry.MOST_FRAME_BYTES > mostBytes) {
            return Optional.empty();
        }
        IndexEntry entry = new IndexEntry(version, reader.size().orElse(0), ranges);
        return Optional.of(entry.toBytes(reader.identity().orElseThrow()));
    }
}
