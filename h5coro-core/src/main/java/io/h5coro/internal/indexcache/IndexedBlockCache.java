// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.internal.cache.BlockCache;
import io.h5coro.internal.cache.Purpose;
import io.h5coro.internal.cache.RangeBlockCache;
import io.h5coro.internal.indexcache.StoredRanges.Piece;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers reads of metadata with what is stored, all others with the block cache, and notes what those gave.
 * Thread-safe.
 */
final class IndexedBlockCache implements BlockCache {
    /** More than one look-up asks for. Bounds memory: later guesses are fetched as well, but not remembered. */
    private static final int MOST_GUESSES = 4096;

    private final RangeBlockCache blocks;
    private final Supplier<OptionalLong> size;
    private final StoredRanges stored;
    private final long mostBytes;

    /** What was read and is not stored, the longest from each offset. */
    @GuardedBy("learnt")
    private final Map<Long, byte[]> learnt = new HashMap<>();

    /** What was asked for ahead and is not stored. */
    @GuardedBy("learnt")
    private final Set<ByteRange> guesses = new LinkedHashSet<>();

    /** Invariant: bytes in {@link #learnt}, and what each costs. */
    @GuardedBy("learnt")
    private long learntBytes;

    /**
     * Nothing learnt yet.
     *
     * @param size of the object, as far as known
     * @param mostBytes learns no more than this, so that neither memory nor an entry grows with a file
     */
    IndexedBlockCache(RangeBlockCache blocks, Supplier<OptionalLong> size, StoredRanges stored, long mostBytes) {
        this.blocks = blocks;
        this.size = size;
        this.stored = stored;
        this.mostBytes = mostBytes;
    }

    @Override
    public byte[] read(long position, int length) {
        byte[] known = stored.read(position, length);
        if (known != null && length > 0) {
            return known;
        }
        byte[] bytes = blocks.read(position, length);
        note(position, bytes);
        return bytes;
    }

    /** Keeps a copy of what was read, unless as much from there on is known or the bound is reached. */
    private void note(long position, byte[] bytes) {
        synchronized (learnt) {
            byte[] before = learnt.get(position);
            int more = bytes.length + (before == null ? StoredRanges.RANGE_COST : -before.length);
            boolean longer = bytes.length > (before == null ? 0 : before.length);
            if (longer && learntBytes + more <= mostBytes) {
                learntBytes += more;
                // The caller owns the bytes, and may change them.
                learnt.put(position, bytes.clone());
            }
        }
    }

    /** What is asked for ahead is a guess, mostly longer than what is then read: that its start is stored is enough. */
    @Override
    public void prefetch(Collection<ByteRange> ranges, Purpose purpose) {
        List<ByteRange> missing = new ArrayList<>(ranges.size());
        for (ByteRange range : ranges) {
            if (!stored.covers(range.offset(), 1)) {
                missing.add(range);
            }
        }
        if (!missing.isEmpty()) {
            synchronized (learnt) {
                for (int i = 0; i < missing.size() && guesses.size() < MOST_GUESSES; i++) {
                    guesses.add(missing.get(i));
                }
            }
            blocks.prefetch(missing, purpose);
        }
    }

    @Override
    public void guess(Collection<ByteRange> ranges, boolean isSure) {
        blocks.guess(ranges, isSure);
    }

    @Override
    public byte @Nullable [] cached(long position, int length) {
        byte[] known = length > 0 ? stored.read(position, length) : null;
        if (known != null) {
            return known;
        }
        byte[] here = blocks.cached(position, length);
        if (here != null) {
            note(position, here);
        }
        return here;
    }

    @Override
    public boolean has(long position, int length) {
        return (length > 0 && stored.covers(position, length)) || blocks.has(position, length);
    }

    @Override
    public CompletableFuture<Void> coming(Collection<ByteRange> ranges) {
        return blocks.coming(ranges.stream()
                .filter(range -> !stored.covers(range.offset(), range.length()))
                .toList());
    }

    @Override
    public int blockBytes() {
        return blocks.blockBytes();
    }

    @Override
    public boolean isStored(long position) {
        return stored.covers(position, 1);
    }

    /**
     * What is not stored and lies in the object: what was read, and what was asked for ahead, not read after all, and
     * is here. Without the latter the same look-up would ask for it ahead again.
     */
    List<Piece> learnt() {
        long end = size.get().orElse(0);
        List<Piece> pieces = new ArrayList<>();
        synchronized (learnt) {
            learnt.forEach((offset, bytes) -> {
                if (offset <= end - bytes.length) {
                    pieces.add(new Piece(offset, bytes));
                }
            });
            StoredRanges read = StoredRanges.of(pieces);
            long left = mostBytes - learntBytes;
            for (ByteRange guess : guesses) {
                long most = Math.min(end - guess.offset(), left - StoredRanges.RANGE_COST);
                int length = (int) Math.min(Integer.MAX_VALUE, Math.min(guess.length(), most));
                byte[] here = read.covers(guess.offset(), 1) ? null : blocks.cached(guess.offset(), length);
                if (here != null) {
                    left -= here.length + StoredRanges.RANGE_COST;
                    pieces.add(new Piece(guess.offset(), here));
                }
            }
        }
        return pieces;
    }
}
