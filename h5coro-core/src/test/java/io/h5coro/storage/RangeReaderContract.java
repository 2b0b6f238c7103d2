// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.RangeReader.RangeBytes;
import io.h5coro.storage.StorageException.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link RangeReader} promises. A test class of an implementation extends this and adds its own cases. */
@Timeout(300)
public abstract class RangeReaderContract {
    private static final int SIZE = 100_003;

    /** A reader of a new object with this content. */
    protected abstract RangeReader open(byte[] content) throws Exception;

    /** A reader of an object that does not exist; empty where there is no such thing. */
    protected Optional<RangeReader> openMissing() throws Exception {
        return Optional.empty();
    }

    /** Requests that the storage has seen since the start of the test; empty where nobody counts them. */
    protected OptionalLong requestsSeen() {
        return OptionalLong.empty();
    }

    /** Bytes that look like noise and are the same for the same seed. */
    public static byte[] noise(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Waits for an answer, at most a minute. */
    public static byte[] get(CompletableFuture<byte[]> answer) throws Exception {
        return answer.get(60, TimeUnit.SECONDS);
    }

    /** Waits for a failure that must be a {@link StorageException} of this kind. */
    public static StorageException failure(Kind kind, CompletableFuture<byte[]> answer) {
        ExecutionException thrown = assertThrows(ExecutionException.class, () -> answer.get(60, TimeUnit.SECONDS));
        StorageException failure = assertInstanceOf(StorageException.class, thrown.getCause());
        assertEquals(kind, failure.kind(), failure.getMessage());
        String message = failure.getMessage();
        assertNotNull(message);
        assertFalse(message.contains("\n"), message);
        return failure;
    }

    @Test
    void answersManyRangesInTheOrderAsked() throws Exception {
        byte[] content = noise(SIZE, 1);
        Random random = new Random(2);
        List<ByteRange> ranges = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            long offset = random.nextInt(SIZE);
            ranges.add(new ByteRange(offset, random.nextInt((int) Math.min(5_000, SIZE - offset) + 1)));
        }
        try (RangeReader reader = open(content)) {
            List<CompletableFuture<byte[]>> answers = reader.read(ranges);
            assertEquals(ranges.size(), answers.size());
            for (int i = 0; i < ranges.size(); i++) {
                assertArrayEquals(part(content, ranges.get(i)), get(answers.get(i)), "range " + ranges.get(i));
            }
        }
    }

    @Test
    void answersOverlapsAndRepeatsWithArraysOfTheirOwn() throws Exception {
        byte[] content = noise(1_000, 3);
        try (RangeReader reader = open(content)) {
            ByteRange range = new ByteRange(100, 200);
            List<CompletableFuture<byte[]>> answers = reader.read(List.of(range, new ByteRange(150, 200), range));
            byte[] first = get(answers.get(0));
            Arrays.fill(first, (byte) 0);
            assertArrayEquals(part(content, new ByteRange(150, 200)), get(answers.get(1)));
            assertArrayEquals(part(content, range), get(answers.get(2)));
            assertArrayEquals(part(content, range), get(reader.read(range)));
        }
    }

    /** After an answer the array is the caller's: what is put there stays, whatever is read after that. */
    @Test
    void readsIntoArraysThatAreLentAndLeavesThemAlone() throws Exception {
        byte[] content = noise(SIZE, 16);
        List<ByteRange> ranges = List.of(
                new ByteRange(0, 50_000),
                new ByteRange(SIZE - 20_000, 40_000),
                new ByteRange(SIZE + 5, 10),
                new ByteRange(7, 0));
        List<byte[]> lent = Collections.synchronizedList(new ArrayList<>());
        RangeReader.Lending lending = (index, length) -> {
            byte[] array = new byte[length + 100 * index];
            Arrays.fill(array, (byte) 0x55);
            lent.add(array);
            return array;
        };
        try (RangeReader reader = open(content)) {
            for (int round = 0; round < 2; round++) {
                List<CompletableFuture<RangeBytes>> answers =
                        reader.readInto(ranges, lending, RangeReader.Retries.UNTOLD);
                for (int i = 0; i < ranges.size(); i++) {
                    RangeBytes bytes = answers.get(i).get(60, TimeUnit.SECONDS);
                    assertArrayEquals(part(content, ranges.get(i)), bytes.exact(), "range " + ranges.get(i));
                    Arrays.fill(bytes.array(), (byte) 0x77);
                }
            }
            assertArrayEquals(content, get(reader.read(new ByteRange(0, SIZE))));
        }
        for (byte[] array : lent) {
            for (byte b : array) {
                assertEquals(0x77, b);
            }
        }
    }

