// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import static io.h5coro.schedules.Schedules.check;
import static io.h5coro.schedules.Schedules.explore;
import static io.h5coro.schedules.Schedules.together;

import io.h5coro.internal.cache.BlockCache;
import io.h5coro.internal.cache.Purpose;
import io.h5coro.internal.cache.RangeBlockCache;
import io.h5coro.model.ReadOptions;
import io.h5coro.schedules.CountingStorage;
import io.h5coro.storage.ByteRange;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What an index cache learns of a file while it is read: bytes as they are, within the bound, nothing lost. */
final class LearntSchedulesTest {
    private static final int SIZE = 64;

    /** The block cache has its own test; here all is one block. */
    private static RangeBlockCache blocks() {
        return new RangeBlockCache(new CountingStorage(SIZE), ReadOptions.defaults());
    }

    private static IndexedBlockCache cache(int mostPieces) {
        RangeBlockCache blocks = blocks();
        CountingStorage.check(blocks.read(0, SIZE), 0, SIZE);
        return new IndexedBlockCache(
                blocks, () -> OptionalLong.of(SIZE), StoredRanges.NONE, mostPieces * (StoredRanges.RANGE_COST + 8L));
    }

    private static void read(IndexedBlockCache cache, int position, int length) {
        CountingStorage.check(cache.read(position, length), position, length);
    }

    private static void isRight(List<StoredRanges.Piece> pieces) {
        for (StoredRanges.Piece piece : pieces) {
            CountingStorage.check(piece.bytes(), piece.offset(), piece.bytes().length);
        }
    }

    @Test
    void whatIsReadIsLearntAndTheLongestOfItKept() {
        explore(() -> {
            IndexedBlockCache cache = cache(2);
            together(
                    () -> {
                        read(cache, 8, 4);
                        read(cache, 16, 8);
                    },
                    () -> read(cache, 8, 8),
                    () -> isRight(cache.learnt()));
            List<StoredRanges.Piece> learnt = cache.learnt();
            isRight(learnt);
            long bytes =
                    learnt.stream().mapToLong(piece -> piece.bytes().length).sum();
            check(learnt.size() == 2 && bytes == 16, bytes + " bytes in " + learnt.size() + " pieces");
        });
    }

    /** A cache that has everything. */
    private static final class Whole implements BlockCache {
        @Override
        public byte[] read(long position, int length) {
            return new byte[length];
        }

        @Override
        public void prefetch(Collection<ByteRange> ranges, Purpose purpose) {
            // All is here.
        }

        @Override
        public byte[] cached(long position, int length) {
            return new byte[length];
        }

        @Override
        public CompletableFuture<Void> coming(Collection<ByteRange> ranges) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public int blockBytes() {
            return SIZE;
        }

        @Override
        public boolean isStored(long position) {
            return false;
        }
    }

    @Test
    void whereAFileIsReadIsNotedOnceAndTheLongest() {
        explore(() -> {
            NotingBlockCache noting = new NotingBlockCache(new Whole(), 0, false);
            together(
                    () -> noting.read(1, 4),
                    () -> noting.cached(1, 8),
                    () -> check(noting.notes().size() <= 2, "noted twice"),
                    () -> noting.read(2, 1));
            check(noting.notes().toString().equals("{1=8, 2=1}"), noting.notes().toString());
        });
    }

    @Test
    void noFileOfAFamilyIsLost() {
        explore(() -> {
            FamilyMemory families = new FamilyMemory();
            AtomicInteger changes = new AtomicInteger();
            together(() -> learn(families, changes), () -> learn(families, changes), () -> families.family("other"));
            long cost = families.family("a").orElseThrow().coldBytes();
            check(cost == 2 && changes.get() == 2, "a cost of " + cost);
        });
    }

    private static void learn(FamilyMemory families, AtomicInteger changes) {
        families.update("a", before -> {
            changes.incrementAndGet();
            return new FamilyRecord(before.coldBytes() + 1, before.scores(), before.members());
        });
    }
}
