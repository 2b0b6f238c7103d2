// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.driver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.AnsweredByHand;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

final class JoinedRangeReaderTest {
    private final List<CountingRangeReader> members = List.of(member(0, 10), member(1, 10), member(2, 4));

    private static CountingRangeReader member(int number, int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (10 * number + i);
        }
        return new CountingRangeReader(MemoryRangeReader.of("member " + number, bytes));
    }

    private JoinedRangeReader joined(Placement placement, long size) {
        return new JoinedRangeReader("joined", List.copyOf(members), placement, size);
    }

    private JoinedRangeReader family() {
        return joined(Placement.family(10), 24);
    }

    private static byte[] counting(int from, int to) {
        byte[] bytes = new byte[to - from];
        for (int i = from; i < to; i++) {
            bytes[i - from] = (byte) i;
        }
        return bytes;
    }

    @Test
    void everyRangeIsPutTogetherFromItsMembers() throws Exception {
        JoinedRangeReader reader = family();
        for (int from = 0; from <= 24; from++) {
            for (int to = from; to <= 24; to++) {
                assertArrayEquals(
                        counting(from, to),
                        reader.read(new ByteRange(from, to - from)).get(),
                        from + " to " + to);
            }
        }
        assertEquals(OptionalLong.of(24), reader.size());
        assertEquals("joined", reader.source());
    }

    @Test
    void anAnswerThatCannotBePutTogetherIsAFailureAndNoWait() {
        List<RangeReader> broken = List.of(members.get(0), new ForwardingRangeReader(members.get(1)) {
            @Override
            public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
                return ranges.stream()
                        .map(range -> CompletableFuture.<byte[]>completedFuture(null))
                        .toList();
            }
        });
        JoinedRangeReader reader = new JoinedRangeReader("joined", broken, Placement.family(10), 20);
        CompletableFuture<byte[]> answer = reader.read(new ByteRange(5, 10));
        assertTrue(answer.isCompletedExceptionally(), "the answer never comes");
        assertEquals(5, reader.read(new ByteRange(5, 5)).join().length);
    }

    @Test
    void oneCallAsksEachMemberOnce() throws Exception {
        List<CompletableFuture<byte[]>> answers =
                family().read(List.of(new ByteRange(2, 3), new ByteRange(8, 4), new ByteRange(15, 8)));
        assertArrayEquals(counting(2, 5), answers.get(0).get());
        assertArrayEquals(counting(8, 12), answers.get(1).get());
        assertArrayEquals(counting(15, 23), answers.get(2).get());
        assertEquals(
                List.of(1, 1, 1),
                members.stream().map(CountingRangeReader::calls).toList());
        assertEquals(
                List.of(new ByteRange(2, 3), new ByteRange(8, 2)),
                members.get(0).ranges());
        assertEquals(
                List.of(new ByteRange(0, 2), new ByteRange(5, 5)),
                members.get(1).ranges());
        assertEquals(List.of(new ByteRange(0, 3)), members.get(2).ranges());
    }

    @Test
    void whatLiesBehindTheEndIsNotThere() throws Exception {
        assertArrayEquals(
                counting(20, 24), family().read(new ByteRange(20, 100)).get());
        assertEquals(0, family().read(new ByteRange(24, 5)).get().length);
        assertEquals(0, family().read(new ByteRange(1000, 5)).get().length);
    }

    @Test
    void bytesOfNoMemberAreZeros() throws Exception {
        Placement holes = address -> address < 5
                ? new Placement.Run(1, address, 5 - address)
                : new Placement.Run(Placement.ZEROS, 0, 8 - address);
        byte[] expected = {10, 11, 12, 13, 14, 0, 0, 0};
        assertArrayEquals(expected, joined(holes, 8).read(new ByteRange(0, 8)).get());
        assertArrayEquals(
                new byte[2], joined(holes, 8).read(new ByteRange(6, 2)).get());
    }

    @Test
    void aMemberThatIsTooShortIsAFailureNeverZeros() {
        JoinedRangeReader reader = joined(Placement.family(10), 30);
        for (ByteRange range : List.of(new ByteRange(0, 30), new ByteRange(20, 10), new ByteRange(25, 1))) {
            StorageException e = assertInstanceOf(
                    StorageException.class,
                    assertThrows(
                                    ExecutionException.class,
                                    () -> reader.read(range).get())
                            .getCause());
            assertEquals(StorageException.Kind.IO, e.kind());
            assertTrue(e.getMessage().startsWith("member 2: is truncated"), e.getMessage());
        }
    }

    @Test
    void cancellingARangeCancelsItsRequests() {
        AnsweredByHand first = new AnsweredByHand(1);
        AnsweredByHand second = new AnsweredByHand(1);
        RangeReader reader = new JoinedRangeReader("joined", List.of(first, second), Placement.family(10), 20);
        List<CompletableFuture<byte[]>> answers = reader.read(List.of(new ByteRange(5, 10), new ByteRange(0, 2)));
        answers.get(0).cancel(true);
        assertTrue(first.isCancelled(0));
        assertTrue(second.isCancelled(0));
        assertFalse(first.isCancelled(1));
        assertFalse(answers.get(1).isDone());
    }

    @Test
    void whatAMemberFailsWithIsWhatTheRangeFailsWith() {
        AnsweredByHand first = new AnsweredByHand(1);
        AnsweredByHand second = new AnsweredByHand(1);
        RangeReader reader = new JoinedRangeReader("joined", List.of(first, second), Placement.family(10), 20);
        CompletableFuture<byte[]> answer = reader.read(new ByteRange(5, 10));
        StorageException failure = new StorageException(StorageException.Kind.CHANGED, "by hand: changed");
        second.fail(0, failure);
        first.answer(0);
        assertEquals(
                failure, assertThrows(ExecutionException.class, answer::get).getCause());
    }

    @Test
    void theVersionIsThatOfAllMembersThatWereRead() throws Exception {
        JoinedRangeReader reader = family();
        reader.read(new ByteRange(0, 5)).get();
        Optional<String> before = reader.version();
        reader.read(new ByteRange(10, 5)).get();
        assertEquals(Optional.of("array;;;"), before);
        assertEquals(Optional.of("array;array;;"), reader.version());
    }

    @Test
    void closesItsMembers() {
        family().close();
        assertTrue(members.stream().allMatch(CountingRangeReader::isClosed));
        assertEquals("JoinedRangeReader[joined, 3 members]", family().toString());
    }
}
