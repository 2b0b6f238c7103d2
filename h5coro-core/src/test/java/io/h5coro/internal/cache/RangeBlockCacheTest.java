// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.internal.call.Deadline;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.AnsweredByHand;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.Eventually;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageProfile;
import io.h5coro.storage.machine.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RangeBlockCacheTest {
    private static final int BLOCK = 1024;

    private final byte[] object = new byte[1 << 20];
    private final ScriptedReader storage;

    RangeBlockCacheTest() {
        new Random(7).nextBytes(object);
        storage = new ScriptedReader(object);
    }

    /** A cache that fetches nothing ahead, so that requests are exactly those of the case. */
    private static RangeBlockCache cacheOver(ScriptedReader storage, ReadOptions options) {
        return new RangeBlockCache(
                storage, options, new BlockSizes(BLOCK, 4 * BLOCK, 1, 1, options.maxRequestBytes() / BLOCK));
    }

    private static ReadOptions.Builder options() {
        return ReadOptions.builder();
    }

    private RangeBlockCache cache() {
        return cacheOver(storage, options().build());
    }

    private byte[] expected(int position, int length) {
        return Arrays.copyOfRange(object, position, position + length);
    }

    @Test
    void firstRequestBringsTheStartOfTheObject() {
        RangeBlockCache cache = cache();
        assertArrayEquals(expected(0, 96), cache.read(0, 96));
        assertArrayEquals(expected(4000, 96), cache.read(4000, 96));
        assertEquals(List.of(new ByteRange(0, 4 * BLOCK)), storage.asked());
        assertEquals(new CacheStatistics(1, 4 * BLOCK, 2, 1, 0, 1, true), cache.statistics());
    }

    @Test
    void saysWhatIsOnItsWay() {
        AnsweredByHand slow = new AnsweredByHand(4);
        RangeBlockCache cache = new RangeBlockCache(slow, options().build(), new BlockSizes(BLOCK, BLOCK, 1, 1, 64));
        cache.prefetch(List.of(new ByteRange(20 * BLOCK, 2 * BLOCK)));
        List<CompletableFuture<byte[]>> coming = new ArrayList<>();
        assertTrue(cache.underWay(new ByteRange(20 * BLOCK + 5, BLOCK), coming));
        assertEquals(2, coming.size());
        assertFalse(cache.underWay(new ByteRange(21 * BLOCK + 5, BLOCK), new ArrayList<>()), "the second block is not");
        slow.answer(0);
        assertTrue(coming.stream().allMatch(CompletableFuture::isDone));
        assertEquals(1, slow.asked().size());
    }

    @Test
    void oneReadOverManyBlocksIsOneRequest() {
        RangeBlockCache cache = cache();
        assertArrayEquals(expected(10_500, 30_000), cache.read(10_500, 30_000));
        assertEquals(List.of(new ByteRange(10 * BLOCK, 30 * BLOCK)), storage.asked());
    }

    @Test
    void readsOnlyTheBlocksThatAreMissing() {
        RangeBlockCache cache = cache();
        cache.read(20 * BLOCK, 1);
        cache.read(23 * BLOCK, 1);
        storage.forget();
        assertArrayEquals(expected(20 * BLOCK, 8 * BLOCK), cache.read(20 * BLOCK, 8 * BLOCK));
        assertEquals(
                List.of(new ByteRange(21 * BLOCK, 2 * BLOCK), new ByteRange(24 * BLOCK, 4 * BLOCK)),
                storage.asked(),
                "what is here is not fetched again");
        storage.forget();
        assertArrayEquals(expected(10 * BLOCK, 11 * BLOCK), cache.read(10 * BLOCK, 11 * BLOCK));
        assertEquals(List.of(new ByteRange(10 * BLOCK, 10 * BLOCK)), storage.asked());
    }

    @Test
    void prefetchBridgesSmallGapsAndLeavesLargeOnesOut() {
        RangeBlockCache cache = cache();
        cache.prefetch(List.of(
                new ByteRange(100 * BLOCK, 10), new ByteRange(102 * BLOCK, 10), new ByteRange(110 * BLOCK + 5, 2000)));
        assertEquals(
                List.of(new ByteRange(100 * BLOCK, 3 * BLOCK), new ByteRange(110 * BLOCK, 2 * BLOCK)), storage.asked());
        assertArrayEquals(expected(101 * BLOCK, BLOCK), cache.read(101 * BLOCK, BLOCK), "the gap is kept");
        assertEquals(2, cache.statistics().requests());
    }

    @Test
    void longRunsAreSplitOverConnections() {
        RangeBlockCache cache =
                cacheOver(storage, options().maxRequestBytes(16 * BLOCK).build());
        assertArrayEquals(expected(64 * BLOCK, 40 * BLOCK), cache.read(64 * BLOCK, 40 * BLOCK));
        assertEquals(3, storage.asked().size());
        assertEquals(40L * BLOCK, cache.statistics().bytesFetched());
    }

    @Test
    void whatIsCachedCanBeSeenWithoutARequest() {
        RangeBlockCache cache = cache();
        assertNull(cache.cached(0, 10));
        cache.read(0, 10);
        assertArrayEquals(expected(1000, 100), cache.cached(1000, 100));
        assertNull(cache.cached(4 * BLOCK - 1, 2));
        assertEquals(1, storage.asked().size());
    }

    @Test
    void holdsNoMoreThanItsBound() {
        RangeBlockCache cache =
                cacheOver(storage, options().cacheBytes(32 * BLOCK).build());
        for (int i = 0; i < 500; i++) {
            int at = i * 2 * BLOCK + 1;
            assertArrayEquals(expected(at, 700), cache.read(at, 700));
            assertTrue(cache.heldBytes() <= 32 * BLOCK, "weight " + cache.heldBytes());
        }
        assertTrue(cache.statistics().evictedBlocks() > 400);
        assertTrue(cache.heldBytes() > 16 * BLOCK, "keeps what it may: " + cache.heldBytes());
    }

    @Test
    void keepsWhatIsUsedAndGivesUpWhatIsNot() {
        RangeBlockCache cache =
                cacheOver(storage, options().cacheBytes(16 * BLOCK).build());
        for (int i = 0; i < 100; i++) {
            cache.read(500 * BLOCK, 10);
            cache.read(i * 2 * BLOCK + 8 * BLOCK, 10);
        }
        assertEquals(101, cache.statistics().requests());
    }

    @Test
    void readsLongerThanTheCacheDoNotDisplaceIt() {
        RangeBlockCache cache =
                cacheOver(storage, options().cacheBytes(32 * BLOCK).build());
        cache.read(900 * BLOCK, 10);
        assertArrayEquals(expected(5, 300 * BLOCK), cache.read(5, 300 * BLOCK));
        storage.forget();
        cache.read(900 * BLOCK, 10);
        assertEquals(List.of(), storage.asked());
    }

    @Test
    void anEndInsideAReadIsAMalformedFile() {
        ScriptedReader small = new ScriptedReader(Arrays.copyOf(object, 1500));
        RangeBlockCache cache = cacheOver(small, options().build());
        MalformedFileException first =
                assertThrows(MalformedFileException.class, () -> cache.read(1400, 101), "size not known yet");
        assertTrue(first.getMessage().contains("file ends at 0x5dc"), first.getMessage());
        assertThrows(MalformedFileException.class, () -> cache.read(1 << 20, 1), "size known");
        assertArrayEquals(expected(1400, 100), cache.read(1400, 100));
        assertThrows(
                MalformedFileException.class,
                () -> cacheOver(
                                new ScriptedReader(Arrays.copyOf(object, 1500)),
                                options().cacheBytes(4096).build())
                        .read(0, 2000));
    }

    @Test
    void aShortAnswerInsideTheObjectIsAStorageFailure() {
        RangeBlockCache cache = cache();
        cache.read(0, 1);
        storage.cutAnswersTo(100);
        StorageFailureException e = assertThrows(StorageFailureException.class, () -> cache.read(50 * BLOCK, 10));
        assertEquals(StorageException.Kind.PROTOCOL, e.kind());
    }

    @Test
    void storageKindsBecomeTheLibrarysErrors() {
        assertThrows(NotFoundException.class, () -> failing(StorageException.Kind.NOT_FOUND));
        assertThrows(ObjectChangedException.class, () -> failing(StorageException.Kind.CHANGED));
        assertThrows(ReadAbortedException.class, () -> failing(StorageException.Kind.CLOSED));
        for (StorageException.Kind kind : StorageException.Kind.values()) {
            Exception e = assertThrows(io.h5coro.error.H5Exception.class, () -> failing(kind));
            assertTrue(e.getMessage().contains("scripted"), e.getMessage());
        }
    }

    private void failing(StorageException.Kind kind) {
        storage.failNext(new StorageException(kind, "scripted"));
        cache().read(0, 1);
    }

    @Test
    void aFailedBlockIsAskedForAgain() {
        RangeBlockCache cache = cache();
        storage.failNext(new StorageException(StorageException.Kind.UNAVAILABLE, "scripted"));
        assertThrows(StorageFailureException.class, () -> cache.read(0, 10));
        assertEquals(0, cache.heldBytes());
        assertArrayEquals(expected(0, 10), cache.read(0, 10));
    }

    @Test
    void aReaderThatThrowsLeavesNothingWaiting() {
        RangeBlockCache cache = cache();
        storage.throwNext(new IllegalStateException("scripted"));
        assertThrows(StorageFailureException.class, () -> cache.read(0, 10));
        assertArrayEquals(expected(0, 10), cache.read(0, 10));
    }

    @Test
    void aSilentStorageMeetsTheDeadlineAndIsAskedAgain() {
        RangeBlockCache cache =
                cacheOver(storage, options().deadline(Duration.ofMillis(50)).build());
        storage.hold();
        ReadAbortedException e = assertThrows(ReadAbortedException.class, () -> cache.read(0, 10));
        assertTrue(e.getMessage().contains("deadline of PT0.05S"), e.getMessage());
        storage.release();
        Deadline unhurried = Deadline.after(Machine.ofThisProcess(), Duration.ofMinutes(1), () -> null);
        assertArrayEquals(expected(0, 10), unhurried.during(() -> cache.read(0, 10)));
    }

    @Test
    void whatACancelledReadHasAskedForIsAskedForOnce() {
        RangeBlockCache cache = cache();
        storage.hold();
        Deadline cancelled = Deadline.after(Machine.ofThisProcess(), Duration.ofMinutes(1), () -> "cancelled");
        ReadAbortedException e =
                assertThrows(ReadAbortedException.class, () -> cancelled.during(() -> cache.read(0, 10)));
        assertTrue(e.getMessage().contains("cancelled"), e.getMessage());
        assertEquals(1, storage.asked().size());
        storage.release();
        assertArrayEquals(expected(0, 10), cache.read(0, 10));
        assertEquals(1, storage.asked().size(), "the request under way was used");
    }

    @Test
    void anInterruptEndsTheWaitAndStaysVisible() {
        RangeBlockCache cache = cache();
        storage.hold();
        Thread.currentThread().interrupt();
        assertThrows(ReadAbortedException.class, () -> cache.read(0, 10));
        assertTrue(Thread.interrupted(), "the flag is set again");
        storage.release();
        assertArrayEquals(expected(0, 10), cache.read(0, 10));
        assertEquals(1, storage.asked().size(), "the request under way was used");
    }

    @Test
    void blockSizeFollowsTheStorage() {
        ReadOptions defaults = ReadOptions.defaults();
        assertEquals(64 << 10, BlockSizes.of(defaults, StorageProfile.REMOTE).blockBytes());
        assertEquals(8 << 10, BlockSizes.of(defaults, StorageProfile.LOCAL).blockBytes());
        assertEquals(1 << 20, BlockSizes.of(defaults, StorageProfile.REMOTE).firstBytes());
        assertEquals(14, BlockSizes.of(defaults, StorageProfile.REMOTE).aheadBlocks());
    }

    @Test
    void blockSizeFollowsTheOptions() {
        ReadOptions frugal = ReadOptions.builder()
                .blockBytes(32 << 10)
                .firstReadBytes(100_000)
                .build();
        assertEquals(new BlockSizes(32 << 10, 128 << 10, 1, 2, 82), BlockSizes.of(frugal, StorageProfile.REMOTE));
        ReadOptions tiny = ReadOptions.builder().cacheBytes(64 << 10).build();
        assertEquals(2048, BlockSizes.of(tiny, StorageProfile.REMOTE).blockBytes());
    }

    @Test
    void aChainOfPointersFetchesWhatFollowsEachOne() {
        RangeBlockCache cache =
                new RangeBlockCache(storage, options().build(), new BlockSizes(BLOCK, 4 * BLOCK, 8, 2, 1000));
        cache.read(0, 100);
        storage.forget();
        cache.read(100 * BLOCK, 10);
        assertArrayEquals(expected(107 * BLOCK, BLOCK), cache.read(107 * BLOCK, BLOCK));
        cache.read(300 * BLOCK + 5, 4000);
        cache.read(object.length - 3, 3);
        assertEquals(
                List.of(
                        new ByteRange(100 * BLOCK, 8 * BLOCK),
                        new ByteRange(300 * BLOCK, 8 * BLOCK),
                        new ByteRange(1023 * BLOCK, BLOCK)),
                storage.asked());
    }

    @Test
    void whatIsAskedForAtOnceIsFetchedExactly() {
        RangeBlockCache cache =
                new RangeBlockCache(storage, options().build(), new BlockSizes(BLOCK, 4 * BLOCK, 8, 2, 1000));
        cache.read(0, 100);
        storage.forget();
        storage.hold();
        cache.prefetch(List.of(new ByteRange(100 * BLOCK, 10), new ByteRange(200 * BLOCK, 10)));
        cache.prefetch(List.of(new ByteRange(300 * BLOCK, 10)));
        storage.release();
        cache.read(400 * BLOCK, 10);
        cache.read(500 * BLOCK, 10);
        assertEquals(
                List.of(
                        new ByteRange(100 * BLOCK, BLOCK),
                        new ByteRange(200 * BLOCK, BLOCK),
                        new ByteRange(300 * BLOCK, BLOCK),
                        new ByteRange(400 * BLOCK, BLOCK),
                        new ByteRange(500 * BLOCK, 8 * BLOCK)),
                storage.asked(),
                "where several pointers led on, the next one may have company, too");
    }

    @Test
    void whatLeadsNowhereDoesNotEndAChainAndFetchesNothingAhead() {
        RangeBlockCache cache =
                new RangeBlockCache(storage, options().build(), new BlockSizes(BLOCK, 4 * BLOCK, 8, 2, 1000));
        cache.read(0, 100);
        storage.forget();
        storage.hold();
        cache.prefetch(List.of(new ByteRange(100 * BLOCK, 10), new ByteRange(200 * BLOCK, 10)), Purpose.ASIDE);
        cache.prefetch(List.of(new ByteRange(300 * BLOCK, 10)));
        storage.release();
        assertEquals(
                List.of(
                        new ByteRange(100 * BLOCK, BLOCK),
                        new ByteRange(200 * BLOCK, BLOCK),
                        new ByteRange(300 * BLOCK, 8 * BLOCK)),
                storage.asked());
    }

    @Test
    void aRequestThatFailsDoesNotCountAsUnderWay() {
        RangeBlockCache cache =
                new RangeBlockCache(storage, options().build(), new BlockSizes(BLOCK, 4 * BLOCK, 8, 2, 1000));
        storage.failNext(new StorageException(StorageException.Kind.UNAVAILABLE, "scripted"));
        assertThrows(StorageFailureException.class, () -> cache.read(9 * BLOCK, 10));
        storage.throwNext(new IllegalStateException("scripted"));
        assertThrows(StorageFailureException.class, () -> cache.read(9 * BLOCK, 10));
        storage.forget();
        cache.read(9 * BLOCK, 10);
        assertEquals(List.of(new ByteRange(9 * BLOCK, 8 * BLOCK)), storage.asked());
    }

    @Test
    void twoThreadsThatNeedOneBlockCauseOneRequest() throws Exception {
        RangeBlockCache cache = cache();
        storage.hold();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<byte[]>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(() -> cache.read(77 * BLOCK, 3000)));
            }
            while (storage.asked().isEmpty()) {
                Thread.onSpinWait();
            }
            storage.release();
            for (Future<byte[]> answer : answers) {
                assertArrayEquals(expected(77 * BLOCK, 3000), answer.get(20, TimeUnit.SECONDS));
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(1, storage.asked().size());
    }

    @Test
    void staysExactAndBoundedUnderManyThreadsAndFailures() throws Exception {
        RangeBlockCache cache =
                cacheOver(storage, options().cacheBytes(64 * BLOCK).build());
        storage.answerOnThreads(true);
        storage.failEvery(37);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> results = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int seed = t;
                results.add(threads.submit(() -> hammer(cache, new Random(seed))));
            }
            int right = 0;
            for (Future<Integer> result : results) {
                right += result.get(50, TimeUnit.SECONDS);
            }
            assertTrue(right > 8 * 1000, "most reads succeed: " + right);
            // What was asked for ahead may still be under way, and only that exceeds the bound.
            Eventually.holds(() -> cache.heldBytes() <= 64 * BLOCK);
        } finally {
            threads.shutdownNow();
            storage.close();
        }
    }

    private int hammer(RangeBlockCache cache, Random random) {
        int right = 0;
        for (int i = 0; i < 2000; i++) {
            int length = 1 + random.nextInt(random.nextInt(20) == 0 ? 40_000 : 3000);
            int position = random.nextInt(object.length - length);
            if (random.nextInt(4) == 0) {
                cache.prefetch(List.of(new ByteRange(position, length), new ByteRange(position / 2, 5000)));
            }
            try {
                assertArrayEquals(expected(position, length), cache.read(position, length));
                right++;
            } catch (StorageFailureException e) {
                assertTrue(e.getMessage().contains("scripted"));
            }
        }
        return right;
    }

    @Test
    void positionsOutsideOfAnyFileAreMalformed() {
        RangeBlockCache cache = cache();
        assertThrows(MalformedFileException.class, () -> cache.read(-8, 16));
        assertThrows(MalformedFileException.class, () -> cache.read(Long.MIN_VALUE, 16));
        assertThrows(MalformedFileException.class, () -> cache.read(Long.MAX_VALUE - 4, 16));
        assertThrows(MalformedFileException.class, () -> cache.read(Long.MAX_VALUE - 16, 16));
        assertNull(cache.cached(-8, 16));
        assertNull(cache.cached(Long.MAX_VALUE - 4, 16));
        assertEquals(List.of(), storage.asked());
        cache.read(0, 1);
        assertThrows(MalformedFileException.class, () -> cache.read(-8, 16), "size known");
        assertNull(cache.cached(-8, 16), "start of the object is here");
    }

    @Test
    void anErrorOfTheStorageIsNotAwaited() {
        RangeBlockCache cache = cache();
        storage.throwNext(new OutOfMemoryError("test"));
        assertThrows(LimitExceededException.class, () -> cache.read(0, 1));
        storage.throwNext(new StackOverflowError());
        cache.prefetch(List.of(new ByteRange(50 * BLOCK, 1)));
        assertArrayEquals(expected(50 * BLOCK, 1), cache.read(50 * BLOCK, 1), "asked for again");
        assertArrayEquals(expected(0, 1), cache.read(0, 1));
    }

    @Test
    void anErrorWhileAnAnswerIsTakenFailsItsBlocks() {
        RangeBlockCache cache = cache();
        storage.hold();
        cache.prefetch(List.of(new ByteRange(50 * BLOCK, 1)));
        storage.throwFromSize(new OutOfMemoryError("test"));
        storage.release();
        storage.throwFromSize(null);
        assertArrayEquals(expected(50 * BLOCK, 1), cache.read(50 * BLOCK, 1), "asked for again");
        assertEquals(2, cache.statistics().requests());
    }

    @Test
    void partsOfALongReadAreCancelledWhenOneFails() {
        RangeBlockCache cache = new RangeBlockCache(
                storage,
                options().cacheBytes(16 * BLOCK).maxRequestBytes(2 * BLOCK).build());
        storage.hold();
        // By a clock that passes when all parts are asked for.
        Deadline deadline =
                Deadline.after(Machine.ofThisProcess(), () -> storage.asked().size(), Duration.ofNanos(4), () -> null);
        assertThrows(ReadAbortedException.class, () -> deadline.during(() -> cache.read(0, 8 * BLOCK)));
        assertEquals(4, storage.cancelled());
    }
}