    @Test
    void cutsARangeAtTheEnd() throws Exception {
        byte[] content = noise(SIZE, 4);
        try (RangeReader reader = open(content)) {
            assertArrayEquals(part(content, new ByteRange(SIZE - 3, 3)), get(reader.read(new ByteRange(SIZE - 3, 10))));
            assertArrayEquals(content, get(reader.read(new ByteRange(0, SIZE + 1L))));
            assertArrayEquals(part(content, new ByteRange(7, SIZE - 7)), get(reader.read(new ByteRange(7, 1L << 40))));
            assertArrayEquals(
                    part(content, new ByteRange(9, SIZE - 9)), get(reader.read(new ByteRange(9, Long.MAX_VALUE - 9))));
        }
    }

    @Test
    void answersEmptyAtTheEndAndBehindIt() throws Exception {
        for (long offset : new long[] {SIZE, SIZE + 1, SIZE + 1_000_000_000_000L, Long.MAX_VALUE - 1}) {
            try (RangeReader reader = open(noise(SIZE, 5))) {
                assertEquals(0, get(reader.read(new ByteRange(offset, 1))).length, "as the first range, at " + offset);
                assertEquals(1, get(reader.read(new ByteRange(SIZE - 1, 5))).length);
                assertEquals(0, get(reader.read(new ByteRange(offset, 1))).length, "later, at " + offset);
            }
        }
    }

    @Test
    void answersAnEmptyRangeAnywhereWithoutARequest() throws Exception {
        try (RangeReader reader = open(noise(10, 6))) {
            for (long offset : new long[] {0, 5, 10, 11, Long.MAX_VALUE}) {
                assertEquals(0, get(reader.read(new ByteRange(offset, 0))).length);
            }
            assertEquals(List.of(), reader.read(List.of()));
            assertTrue(reader.size().isEmpty());
            assertEquals(0, requestsSeen().orElse(0));
        }
    }

    @Test
    void learnsSizeAndVersionFromTheFirstAnswer() throws Exception {
        byte[] content = noise(SIZE, 7);
        try (RangeReader reader = open(content)) {
            assertTrue(reader.size().isEmpty());
            assertTrue(reader.version().isEmpty());
            assertEquals(0, requestsSeen().orElse(0));
            get(reader.read(new ByteRange(10, 10)));
            assertEquals(OptionalLong.of(SIZE), reader.size());
            assertTrue(reader.version().isPresent());
            assertEquals(1, requestsSeen().orElse(1), "one request, no question before it");
            Optional<String> version = reader.version();
            get(reader.read(new ByteRange(SIZE, 10)));
            assertEquals(version, reader.version());
            assertEquals(OptionalLong.of(SIZE), reader.size());
        }
    }

    @Test
    void readsAnObjectOfNoBytes() throws Exception {
        try (RangeReader reader = open(new byte[0])) {
            assertEquals(0, get(reader.read(new ByteRange(0, 100))).length);
            assertEquals(OptionalLong.of(0), reader.size());
            assertEquals(0, get(reader.read(new ByteRange(100, 100))).length);
        }
    }

    @Test
    void readsBigRanges() throws Exception {
        byte[] content = noise(24 << 20, 8);
        try (RangeReader reader = open(content)) {
            List<CompletableFuture<byte[]>> answers =
                    reader.read(List.of(new ByteRange(0, content.length), new ByteRange(1, 17 << 20)));
            assertArrayEquals(content, get(answers.get(0)));
            assertArrayEquals(part(content, new ByteRange(1, 17 << 20)), get(answers.get(1)));
        }
    }

    @Test
    void failsEveryRangeAfterClose() throws Exception {
        RangeReader reader = open(noise(1_000, 9));
        get(reader.read(new ByteRange(0, 10)));
        reader.close();
        reader.close();
        for (CompletableFuture<byte[]> answer : reader.read(List.of(new ByteRange(0, 10), new ByteRange(20, 10)))) {
            failure(Kind.CLOSED, answer);
        }
    }

