// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a data cache has of one open object, in the version that its reader keeps to. Thread-safe.
 *
 * <p>What waits to be written is copies of answers, or answers that others only look at; they are charged to the memory
 * of open files as a cache is, at most a sixteenth of it.
 */
public final class DataSession implements SharedMemory.Reclaimable, AutoCloseable {
    /** The part of the memory of open files that may wait for the disk. */
    private static final int MEMORY_PART = 16;

    private final RangeReader reader;
    private final @Nullable DataStore store;
    private final long mostWaiting;
    private final SharedMemory.@Nullable Share share;

    /** Held while the tiers are asked what they have. */
    private final Object loading = new Object();

    private volatile @Nullable ObjectKey key;

    private final Object lock = new Object();

    /** Null until the version of the object is known, and somebody asks. */
    @GuardedBy("lock")
    private @Nullable StoredIndex index;

    /** What is written while the tiers are asked, which may miss it; null when they are not. */
    @GuardedBy("lock")
    private @Nullable List<Written> meanwhile;

    /** Short pieces, by the number of tiers that they are to be written to. */
    @GuardedBy("lock")
    private final List<ShortPieces> pieces = new ArrayList<>();

    /** Bytes that wait for the disk, or for others to make up an entry with; what the share is charged. */
    @GuardedBy("lock")
    private long waiting;

    /** Writes that have not ended. */
    @GuardedBy("lock")
    private int writes;

    @GuardedBy("lock")
    private boolean closed;

    /** Used by the thread that writes. */
    private boolean othersForgotten;

    private record Written(int tier, Entry entry) {}

    /**
     * What a store has of an object.
     *
     * @param store null keeps nothing, and has nothing
     */
    DataSession(RangeReader reader, @Nullable DataStore store, ReadOptions options) {
        this.reader = reader;
        this.store = store;
        SharedMemory memory = SharedMemory.of(options);
        this.mostWaiting = memory.bytes() / MEMORY_PART;
        this.share = store == null ? null : memory.register(this);
        for (int i = 0; store != null && i <= store.tiers().size(); i++) {
            pieces.add(new ShortPieces());
        }
    }

    /** The reader with answers that are kept. */
    public RangeReader keeping() {
        return store == null ? reader : new KeepingReader(reader, this);
    }

    /** Reads what is here. A range of which something is missing fails, as one does whose bytes are damaged. */
    public RangeReader stored() {
        return new StoredReader(reader, this, store == null ? Runnable::run : store.readers());
    }

    /**
     * What has to be fetched of a range: from the first byte that is not here to the last one. Blocks the first time.
     *
     * @return empty when all of it is here
     */
    public ByteRange missing(ByteRange range) {
        if (range.length() == 0 || !isLoaded()) {
            return range;
        }
        synchronized (lock) {
            return Objects.requireNonNull(index).missing(range);
        }
    }

    /** Has the tiers say what they have, once; false when the version is not known. */
    private boolean isLoaded() {
        ObjectKey known = key();
        if (store == null || known == null) {
            return false;
        }
        synchronized (loading) {
            synchronized (lock) {
                if (index != null) {
                    return true;
                }
                meanwhile = new ArrayList<>();
            }
            StoredIndex loaded = new StoredIndex(store.tiers().size());
            for (int i = 0; i < store.tiers().size(); i++) {
                for (Entry entry : store.tiers().get(i).entries(known)) {
                    loaded.add(i, entry);
                }
            }
            synchronized (lock) {
                Objects.requireNonNull(meanwhile).forEach(one -> loaded.add(one.tier(), one.entry()));
                meanwhile = null;
                index = loaded;
            }
        }
        return true;
    }

    /** The version; null until it is known, and when it is not a strong one. */
    private @Nullable ObjectKey key() {
        if (store != null && key == null) {
            OptionalLong size = reader.size();
            if (size.isPresent()) {
                key = reader.identity()
                        .flatMap(identity -> reader.strongVersion()
                                .map(version -> ObjectKey.of(identity, version, size.getAsLong())))
                        .orElse(null);
            }
        }
        return key;
    }

    /** Bytes of a range; null when some of it is not here. Blocks on the disk. */
    byte @Nullable [] read(ByteRange range) {
        if (store == null || !isLoaded()) {
            return null;
        }
        while (true) {
            List<StoredIndex.Part> parts;
            synchronized (lock) {
                parts = Objects.requireNonNull(index).find(range);
            }
            if (parts == null) {
                return null;
            }
            byte[] bytes = joined(range, parts);
            if (bytes != null) {
                return bytes;
            }
        }
    }

    /** The bytes of parts; null when one of them is gone, which the index then knows. */
    private byte @Nullable [] joined(ByteRange range, List<StoredIndex.Part> parts) {
        byte[] all = parts.size() == 1 ? null : new byte[Math.toIntExact(range.length())];
        for (StoredIndex.Part part : parts) {
            byte[] bytes = read(part);
            if (bytes == null) {
                return null;
            }
            if (part.tier() > 0) {
                keep(Stretch.of(part.range().offset(), bytes), part.tier());
            }
            if (all == null) {
                return bytes;
            }
            System.arraycopy(bytes, 0, all, (int) (part.range().offset() - range.offset()), bytes.length);
        }
        return all;
    }

