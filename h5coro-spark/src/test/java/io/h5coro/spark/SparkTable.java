// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import com.sun.management.OperatingSystemMXBean;
import io.h5coro.storage.FaultyHttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Measures the granules that {@code testdata/make/spark.py FOLDER} writes: the sums of their columns through this
 * format, through Parquet of the same rows, packed as Spark does it and as HDF5 does, and by Python processes with h5py
 * and remfile; on one and on two cores, from disk and from a store that answers after 60 ms. Those that are compared
 * take turns. Store and readers share the machine.
 */
final class SparkTable {
    private static final String GROUP = "/gt1l/heights";
    private static final String MOST_BYTES = "spark.sql.files.maxPartitionBytes";

    /** What Spark writes unless it is told otherwise, and what the HDF5 files have. */
    private static final List<String> CODECS = List.of("snappy", "gzip");

    private static final Duration FIRST_BYTE = Duration.ofMillis(60);

    private final Map<String, String> arguments;
    private final Path folder;
    private final Path parquet;
    private final int runs;
    private int fresh;

    private SparkTable(Map<String, String> arguments) throws IOException {
        this.arguments = arguments;
        this.folder = Path.of(arguments.getOrDefault("files", "granules")).toAbsolutePath();
        this.parquet = Files.createTempDirectory("h5coro-bench");
        this.runs = Integer.parseInt(arguments.getOrDefault("runs", "7"));
    }

    /** What a run took. */
    private record Cost(double seconds, double processor) {}

    private interface Run {
        Cost run() throws IOException;
    }

    /**
     * Takes {@code files=FOLDER}, {@code python=INTERPRETER} of one with h5py and remfile, {@code scripts=FOLDER} of
     * its script, {@code masters=local[1],local[2]}, {@code runs=7}, and {@code tasks=disk,store,python,one}.
     */
    public static void main(String[] words) throws IOException {
        Map<String, String> arguments = new LinkedHashMap<>();
        for (String word : words) {
            String[] both = word.split("=", 2);
            arguments.put(both.length == 2 ? both[0] : "files", both[both.length - 1]);
        }
        SparkTable table = new SparkTable(arguments);
        System.out.println("best of " + table.runs + " runs, in turns; the least processor time of all threads");
        String masters = arguments.getOrDefault("masters", "local[1],local[2]");
        for (String master : masters.split(",")) {
            try (SparkSession session = session(master)) {
                table.measure(session, master);
            }
        }
        if (table.wants("python")) {
            table.python();
        }
        System.exit(0);
    }

    private boolean wants(String task) {
        return Arrays.asList(
                        arguments.getOrDefault("tasks", "disk,store,python,one").split(","))
                .contains(task);
    }

