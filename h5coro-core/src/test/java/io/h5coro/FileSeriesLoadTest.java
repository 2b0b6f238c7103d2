// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.MemoryBudget;
import io.h5coro.model.MemoryBudget.Use;
import io.h5coro.model.MemoryBudget.WhenFull;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.Eventually;
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

/** Many series, joined datasets and single reads at once, in a budget that holds one or two results. */
@Timeout(120)
final class FileSeriesLoadTest {
    private static final int TASKS = 12;
    private static final int FILES = 40;
    private static final List<DatasetRequest> BOTH =
            List.of(DatasetRequest.of("/contiguous"), DatasetRequest.of("/chunked"));

    private final StoredFiles files = new StoredFiles();
    private final List<String> parts = files.parts();
    private final MemoryBudget budget = H5Coro.memoryBudget(160_000, WhenFull.WAIT);
    private final LongAdder rows = new LongAdder();

    private FileSeries.Options options(Random random) {
        ReadOptions read = ReadOptions.builder()
                .firstReadBytes(512)
                .blockBytes(512)
                .memoryBudget(budget)
                .build();
        FileSeries.Options options = FileSeries.Options.defaults()
                .withRead(read)
                .withOpener(files)
                .withAheadBytes(random.nextInt(5) == 0 ? 0 : random.nextInt(200_000));
        return random.nextBoolean() ? options : options.asTheyCome();
    }

    private void check(int part, H5Array numbers, H5Array columns) {
        int first = StoredFiles.firstRow(part);
        assertEquals(StoredFiles.ROWS[part], numbers.length());
        for (int i = 0; i < numbers.length(); i++) {
            assertEquals(first + i, numbers.getLong(i));
            assertEquals(first + i + 0.5, columns.getDouble(3 * i + 2));
        }
        rows.add(numbers.length());
    }

    private void iterate(Random random) {
        List<Integer> order = random.ints(FILES, 0, parts.size()).boxed().toList();
        List<String> locations = order.stream().map(parts::get).toList();
        List<Boolean> seen = new ArrayList<>();
        try (FileSeries series = H5Coro.series(locations, BOTH, options(random))) {
            for (FileSeries.Entry entry : series) {
                check(order.get(entry.index()), entry.get("/contiguous"), entry.get("/chunked"));
                seen.add(true);
                if (random.nextInt(100) == 0) {
                    return;
                }
                Use use = budget.use();
                assertTrue(use.resultBytes() + use.bytesInFlight() <= budget.bytes(), use::toString);
            }
        }
        assertEquals(FILES, seen.size());
    }

    private void join(Random random) {
        try (FileSeries series = H5Coro.series(parts, BOTH, options(random))) {
            SeriesDataset columns = series.concat("/chunked");
            for (int i = 0; i < 5; i++) {
                int start = random.nextInt(5000);
                int stop = start + random.nextInt(1700);
                H5Array values = columns.read(Hyperslab.of(Hyperslab.Range.of(start, stop)));
                assertEquals(3 * (stop - start), values.length());
                for (int row = 0; row < stop - start; row++) {
                    assertEquals(start + row + 0.25, values.getDouble(3 * row + 1));
                }
                rows.add(stop - start);
            }
        }
    }

    private void single(Random random) {
        int part = random.nextInt(parts.size());
        try (H5Coro file = H5Coro.open(parts.get(part), options(random).read(), files, name -> {
            throw new AssertionError(name);
        })) {
            ReadPromise promise = file.readDatasets(BOTH);
            check(part, promise.get("/contiguous"), promise.get("/chunked"));
        }
    }

    @Test
    void manySeriesAndReadsInATinyBudgetAllEndRight() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(TASKS);
        try {
            List<Future<?>> tasks = new ArrayList<>();
            for (int task = 0; task < 3 * TASKS; task++) {
                int kind = task % 3;
                Random random = new Random(task);
                tasks.add(threads.submit(() -> {
                    if (kind == 0) {
                        iterate(random);
                    } else if (kind == 1) {
                        join(random);
                    } else {
                        for (int i = 0; i < 10; i++) {
                            single(random);
                        }
                    }
                }));
            }
            for (Future<?> task : tasks) {
                task.get(110, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        Eventually.holds(() -> files.open() == 0 && budget.use().equals(new Use(0, 0, 0, 0)));
        assertTrue(rows.sum() > 300_000, rows + " rows");
    }
}
