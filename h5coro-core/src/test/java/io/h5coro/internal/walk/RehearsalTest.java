// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.internal.cache.RangeBlockCache;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RehearsalTest {
    /** A cache of sixteen blocks, over a file of a hundred. */
    private static final int BLOCK = 512;

    private final CountingRangeReader storage;
    private final RangeBlockCache cache;
    private final Rehearsal rehearsal;

    RehearsalTest() {
        BuiltFile file = new BuiltFile();
        byte[] bytes = Arrays.copyOf(file.toArray(file.header(BuiltFile.group()), -1), 100 * BLOCK);
        storage = new CountingRangeReader(MemoryRangeReader.of("object", bytes));
        ReadOptions options = ReadOptions.builder()
                .blockBytes(BLOCK)
                .firstReadBytes(BLOCK)
                .cacheBytes(16 * BLOCK)
                .build();
        cache = new RangeBlockCache(storage, options);
        rehearsal = new Rehearsal(HdfFile.open(
                new RawFile(cache, () -> bytes.length, MessageBytes.SOURCE, options),
                (pipeline, mask, stored, plainSize) -> stored));
    }

    private void read(int block) {
        byte[] unused = rehearsal.file().space().cache().read((long) block * BLOCK, 8);
    }

    /** Whoever reads the same for good gets it again, and fails alone. */
    @Test
    void whatAPieceThrowsEndsNoOther() {
        BuiltFile file = new BuiltFile();
        Rehearsal rehearsal = new Rehearsal(file.open(file.header(BuiltFile.group())));
        List<String> ended = new ArrayList<>();
        rehearsal.add(() -> {
            throw new MalformedFileException(Where.source("x"), "damaged");
        });
        rehearsal.add(() -> {
            throw new ArithmeticException("long overflow");
        });
        rehearsal.add(() -> {
            throw new OutOfMemoryError("one object that is too large");
        });
        rehearsal.add(() -> {
            throw new StackOverflowError();
        });
        rehearsal.add(() -> ended.add("last"));
        rehearsal.run();
        assertEquals(List.of("last"), ended);
    }

    private void readTo(int end) {
        for (int block = 10; block < end; block++) {
            read(block);
        }
    }

    @Test
    void aPieceRunsAgainUntilAllIsHere() {
        List<String> ended = new ArrayList<>();
        rehearsal.add(() -> {
            readTo(14);
            ended.add("it");
        });
        rehearsal.run();
        assertEquals(List.of("it"), ended);
        assertEquals(5, storage.requests(), "the superblock's, and one for each block");
    }

    /** Its blocks would push each other out for ever. */
    @Test
    void aPieceThatReadsMoreBlocksThanTheCacheHoldsIsGivenUp() {
        List<String> ended = new ArrayList<>();
        rehearsal.add(() -> {
            readTo(50);
            ended.add("it");
        });
        rehearsal.add(() -> ended.add("another"));
        rehearsal.run();
        assertEquals(List.of("another"), ended);
        int requests = storage.requests();
        assertTrue(requests >= 9 && requests <= 10, requests + " requests for half of the cache and the superblock");
    }

    /** Each of its blocks is gone when the other one has come: files that share little memory do so to each other. */
    @Test
    void aPieceThatLacksAgainWhatWasFetchedForItIsGivenUp() {
        AtomicInteger runs = new AtomicInteger();
        rehearsal.add(() -> {
            if (runs.getAndIncrement() > 1) {
                cache.reclaim(1);
            }
            read(10);
            read(20);
            cache.reclaim(1);
            read(30);
        });
        rehearsal.run();
        assertTrue(runs.get() >= 3 && runs.get() <= 5, runs + " runs");
        assertTrue(storage.requests() <= 5, storage.requests() + " requests");
    }
}
