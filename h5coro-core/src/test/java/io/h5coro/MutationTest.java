// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.FileMutator.Damage;
import io.h5coro.error.H5Exception;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.testdata.Fixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every fixture, damaged in hundreds of ways: every public call ends in a value or an {@link H5Exception}, in bounded
 * time and memory. A damage changes bytes that some object's calls read, and those calls are made. The seed is fixed;
 * the message of a failure has what makes it again.
 */
final class MutationTest {
    private static final long SEED = Long.getLong("h5coro.mutation.seed", 20261120);
    private static final int MUTANTS = Integer.getInteger("h5coro.mutants", 102_000);

    /** Far above what a call takes, and far below a loop that does not end: the machine may be busy. */
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(20);

    /** By all threads of the calls on one mutant: far above the limits of {@link ReadObject#options()}. */
    private static final long MOST_ALLOCATED = 128L << 20;

    private static final Damage[] DAMAGES = Damage.values();

    private final AtomicLong slowest = new AtomicLong();
    private final AtomicLong largest = new AtomicLong();
    private volatile String largestMutant = "";
    private final AtomicLong noticed = new AtomicLong();

    /** One example of each kind of defect, by where it was thrown. */
    private final Map<String, AssertionError> defects = new ConcurrentHashMap<>();

    @Test
    @Timeout(900)
    void damagedFilesGiveValuesOrTypedErrors() throws Exception {
        // More threads than processors: calls hand work over to others and wait.
        int threads = 2 * Math.max(2, Runtime.getRuntime().availableProcessors());
        // A group for each, which the threads of the files that it opens belong to.
        ExecutorService pool =
                Executors.newFixedThreadPool(threads, task -> new Thread(new ThreadGroup("mutants"), task));
        long start = System.nanoTime();
        int each;
        int objects;
        try {
            List<ReadObject> targets = new ArrayList<>();
            for (List<ReadObject> some : all(pool, Fixtures.all(), ReadObject::of)) {
                targets.addAll(some);
            }
            objects = targets.size();
            each = MUTANTS / objects + 1;
            int unused = all(pool, targets, target -> damage(target, each)).size();
        } finally {
            pool.shutdownNow();
        }
        long count = (long) each * objects;
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "Mutants: %d of %d objects in %.0f s, %.0f a second; %d %% noticed;"
                        + " slowest %d ms, largest %.1f MB on all threads (%s)%n",
                count,
                objects,
                seconds,
                count / seconds,
                100 * noticed.get() / count,
                slowest.get() / 1_000_000,
                largest.get() / 1048576.0,
                largestMutant);
        assertAll(defects.values().stream().map(defect -> () -> {
            throw defect;
        }));
        assertTrue(objects > 1000, objects + " objects");
        assertTrue(noticed.get() > count / 4, "damage is noticed: " + noticed.get() + " of " + count);
    }

    private static <T, R> List<R> all(ExecutorService pool, List<T> list, Function<T, R> work) throws Exception {
        List<Future<R>> running = new ArrayList<>();
        for (T one : list) {
            running.add(pool.submit(() -> work.apply(one)));
        }
        List<R> results = new ArrayList<>();
        for (Future<R> one : running) {
            results.add(one.get());
        }
        return results;
    }

    private int damage(ReadObject target, int count) {
        FileMutator mutator = new FileMutator(target.file(), target.read(), SEED * 1_000_003 + target.number());
        for (int i = 0; i < count; i++) {
            Damage damage = DAMAGES[i % DAMAGES.length];
            byte[] bytes = mutator.damaged(damage);
            int round = i / DAMAGES.length;
            // Without checksums damage gets further in.
            ReadOptions options = ReadObject.options()
                    .verifyChecksums(round % 4 == 0)
                    .allowTruncated(round % 4 != 1)
                    .build();
            String what = target.fixture() + " " + target.path() + ", seed " + SEED + ", mutant " + i + ", " + damage;
            calls(target, bytes, options, extent(round), what);
        }
        return count;
    }

    private static PublicCalls.Extent extent(int round) {
        if (round % 2 == 1) {
            return PublicCalls.Extent.METADATA;
        }
        return round % 8 == 2 ? PublicCalls.Extent.ALL : PublicCalls.Extent.VALUES;
    }

    private void calls(ReadObject target, byte[] bytes, ReadOptions options, PublicCalls.Extent extent, String what) {
        AllocatedBytes allocation = new AllocatedBytes();
        AtomicLong counted = new AtomicLong();
        long start = System.nanoTime();
        try {
            PublicCalls calls = PublicCalls.on(
                    MemoryRangeReader.of("mutant", bytes),
                    options,
                    target.path(),
                    extent,
                    () -> counted.set(allocation.count()));
            if (calls.failures() > 0) {
                noticed.incrementAndGet();
            }
        } catch (Throwable defect) {
            StackTraceElement[] trace = defect.getStackTrace();
            defects.putIfAbsent(
                    trace.length == 0 ? defect.toString() : trace[0].toString(), new AssertionError(what, defect));
        }
        long nanos = System.nanoTime() - start;
        // A file that cannot be opened has no threads left.
        long allocated = Math.max(counted.get(), allocation.count());
        slowest.accumulateAndGet(nanos, Math::max);
        if (largest.getAndAccumulate(allocated, Math::max) < allocated) {
            largestMutant = what;
        }
        assertTrue(nanos < MOST_NANOS, () -> what + " took " + nanos / 1_000_000 + " ms");
        assertTrue(allocated < MOST_ALLOCATED, () -> what + " allocated " + allocated + " bytes");
    }
}
