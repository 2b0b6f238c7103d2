// SPDX-License-Identifier: Apache-2.0
package io.h5coro.bench;

import io.h5coro.FileSeries;
import io.h5coro.H5Coro;
import io.h5coro.ReadPromise;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Reads twenty granules one after the other, with 0.2 s of work of one processor on each, from the throttled store: as
 * a series, and file by file. The work alone is the floor.
 */
final class SeriesTable {
    private static final int FILES = 20;
    private static final long WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int RUNS = 3;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final Store store;

    private SeriesTable(Store store) {
        this.store = store;
    }

    /** Takes the arguments of {@link Bench} that say which tasks of which files are read, and where the files are. */
    public static void main(String... words) throws IOException {
        BenchArguments arguments = BenchArguments.parse(words);
        try (Store store = Store.start(Store.Network.OBJECT_STORE)) {
            SeriesTable table = new SeriesTable(store);
            Surroundings.print(table.out, List.of("true"));
            table.out.printf(
                    "store: %s; %d files, %d ms of work on each%n", store.network(), FILES, WORK_NANOS / 1_000_000);
            table.out.println("| file | task | way | first s | best s | to the floor | requests | MB |");
            table.out.println("|---|---|---|---|---|---|---|---|");
            for (String name : List.of("granule_original.h5", "granule_cloud.h5")) {
                table.file(arguments, name);
            }
            table.out.printf("%nload average %s%n", Surroundings.load());
        }
    }

    private void file(BenchArguments arguments, String name) throws IOException {
        Path file = arguments.folder().resolve(name);
        if (!Files.exists(file)) {
            return;
        }
        List<String> locations = store.serveCopies(file, FILES);
        for (Task task : Task.ofGranule(name)) {
            if (arguments.wants(task)) {
                List<DatasetRequest> requests =
                        task.requests().stream().map(DatasetRequest::parse).toList();
                measure(task, "series", () -> series(locations, requests));
                measure(task, "file by file", () -> fileByFile(locations, requests));
            }
        }
        store.clear();
    }

    private static void series(List<String> locations, List<DatasetRequest> requests) {
        try (FileSeries series = H5Coro.series(locations, requests, FileSeries.Options.defaults())) {
            for (FileSeries.Entry file : series) {
                work(file.promise());
            }
        }
    }

    private static void fileByFile(List<String> locations, List<DatasetRequest> requests) {
        for (String location : locations) {
            try (H5Coro file = H5Coro.open(location, ReadOptions.defaults())) {
                work(file.readDatasets(requests));
            }
        }
    }

    /** Waits for all results, and then works on them. */
    private static void work(ReadPromise promise) {
        promise.names().forEach(promise::get);
        long end = System.nanoTime() + WORK_NANOS;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private void measure(Task task, String way, Runnable reading) {
        double first = 0;
        double best = Double.MAX_VALUE;
        store.startCounting();
        Store.Traffic traffic = null;
        for (int run = 0; run < RUNS; run++) {
            long start = System.nanoTime();
            reading.run();
            double seconds = (System.nanoTime() - start) / 1e9;
            first = run == 0 ? seconds : first;
            best = Math.min(best, seconds);
            traffic = traffic == null ? store.counted() : traffic;
        }
        out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %.3f | %.3f | %.3f | %d | %.2f |%n",
                task.file(),
                task.name(),
                way,
                first,
                best,
                best / (FILES * (WORK_NANOS / 1e9)),
                traffic == null ? 0 : traffic.requests(),
                traffic == null ? 0 : traffic.bytes() / 1e6);
    }
}