    private static SparkSession session(String master) {
        return SparkSession.builder()
                .appName("h5coro bench")
                .master(master)
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 2)
                .getOrCreate();
    }

    private static DataFrameReader h5coro(SparkSession session) {
        return session.read().format("h5coro").option("group", GROUP);
    }

    private void measure(SparkSession session, String master) throws IOException {
        Map<String, Run> disk = new LinkedHashMap<>();
        Map<String, Run> store = new LinkedHashMap<>();
        if (wants("disk")) {
            disk.put("h5coro, disk", () -> timed(() -> sums(h5coro(session).load(folder + "/"))));
            for (String codec : CODECS) {
                Path rows = parquet.resolve(codec);
                if (!Files.exists(rows)) {
                    h5coro(session)
                            .load(folder + "/")
                            .write()
                            .option("compression", codec)
                            .parquet(rows.toString());
                }
                disk.put(
                        "Parquet (" + codec + "), disk",
                        () -> timed(() -> sums(session.read().parquet(rows.toString()))));
            }
            print(master, best(disk));
        }
        try (FaultyHttpServer server = FaultyHttpServer.start()) {
            List<String> locations = serve(server);
            if (wants("store")) {
                store.put(
                        "h5coro, 60 ms", () -> timed(() -> sums(h5coro(session).load(fresh(locations)))));
                server.clearLog();
                print(master, best(store));
                System.out.printf(
                        "%-10s %-34s %8.1f a file%n",
                        master, "  requests", server.requests() / (double) (runs + 1) / locations.size());
            }
            if (wants("one")) {
                store.put("h5coro, 60 ms, a task for each file", () -> {
                    session.conf().set(MOST_BYTES, "1m");
                    try {
                        return timed(() -> sums(h5coro(session).load(fresh(locations))));
                    } finally {
                        session.conf().unset(MOST_BYTES);
                    }
                });
                store.put(
                        "h5coro, 60 ms, a query for each file",
                        () -> timed(() -> {
                            for (String location : fresh(locations)) {
                                sums(h5coro(session).load(location));
                            }
                        }));
                print(master, best(store));
            }
        }
    }

    private List<String> serve(FaultyHttpServer server) throws IOException {
        List<String> locations = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String key = "/" + file.getFileName();
                server.put(key, Files.readAllBytes(file));
                locations.add(server.uri(key).toString());
            }
        }
        server.latency(FIRST_BYTE);
        return locations;
    }

    /** Open files are shared by what follows within their age, so each run has addresses of its own. */
    private String[] fresh(List<String> locations) {
        int run = fresh++;
        return locations.stream().map(location -> location + "?run=" + run).toArray(String[]::new);
    }

    private void python() throws IOException {
        String python = arguments.getOrDefault("python", "python3");
        Process probe = new ProcessBuilder(python, "-c", "import h5py, remfile")
                .redirectErrorStream(true)
                .start();
        probe.getInputStream().readAllBytes();
        if (exit(probe) != 0) {
            System.out.println("Python left out: '" + python + "' has no h5py and remfile; python= names another");
            return;
        }
        try (FaultyHttpServer server = FaultyHttpServer.start()) {
            List<String> command = new ArrayList<>(
                    List.of(python, arguments.getOrDefault("scripts", "h5coro-bench/python") + "/sums.py", "2", GROUP));
            command.addAll(serve(server));
            print("2 of h5py", best(Map.of("h5py and remfile, 60 ms", () -> ofPython(command))));
        }
    }

    private static Cost ofPython(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = String.valueOf(out.readLine());
            if (exit(process) != 0) {
                throw new IOException("Python failed: " + line);
            }
            String[] numbers = line.split(" ");
            return new Cost(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
        }
    }

    private static int exit(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static Row sums(Dataset<Row> rows) {
        return rows.selectExpr(Stream.of(rows.columns())
                        .map(name -> "sum(double(" + name + "))")
                        .toArray(String[]::new))
                .first();
    }

    private static Cost timed(Runnable query) {
        var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long start = System.nanoTime();
        long used = machine.getProcessCpuTime();
        query.run();
        return new Cost((System.nanoTime() - start) / 1e9, (machine.getProcessCpuTime() - used) / 1e9);
    }

    /** The least of each, of runs in turns; the first of each warms up. */
    private Map<String, Cost> best(Map<String, Run> all) throws IOException {
        Map<String, Cost> best = new LinkedHashMap<>();
        for (int i = 0; i <= runs; i++) {
            for (Map.Entry<String, Run> one : all.entrySet()) {
                Cost cost = one.getValue().run();
                if (i > 0) {
                    best.merge(one.getKey(), cost, SparkTable::least);
                }
            }
        }
        return best;
    }

    private static Cost least(Cost one, Cost other) {
        return new Cost(Math.min(one.seconds(), other.seconds()), Math.min(one.processor(), other.processor()));
    }

    private static void print(String who, Map<String, Cost> costs) {
        costs.forEach((what, cost) ->
                System.out.printf("%-10s %-34s %8.2f s %8.2f s CPU%n", who, what, cost.seconds(), cost.processor()));
    }
}
