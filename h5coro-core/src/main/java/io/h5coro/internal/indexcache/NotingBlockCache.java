// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.internal.cache.BlockCache;
import io.h5coro.internal.cache.Purpose;
import io.h5coro.storage.ByteRange;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Another cache that notes where it is read, not what. Thread-safe. */
final class NotingBlockCache implements BlockCache {
    /** Bounds memory: a walk through a huge file is remembered in part. */
    private static final int MOST_NOTES = 16 * FamilyMember.MOST_RANGES;

    private final BlockCache cache;
    private final long firstBytes;
    private final boolean hasSiblings;

    @GuardedBy("notes")
    private final NavigableMap<Long, Integer> notes = new TreeMap<>();

    /**
     * Nothing noted yet.
     *
     * @param firstBytes what lies before this is not noted: it comes with the first request
     * @param hasSiblings whether files that are like this one were read before
     */
    NotingBlockCache(BlockCache cache, long firstBytes, boolean hasSiblings) {
        this.cache = cache;
        this.hasSiblings = hasSiblings;
        this.firstBytes = firstBytes;
    }

    private void note(long position, int length) {
        if (position >= firstBytes && length > 0) {
            synchronized (notes) {
                if (notes.size() < MOST_NOTES) {
                    notes.merge(position, length, Math::max);
                }
            }
        }
    }

    /** A copy of what was noted: the longest length from each offset. */
    NavigableMap<Long, Integer> notes() {
        synchronized (notes) {
            return new TreeMap<>(notes);
        }
    }

    @Override
    public byte[] read(long position, int length) {
        byte[] bytes = cache.read(position, length);
        note(position, length);
        return bytes;
    }

    @Override
    public void prefetch(Collection<ByteRange> ranges, Purpose purpose) {
        cache.prefetch(ranges, purpose);
    }

    /** {@inheritDoc} Siblings are written by one program, whose ways are known. */
    @Override
    public void guess(Collection<ByteRange> ranges, boolean isSure) {
        cache.guess(ranges, isSure || hasSiblings);
    }

    @Override
    public byte @Nullable [] cached(long position, int length) {
        byte[] bytes = cache.cached(position, length);
        if (bytes != null) {
            note(position, length);
        }
        return bytes;
    }

    @Override
    public boolean has(long position, int length) {
        return cache.has(position, length);
    }

    @Override
    public CompletableFuture<Void> coming(Collection<ByteRange> ranges) {
        return cache.coming(ranges);
    }

    @Override
    public int blockBytes() {
        return cache.blockBytes();
    }

    @Override
    public boolean isStored(long position) {
        return cache.isStored(position);
    }
}
