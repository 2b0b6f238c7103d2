// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.LimitExceededException;
import io.h5coro.model.MemoryBudget;
import io.h5coro.model.MemoryBudget.WhenFull;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.StorageOptions;
import io.h5coro.testdata.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 64 threads, several files, shared open files and one memory budget. */
@Timeout(120)
final class LoadTest {
    private static final int THREADS = 64;
    private static final int CALLS = 25;

    private final RandomReads reads = new RandomReads();
    private final LongAdder values = new LongAdder();
    private final LongAdder refused = new LongAdder();

    private void load(MemoryBudget budget) throws Exception {
        ReadOptions options = ReadOptions.builder().memoryBudget(budget).build();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (H5Files files = H5Files.create(options, StorageOptions.none(), 3, Duration.ofMillis(200))) {
            List<Future<?>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(i);
                tasks.add(threads.submit(() -> {
                    for (int c = 0; c < CALLS; c++) {
                        one(files, random);
                    }
                    return null;
                }));
            }
            for (Future<?> task : tasks) {
                task.get(100, TimeUnit.SECONDS);
            }
            assertTrue(files.openFiles() <= 3, files::toString);
            MemoryBudget.Use use = budget.use();
            assertEquals(0, use.resultBytes() + use.waitingCalls());
        } finally {
            threads.shutdownNow();
        }
        assertEquals(0, budget.use().cacheBytes());
        assertTrue(values.sum() > 100_000, () -> values + " values");
    }

    private void one(H5Files files, Random random) {
        String name = RandomReads.FIXTURES.get(random.nextInt(RandomReads.FIXTURES.size()));
        List<RandomReads.Read> some = reads.some(name, random);
        try (H5Coro file = files.open(Fixtures.path(name).toString())) {
            ReadPromise promise = file.readDatasets(
                    some.stream().map(RandomReads.Read::request).toList());
            for (RandomReads.Read read : some) {
                values.add(
                        RandomReads.check(name, read, promise.get(read.request().name())));
            }
        } catch (LimitExceededException full) {
            refused.increment();
        }
    }

    @Test
    void manyThreadsThatShareFilesAndABudgetReadRight() throws Exception {
        load(H5Coro.memoryBudget(4L << 20, WhenFull.WAIT));
        assertEquals(0, refused.sum());
    }

    @Test
    void whereTheBudgetRefusesTheOthersReadRight() throws Exception {
        load(H5Coro.memoryBudget(4L << 20, WhenFull.FAIL));
    }
}
