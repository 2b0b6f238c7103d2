// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.testdata.Fixtures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every fixture, cut off where a structure or a chunk begins or ends, a byte before and a byte behind: each call gives
 * what it gives for the whole file, or an {@link H5Exception}; never other values.
 */
final class TruncationTest {
    /** Cuts of one fixture; of more some are tried, evenly. {@code -Dh5coro.cuts} says another number. */
    private static final int MOST_CUTS = Integer.getInteger("h5coro.cuts", 60);

    private final AtomicInteger boundaries = new AtomicInteger();
    private final AtomicInteger possible = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger values = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    @Test
    @Timeout(900)
    void aFileCutOffAtAnyBoundaryGivesTheSameValuesOrTypedErrors() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(
                2 * Math.max(2, Runtime.getRuntime().availableProcessors()));
        long start = System.nanoTime();
        try {
            List<Future<?>> running = new ArrayList<>();
            for (String fixture : Fixtures.all()) {
                running.add(pool.submit(() -> cut(fixture)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
        System.out.printf(
                "Truncation: %d boundaries of %d fixtures, %d cuts of %d in %.0f s;"
                        + " %d refused to open, %d values, %d errors%n",
                boundaries.get(),
                Fixtures.all().size(),
                cuts.get(),
                possible.get(),
                (System.nanoTime() - start) / 1e9,
                refused.get(),
                values.get(),
                failures.get());
        assertTrue(cuts.get() > 5000, cuts + " cuts");
        assertTrue(values.get() > cuts.get(), "values are still read: " + values);
        assertTrue(failures.get() > cuts.get(), "what is missing is noticed: " + failures);
    }

    private void cut(String fixture) {
        byte[] file = Fixtures.bytes(fixture);
        NavigableSet<Integer> found = StructureBoundaries.of(file);
        boundaries.addAndGet(found.size());
        NavigableSet<Integer> all = new TreeSet<>();
        for (int boundary : found) {
            for (int at = Math.max(0, boundary - 1); at <= Math.min(file.length - 1, boundary + 1); at++) {
                all.add(at);
            }
        }
        possible.addAndGet(all.size());
        Map<String, String> sound = calls(file, true);
        Integer[] places = all.toArray(Integer[]::new);
        int count = Math.min(MOST_CUTS, places.length);
        for (int i = 0; i < count; i++) {
            int at = places[(int) ((long) i * places.length / count)];
            byte[] rest = Arrays.copyOf(file, at);
            String what = fixture + " cut off at " + at + " of " + file.length;
            compare(sound, calls(rest, true), what);
            Map<String, String> strict = calls(rest, false);
            compare(sound, strict, what);
            if (strict.containsKey("open")) {
                refused.incrementAndGet();
            }
            cuts.incrementAndGet();
        }
    }

    private static Map<String, String> calls(byte[] file, boolean allowTruncated) {
        ReadOptions options =
                ReadObject.options().allowTruncated(allowTruncated).build();
        return PublicCalls.all(MemoryRangeReader.of("cut", file), options, PublicCalls.Extent.VALUES, () -> {})
                .outcomes();
    }

    private void compare(Map<String, String> sound, Map<String, String> cut, String what) {
        cut.forEach((call, outcome) -> {
            if (outcome.startsWith("! ")) {
                failures.incrementAndGet();
            } else {
                values.incrementAndGet();
                assertEquals(sound.get(call), outcome, () -> what + ": " + call);
            }
        });
    }
}
