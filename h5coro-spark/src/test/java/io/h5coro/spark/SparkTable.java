// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import com.sun.management.OperatingSystemMXBean;
import io.h5coro.storage.FaultyHttpServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Measures the granules that {@code testdata/make/spark.py FOLDER} writes: their sums through this format and through
 * Parquet of the same rows, on one and on two cores, from disk and from a store that answers after 60 ms. Store and
 * Spark share the machine.
 */
final class SparkTable {
    private static final String GROUP = "/gt1l/heights";
    private static final int RUNS = 7;
    private static final Duration FIRST_BYTE = Duration.ofMillis(60);

    private final SparkSession session;
    private final String master;

    private SparkTable(String master) {
        this.master = master;
        this.session = SparkSession.builder()
                .appName("h5coro bench")
                .master(master)
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 2)
                .getOrCreate();
    }

    /** Takes the folder of the granules. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        Path parquet = Files.createTempDirectory("h5coro-bench").resolve("rows");
        System.out.println("best of " + RUNS + " runs; the least processor time of all threads");
        for (String master : new String[] {"local[1]", "local[2]"}) {
            SparkTable table = new SparkTable(master);
            try {
                table.measure(folder, parquet);
            } finally {
                table.session.stop();
            }
        }
        System.exit(0);
    }

    private DataFrameReader h5coro() {
        return session.read().format("h5coro").option("group", GROUP);
    }

    private void measure(Path folder, Path parquet) throws IOException {
        if (!Files.exists(parquet)) {
            h5coro().load(folder + "/").write().parquet(parquet.toString());
        }
        best("h5coro, disk", () -> sums(h5coro().load(folder + "/")));
        best("Parquet, disk", () -> sums(session.read().parquet(parquet.toString())));
        try (FaultyHttpServer store = FaultyHttpServer.start()) {
            List<String> locations = new ArrayList<>();
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    String key = "/" + file.getFileName();
                    store.put(key, Files.readAllBytes(file));
                    locations.add(store.uri(key).toString());
                }
            }
            store.latency(FIRST_BYTE);
            overHttp(store, locations);
        }
    }

    private void overHttp(FaultyHttpServer store, List<String> locations) {
        String[] all = locations.toArray(String[]::new);
        // Open files are shared by what follows within their age, so each run has addresses of its own.
        int[] run = {0};
        store.clearLog();
        best("h5coro, 60 ms", () -> sums(h5coro().load(fresh(all, run[0]++))));
        System.out.printf(
                "%-10s %-34s %8.1f a file%n", master, "  requests", store.requests() / (double) RUNS / all.length);
        best("h5coro, 60 ms, file after file", () -> {
            String[] fresh = fresh(all, run[0]++);
            for (String location : fresh) {
                sums(h5coro().load(location));
            }
        });
    }

    private static String[] fresh(String[] locations, int run) {
        return Stream.of(locations).map(location -> location + "?run=" + run).toArray(String[]::new);
    }

    private static Row sums(Dataset<Row> rows) {
        return rows.selectExpr(Stream.of(rows.columns())
                        .map(name -> "sum(double(" + name + "))")
                        .toArray(String[]::new))
                .first();
    }

    private void best(String what, Runnable query) {
        var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double seconds = Double.MAX_VALUE;
        double processor = Double.MAX_VALUE;
        for (int i = 0; i < RUNS; i++) {
            long start = System.nanoTime();
            long used = machine.getProcessCpuTime();
            query.run();
            seconds = Math.min(seconds, (System.nanoTime() - start) / 1e9);
            processor = Math.min(processor, (machine.getProcessCpuTime() - used) / 1e9);
        }
        System.out.printf("%-10s %-34s %8.2f s %8.2f s CPU%n", master, what, seconds, processor);
    }
}