    private byte @Nullable [] read(StoredIndex.Part part) {
        Tier tier = Objects.requireNonNull(store).tiers().get(part.tier());
        byte[] bytes = tier.read(Objects.requireNonNull(key), part.entry(), part.range());
        if (bytes == null) {
            synchronized (lock) {
                Objects.requireNonNull(index).remove(part.tier(), part.entry());
            }
        }
        return bytes;
    }

    /**
     * Keeps bytes, unless they are here or the disk is behind. Does not block.
     *
     * @param bytes of the range, which nobody changes; not kept when the object ends before the range
     */
    public void keep(ByteRange range, byte[] bytes) {
        if (takes(range, bytes.length)) {
            keep(
                    Stretch.of(range.offset(), bytes),
                    Objects.requireNonNull(store).tiers().size());
        }
    }

    /**
     * Keeps a copy of bytes as {@link #keep} does; copies nothing that is not kept.
     *
     * @param bytes of the range, which nobody changes before this returns
     */
    void keepCopy(ByteRange range, RangeReader.RangeBytes bytes) {
        if (takes(range, bytes.length())) {
            keep(range, Arrays.copyOf(bytes.array(), bytes.length()));
        }
    }

    /** Whether bytes are to be kept and there is room for them. */
    private boolean takes(ByteRange range, int length) {
        if (store == null || length == 0 || length != range.length()) {
            return false;
        }
        synchronized (lock) {
            boolean isHere = index != null && index.missing(range).length() == 0;
            return !isHere && hasRoom(length);
        }
    }

    @GuardedBy("lock")
    private boolean hasRoom(int length) {
        return !closed && waiting + length <= mostWaiting;
    }

    /** Keeps bytes in so many tiers. */
    private void keep(Stretch stretch, int tiers) {
        List<Stretch> entry;
        synchronized (lock) {
            if (!hasRoom(stretch.length())) {
                return;
            }
            charge(stretch.length());
            entry = stretch.length() < ShortPieces.SHORT_BYTES
                    ? pieces.get(tiers).add(stretch)
                    : List.of(stretch);
            counts(entry);
        }
        offer(entry, tiers);
    }

    /** Counts a write under the lock under which it was seen that there may be one: closing waits for it. */
    @GuardedBy("lock")
    private void counts(List<Stretch> entry) {
        writes += entry.isEmpty() ? 0 : 1;
    }

    @GuardedBy("lock")
    private void charge(long more) {
        waiting += more;
        Objects.requireNonNull(share).charge(more);
    }

    /** Has bytes written that are counted. */
    private void offer(List<Stretch> entry, int tiers) {
        if (entry.isEmpty()) {
            return;
        }
        long bytes = entry.stream().mapToLong(Stretch::length).sum();
        boolean taken = Objects.requireNonNull(store).behind().offer(bytes, () -> {
            try {
                write(entry, tiers);
            } finally {
                ended(bytes);
            }
        });
        if (!taken) {
            ended(bytes);
        }
    }

    private void ended(long bytes) {
        synchronized (lock) {
            charge(-bytes);
            writes--;
            Objects.requireNonNull(store).machine().wakeAll(lock);
            leaveMemory();
        }
    }

    /** Nothing is charged any more. */
    @GuardedBy("lock")
    private void leaveMemory() {
        if (closed && waiting == 0) {
            Objects.requireNonNull(share).close();
        }
    }

    private void write(List<Stretch> entry, int tiers) {
        ObjectKey known = key();
        if (known == null) {
            return;
        }
        List<Tier> all = Objects.requireNonNull(store).tiers();
        if (!othersForgotten) {
            othersForgotten = true;
            all.forEach(tier -> tier.forgetOthers(known));
        }
        List<Stretch> joined = Stretch.joined(entry);
        for (int i = 0; i < tiers; i++) {
            Tier tier = all.get(i);
            if (tier.mostEntryBytes() > 0) {
                for (List<Stretch> part : Stretch.cut(joined, tier.mostEntryBytes())) {
                    write(known, i, part);
                }
            }
        }
    }

    private void write(ObjectKey known, int tier, List<Stretch> part) {
        Objects.requireNonNull(store).tiers().get(tier).write(known, part).ifPresent(entry -> {
            synchronized (lock) {
                if (index != null) {
                    index.add(tier, entry);
                } else if (meanwhile != null) {
                    meanwhile.add(new Written(tier, entry));
                }
            }
        });
    }

    /** What waits is to be written, and soon is. */
    @Override
    public void reclaim(long bytes) {
        // Nothing to give back: see the bound.
    }

    /** Waits until what was to be kept is written, for half a minute at the longest. Idempotent. */
    @Override
    public void close() {
        if (store == null) {
            return;
        }
        for (int tiers = 1; tiers <= store.tiers().size(); tiers++) {
            List<Stretch> rest;
            synchronized (lock) {
                closed = true;
                rest = pieces.get(tiers).take();
                counts(rest);
            }
            offer(rest, tiers);
        }
        awaitWrites(store);
        synchronized (lock) {
            leaveMemory();
        }
    }

    private void awaitWrites(DataStore into) {
        long start = into.machine().nanoTime();
        boolean interrupted = false;
        synchronized (lock) {
            long left = into.closingNanos();
            while (writes > 0 && left > 0 && !interrupted && !into.behind().isStuck()) {
                try {
                    into.machine().waitOn(lock, left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                left = into.closingNanos() - (into.machine().nanoTime() - start);
            }
            if (writes > 0 && left <= 0) {
                into.behind().stuck();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Bytes that wait to be written. */
    long waiting() {
        synchronized (lock) {
            return waiting;
        }
    }
}
