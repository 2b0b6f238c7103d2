// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.event.ReadEvent;
import io.h5coro.internal.watch.Watch;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.AnsweredByHand;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * When a second request is sent, and what becomes of the two. The storage takes 1 ms and 1 us for each byte, it says.
 */
@Timeout(120)
final class HedgingTest {
    private static final Duration EARLIEST = Duration.ofSeconds(2);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final ByteRange RANGE = new ByteRange(10, 1_000);

    private final HandAlarm clock = new HandAlarm();
    private final Hedging hedging = new Hedging(EARLIEST.toNanos(), clock);
    private AnsweredByHand storage = new AnsweredByHand(1_000);
    private RangeReader reader = hedging.around(storage);

    private CompletableFuture<byte[]> lateRequest() {
        CompletableFuture<byte[]> answer = reader.read(RANGE);
        clock.pass(EARLIEST);
        assertEquals(List.of(RANGE, RANGE), storage.asked());
        return answer;
    }

    private static Throwable failure(CompletableFuture<byte[]> answer) {
        return assertThrows(ExecutionException.class, answer::get).getCause();
    }

    @Test
    void aRequestThatNeverEndsIsSentASecondTimeAndCancelled() {
        CompletableFuture<byte[]> answer = reader.read(RANGE);
        clock.pass(EARLIEST.minus(MOMENT));
        assertEquals(List.of(RANGE), storage.asked());
        clock.pass(MOMENT);
        assertEquals(List.of(RANGE, RANGE), storage.asked());
        assertEquals(1, hedging.sent());
        assertFalse(answer.isDone());
        storage.answer(1);
        assertEquals(1_000, answer.join().length);
        assertTrue(storage.isCancelled(0));
        assertEquals(0, clock.pending());
    }

    @Test
    void theFirstMayStillWin() {
        CompletableFuture<byte[]> answer = lateRequest();
        storage.answer(0);
        assertEquals(1_000, answer.join().length);
        assertTrue(storage.isCancelled(1));
    }

    @Test
    void aThirdIsNeverSent() {
        CompletableFuture<byte[]> answer = lateRequest();
        clock.pass(Duration.ofHours(1));
        assertEquals(2, storage.asked().size());
        assertFalse(answer.isDone());
    }

    @Test
    void whatIsAnsweredInTimeIsAskedOnce() {
        for (int i = 0; i < 100; i++) {
            CompletableFuture<byte[]> answer = reader.read(RANGE);
            clock.pass(EARLIEST.minus(MOMENT));
            storage.answer(i);
            assertTrue(answer.isDone());
        }
        assertEquals(100, storage.asked().size());
        assertEquals(0, hedging.sent());
        assertEquals(0, clock.pending());
    }

    @Test
    void longRequestsHaveMoreTime() {
        CompletableFuture<byte[]> answer = reader.read(new ByteRange(0, 1_000_000));
        clock.pass(Duration.ofSeconds(15));
        assertEquals(1, storage.asked().size(), "a second of transfer may take sixteen");
        clock.pass(Duration.ofSeconds(2));
        assertEquals(2, storage.asked().size());
        assertFalse(answer.isDone());
    }

    @Test
    void theTimeAdaptsToWhatWasSeen() {
        answerAfter(Duration.ofSeconds(1), 20);
        int before = storage.asked().size();
        CompletableFuture<byte[]> slow = reader.read(RANGE);
        clock.pass(Duration.ofMillis(3_900));
        assertEquals(before + 1, storage.asked().size(), "one second is usual here, four are late");
        clock.pass(Duration.ofMillis(200));
        assertEquals(before + 2, storage.asked().size());
        storage.answer(before);
        assertTrue(slow.isDone());

        answerAfter(MOMENT, 64);
        int now = storage.asked().size();
        CompletableFuture<byte[]> unused = reader.read(RANGE);
        clock.pass(EARLIEST);
        assertEquals(now + 2, storage.asked().size(), "a slow hour is forgotten");
    }

    private void answerAfter(Duration time, int count) {
        for (int i = 0; i < count; i++) {
            CompletableFuture<byte[]> answer = reader.read(RANGE);
            clock.pass(time);
            storage.answer(storage.asked().size() - 1);
            assertTrue(answer.isDone());
        }
    }

    @Test
    void aFailureOfTheSecondLeavesTheFirst() {
        CompletableFuture<byte[]> answer = lateRequest();
        storage.fail(1, new StorageException(Kind.CHANGED, "scripted"));
        assertFalse(answer.isDone());
        storage.answer(0);
        assertEquals(1_000, answer.join().length);
    }

    @Test
    void aSecondThatCannotBeSentLeavesTheFirst() {
        CompletableFuture<byte[]> answer = reader.read(RANGE);
        storage.throwNext(new OutOfMemoryError("scripted"));
        clock.pass(EARLIEST);
        assertEquals(1, storage.asked().size());
        storage.answer(0);
        assertEquals(1_000, answer.join().length);
    }

    @Test
    void aTransientFailureOfTheFirstWaitsForTheSecond() {
        CompletableFuture<byte[]> answer = lateRequest();
        storage.failTransiently(0);
        assertFalse(answer.isDone());
        storage.answer(1);
        assertEquals(1_000, answer.join().length);
    }