    @Test
    void closesUnreadWithoutARequest() throws Exception {
        open(noise(1_000, 10)).close();
        assertEquals(0, requestsSeen().orElse(0));
    }

    @Test
    void everyFutureEndsWhenTheReaderIsClosedMeanwhile() throws Exception {
        byte[] content = noise(4 << 20, 11);
        RangeReader reader = open(content);
        List<ByteRange> ranges = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            ranges.add(new ByteRange(i, 2 << 20));
        }
        List<CompletableFuture<byte[]>> answers = reader.read(ranges);
        reader.close();
        for (int i = 0; i < ranges.size(); i++) {
            CompletableFuture<byte[]> answer = answers.get(i);
            try {
                assertArrayEquals(part(content, ranges.get(i)), get(answer));
            } catch (ExecutionException e) {
                failure(Kind.CLOSED, answer);
            }
        }
    }

    @Test
    void cancellingSomeLeavesTheOthersRight() throws Exception {
        byte[] content = noise(1 << 20, 12);
        try (RangeReader reader = open(content)) {
            List<ByteRange> ranges = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                ranges.add(new ByteRange(i * 1_000L, 200_000));
            }
            List<CompletableFuture<byte[]>> answers = reader.read(ranges);
            for (int i = 0; i < 100; i += 2) {
                answers.get(i).cancel(true);
            }
            for (int i = 1; i < 100; i += 2) {
                assertArrayEquals(part(content, ranges.get(i)), get(answers.get(i)));
            }
            assertArrayEquals(part(content, new ByteRange(0, 10)), get(reader.read(new ByteRange(0, 10))));
        }
    }

    @Test
    void serves32ThreadsAtOnce() throws Exception {
        byte[] content = noise(1 << 20, 13);
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try (RangeReader reader = open(content)) {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int t = 0; t < 32; t++) {
                int seed = t;
                tasks.add(() -> readsRight(reader, content, new Random(seed)));
            }
            for (Future<Boolean> task : threads.invokeAll(tasks)) {
                assertTrue(task.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean readsRight(RangeReader reader, byte[] content, Random random) throws Exception {
        for (int i = 0; i < 20; i++) {
            List<ByteRange> ranges = new ArrayList<>();
            for (int j = 0; j < 4; j++) {
                ranges.add(new ByteRange(random.nextInt(content.length), random.nextInt(20_000)));
            }
            List<CompletableFuture<byte[]>> answers = reader.read(ranges);
            for (int j = 0; j < 4; j++) {
                assertArrayEquals(part(content, ranges.get(j)), get(answers.get(j)));
            }
        }
        return true;
    }

    @Test
    void anInterruptedCallerDisturbsNobody() throws Exception {
        byte[] content = noise(SIZE, 14);
        try (RangeReader reader = open(content)) {
            Thread.currentThread().interrupt();
            CompletableFuture<byte[]> answer = reader.read(new ByteRange(0, 1_000));
            assertTrue(Thread.interrupted(), "the flag stays");
            assertArrayEquals(part(content, new ByteRange(0, 1_000)), get(answer));
            assertArrayEquals(part(content, new ByteRange(5, 1_000)), get(reader.read(new ByteRange(5, 1_000))));
        }
    }

    @Test
    void aMissingObjectIsToldByTheFirstRead() throws Exception {
        Optional<RangeReader> missing = openMissing();
        if (missing.isEmpty()) {
            return;
        }
        try (RangeReader reader = missing.get()) {
            StorageException failure = failure(Kind.NOT_FOUND, reader.read(new ByteRange(0, 10)));
            assertTrue(String.valueOf(failure.getMessage()).contains(reader.source()), failure.getMessage());
        }
    }

    @Test
    void saysWhatItReads() throws Exception {
        try (RangeReader reader = open(noise(10, 15))) {
            assertFalse(reader.source().isBlank());
            assertTrue(reader.profile().connections() > 0);
        }
    }

    /** The bytes of {@code range} that {@code content} has. */
    protected static byte[] part(byte[] content, ByteRange range) {
        int from = (int) Math.min(range.offset(), content.length);
        return Arrays.copyOfRange(content, from, (int) Math.min(range.end(), content.length));
    }
}