    @Test
    void whenBothFailItIsTheFirstOnesFailure() {
        CompletableFuture<byte[]> answer = lateRequest();
        storage.failTransiently(0);
        storage.fail(1, new StorageException(Kind.UNAVAILABLE, "second"));
        StorageException failure = assertInstanceOf(StorageException.class, failure(answer));
        assertEquals(Kind.TIMEOUT, failure.kind());

        CompletableFuture<byte[]> other = reader.read(RANGE);
        clock.pass(EARLIEST);
        storage.fail(3, new StorageException(Kind.UNAVAILABLE, "second"));
        storage.failTransiently(2);
        assertEquals(
                Kind.TIMEOUT,
                assertInstanceOf(StorageException.class, failure(other)).kind());
    }

    @Test
    void aFinalFailureOfTheFirstEndsBoth() {
        CompletableFuture<byte[]> answer = lateRequest();
        storage.fail(0, new StorageException(Kind.CHANGED, "scripted"));
        assertEquals(
                Kind.CHANGED,
                assertInstanceOf(StorageException.class, failure(answer)).kind());
        assertTrue(storage.isCancelled(1));
    }

    @Test
    void cancellingEndsBoth() {
        CompletableFuture<byte[]> answer = lateRequest();
        answer.cancel(true);
        assertTrue(storage.isCancelled(0));
        assertTrue(storage.isCancelled(1));
        assertEquals(0, clock.pending());
        reader.read(RANGE).cancel(true);
        assertTrue(storage.isCancelled(2));
        assertEquals(0, clock.pending());
    }

    @Test
    void whereEverythingStandsStillOnlyAFewAreSentAgain() {
        List<CompletableFuture<byte[]>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(reader.read(RANGE));
        }
        clock.pass(Duration.ofHours(1));
        assertEquals(100 + Hedging.MOST_AT_ONCE, storage.asked().size());
        answers.forEach(answer -> answer.cancel(true));
        assertEquals(0, clock.pending());
    }

    @Test
    void allTogetherAreAPartOfAllRequests() {
        for (int i = 0; i < 100; i++) {
            CompletableFuture<byte[]> unused = reader.read(RANGE);
        }
        clock.pass(EARLIEST);
        for (int answered = 100; answered < storage.asked().size(); ) {
            while (answered < storage.asked().size()) {
                storage.answer(answered++);
            }
            clock.pass(EARLIEST.dividedBy(4));
        }
        assertEquals(Hedging.FREE + 100 / Hedging.REQUESTS_FOR_ONE, hedging.sent());
        assertEquals(100 + hedging.sent(), storage.asked().size());
    }

    @Test
    void timeRunsFromTheTurnOfARequest() {
        storage = new AnsweredByHand(2);
        reader = hedging.around(storage);
        List<CompletableFuture<byte[]>> answers = reader.read(List.of(RANGE, RANGE, RANGE, RANGE, RANGE));
        clock.pass(EARLIEST);
        assertEquals(7, storage.asked().size(), "two of five are under way");
        answers.get(2).cancel(true);
        storage.answer(5);
        storage.answer(6);
        clock.pass(EARLIEST.minus(MOMENT));
        assertEquals(7, storage.asked().size());
        clock.pass(MOMENT);
        assertEquals(9, storage.asked().size());
        storage.answer(7);
        storage.answer(8);
        assertTrue(answers.get(3).isDone() && answers.get(4).isDone());
        CompletableFuture<byte[]> unused = reader.read(RANGE);
        assertEquals(1, clock.pending(), "it is its turn at once");
    }

    @Test
    void nothingIsSentAfterTheClose() {
        CompletableFuture<byte[]> answer = reader.read(RANGE);
        hedging.close();
        clock.pass(EARLIEST);
        assertEquals(1, storage.asked().size());
        assertFalse(answer.isDone());
    }

    /** A failed attempt of the storage is told of as of the request that it belongs to, the second one's too. */
    @Test
    void whoListensIsToldOfTheSecondRequestBeforeTheEnd() {
        List<ReadEvent> told = new ArrayList<>();
        Watch watch = Watch.of(System::nanoTime, told::add);
        RangeReader watched = new Hedging(EARLIEST.toNanos(), clock, watch).around(storage);
        CompletableFuture<byte[]> answer = watched.read(RANGE);
        clock.pass(EARLIEST);
        assertFalse(answer.isDone());
        storage.answer(1);
        assertEquals(1_000, answer.join().length);
        assertTrue(storage.isCancelled(0));
        assertEquals(3, told.size(), told::toString);
        assertEquals(new ReadEvent.Requested(storage.source(), 1, 10, 1_000, 1), told.get(0));
        assertEquals(1, assertInstanceOf(ReadEvent.Hedged.class, told.get(1)).request());
        ReadEvent.Answered end = assertInstanceOf(ReadEvent.Answered.class, told.get(2));
        assertTrue(end.hedged() && end.request() == 1 && end.bytes() == 1_000 && end.attempts() == 1, end::toString);
        CompletableFuture<byte[]> next = watched.read(RANGE);
        assertEquals(2, assertInstanceOf(ReadEvent.Requested.class, told.get(3)).wave());
        next.cancel(true);
        assertTrue(storage.isCancelled(2));
        assertEquals(2, assertInstanceOf(ReadEvent.Failed.class, told.get(4)).request());
        assertEquals(5, told.size(), told::toString);
    }

    @Test
    void filesOnDiskAndThoseWhoWantNoneAreLeftAlone() {
        RangeReader memory = MemoryRangeReader.of("memory", new byte[10]);
        assertSame(memory, hedging.around(memory));
        assertSame(storage, new Hedging(0, clock).around(storage));
        assertThrows(IllegalArgumentException.class, () -> ReadOptions.builder().hedgeAfter(Duration.ofSeconds(-1)));
    }
}
