// SPDX-License-Identifier: Apache-2.0
package io.h5coro.bench;

import io.h5coro.storage.StorageException;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the tasks with this reader and with others, against the same store and from local disk, and prints tables.
 * Arguments and prerequisites: the README of this module.
 */
final class Bench {
    private static final int LEAST_RUNS = 3;
    private static final int MOST_RUNS = 15;
    private static final double SAME_SUM = 1e-6;
    private static final List<String> REMOTE_PEERS =
            List.of("h5coro", "remfile", "fsspec", "blockcache", "ros3", "download");
    private static final List<String> LOCAL_PEERS = List.of("h5py", "pyfive");

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final BenchArguments arguments;
    private final Map<Task, Double> sums = new LinkedHashMap<>();
    private final Map<Task, Double> decodeCpuSeconds = new LinkedHashMap<>();
    private final Report report = new Report();

    private Bench(BenchArguments arguments) {
        this.arguments = arguments;
    }

    /** Runs everything that the arguments ask for. */
    public static void main(String... words) throws IOException, StorageException {
        Bench bench = new Bench(BenchArguments.parse(words));
        // At both ends: on a machine that others use, load and even the checkout may change in between.
        Surroundings.print(bench.out, bench.python("versions"));
        bench.local();
        if (bench.arguments.remote()) {
            bench.remote();
        }
        Surroundings.print(bench.out, bench.python("versions"));
        bench.report.print(bench.out);
    }

    private List<Task> tasks() {
        List<Task> tasks = new ArrayList<>();
        tasks.addAll(Task.ofGranule("granule_original.h5"));
        tasks.addAll(Task.ofGranule("granule_cloud.h5"));
        tasks.addAll(Task.ofOthers());
        tasks.addAll(Task.ofTrades());
        tasks.addAll(Task.ofRows());
        tasks.removeIf(task -> !arguments.wants(task) || !Files.exists(file(task)));
        return tasks;
    }

    private Path file(Task task) {
        return arguments.folder().resolve(task.file());
    }

    // Local disk

    private void local() throws IOException {
        out.printf("%nlocal files, seconds: first and best of up to %d; load %s%n", MOST_RUNS, Surroundings.load());
        out.println("| file | task | reader | first | best | least CPU |");
        out.println("|---|---|---|---|---|---|");
        Map<String, List<String>> readers = new LinkedHashMap<>();
        for (String peer : LOCAL_PEERS) {
            readers.put(peer, python(peer));
        }
        readers.put("h5coro-java", java("io.h5coro.bench.ReadWorker"));
        readers.put("h5coro-java, 1 thread", java("io.h5coro.bench.ReadWorker", "threads=1"));
        readers.put("jhdf", java("io.h5coro.bench.JhdfWorker"));
        for (Task task : tasks()) {
            for (Map.Entry<String, List<String>> reader : readers.entrySet()) {
                boolean own = reader.getKey().startsWith("h5coro-java");
                if (own || arguments.wantsPeer(reader.getKey())) {
                    local(task, reader.getKey(), reader.getValue());
                }
            }
        }
    }

    private void local(Task task, String reader, List<String> command) throws IOException {
        try (Worker worker = Worker.start(command)) {
            Measured measured = measure(worker, "read\t" + file(task) + "\t" + String.join("\t", task.requests()));
            out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %s |%n",
                    task.file(),
                    task.name(),
                    reader,
                    measured.row(agrees(task, measured)));
            if (reader.endsWith("1 thread")) {
                decodeCpuSeconds.put(task, measured.leastCpu());
            }
        }
    }

    // The store

    private void remote() throws IOException, StorageException {
        try (Store store = Store.start(Store.Network.OBJECT_STORE)) {
            out.printf("%nstore: %s; best of up to %d, load %s%n", store.network(), MOST_RUNS, Surroundings.load());
            out.println("| file | task | reader | first s | best s | CPU s | requests | MB | chain | second read |");
            out.println("|---|---|---|---|---|---|---|---|---|---|");
            String served = "";
            for (Task task : tasks()) {
                if (!served.equals(task.file())) {
                    store.clear();
                    served = task.file();
                }
                store.serve(file(task));
                task.parts().forEach(part -> store.serve(arguments.folder().resolve(part)));
                remote(store, task);
            }
        }
    }

    private void remote(Store store, Task task) throws IOException, StorageException {
        String http = store.httpLocation(task.file());
        for (String peer : REMOTE_PEERS) {
            if (arguments.wantsPeer(peer)) {
                remote(store, task, peer, python(peer), http);
            }
        }
        List<String> own = java("io.h5coro.bench.ReadWorker", "endpoint=" + store.endpoint());
        remote(store, task, "h5coro-java s3", own, Store.s3Location(task.file()));
        Measured measured = remote(store, task, "h5coro-java", own, http);
        bound(store, task, measured);
    }

    private Measured remote(Store store, Task task, String reader, List<String> command, String location)
            throws IOException {
        String requests = String.join("\t", task.requests());
        try (Worker worker = Worker.start(command)) {
            store.startCounting();
            Worker.Answer first = worker.ask("read\t" + location + "\t" + requests, arguments.limit());
            Store.Traffic traffic = store.counted();
            Measured measured = repeat(worker, "read\t" + location + "\t" + requests, first);
            store.startCounting();
            Worker.Answer again = worker.ask("again\t" + requests, arguments.limit());
            Store.Traffic second = store.counted();
            out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %d | %.2f | %d | %.3f s, %d requests, %.2f MB |%n",
                    task.file(),
                    task.name(),
                    reader,
                    measured.row(agrees(task, measured)),
                    traffic.requests(),
                    traffic.bytes() / 1e6,
                    traffic.chain(),
                    again.seconds(),
                    second.requests(),
                    second.bytes() / 1e6);
            boolean valid = first.failure() == null && agrees(task, measured);
            if (valid) {
                report.add(task, new Report.Row(reader, first.seconds(), measured.best(), traffic));
            }
            return measured;
        }
    }

    /**
     * What no reader can beat: a wave, the wanted bytes, and libdeflate's time over the cores. And what the waves that
     * we take allow, with our own decoding on one thread over the cores.
     */
    private void bound(Store store, Task task, Measured measured) throws IOException, StorageException {
        Waves waves = Waves.of(file(task), task);
        int cores = Runtime.getRuntime().availableProcessors();
        double wave = store.network().firstByte().toNanos() / 1e9;
        double transfer = measured.wantedBytes() / (double) store.network().totalBytesPerSecond();
        double inflate = inflateSeconds(task) / cores;
        double decode = decodeCpuSeconds.getOrDefault(task, Double.NaN) / cores;
        Report.Bound bound = new Report.Bound(
                wave + transfer + inflate,
                waves.first() * wave + transfer + decode,
                waves.first(),
                measured.wantedBytes());
        out.printf(
                Locale.ROOT,
                "| %s | %s | bound | | %.3f = 1 wave %.3f + %.2f MB %.3f + libdeflate %.3f; with %d waves and our "
                        + "decoding of %.3f %.3f | | | | ratio %.2f and %.2f | waves %d then %d; %s |%n",
                task.file(),
                task.name(),
                bound.seconds(),
                wave,
                measured.wantedBytes() / 1e6,
                transfer,
                inflate,
                waves.first(),
                decode,
                bound.ownSeconds(),
                measured.best() / bound.seconds(),
                measured.best() / bound.ownSeconds(),
                waves.first(),
                waves.second(),
                measured.remarks());
        report.add(task, bound);
    }

    /** Processor seconds that libdeflate takes for the chunks of a task; NaN where it is not installed. */
    private double inflateSeconds(Task task) throws IOException {
        String line = "read\t" + file(task) + "\t" + String.join("\t", task.requests());
        double least = Double.NaN;
        try (Worker worker = Worker.start(python("libdeflate"))) {
            for (int i = 0; i < LEAST_RUNS; i++) {
                Worker.Answer answer = worker.ask(line, arguments.limit());
                if (answer.failure() == null) {
                    least = Double.isNaN(least) ? answer.sum() : Math.min(least, answer.sum());
                }
            }
        }
        return least;
    }

    // Measuring

    /**
     * The first read of a process, the shortest of all, the least processor time of one, and what the reader said
     * behind the first.
     */
    private record Measured(Worker.Answer first, double best, double leastCpu) {
        String row(boolean agrees) {
            if (first.failure() != null) {
                return "fails: " + first.failure().replace('|', '/') + " | | ";
            }
            return String.format(
                    Locale.ROOT,
                    "%.3f | %.3f | %.3f%s",
                    first.seconds(),
                    best,
                    leastCpu,
                    agrees ? "" : " OTHER VALUES");
        }

        String remarks() {
            return first.remarks();
        }

        long wantedBytes() {
            String remarks = remarks();
            return remarks.startsWith("wanted=")
                    ? Long.parseLong(remarks.substring("wanted=".length(), remarks.indexOf(' ')))
                    : 0;
        }
    }

    private Measured measure(Worker worker, String line) {
        return repeat(worker, line, worker.ask(line, arguments.limit()));
    }

    private Measured repeat(Worker worker, String line, Worker.Answer first) {
        double best = first.seconds();
        double cpu = first.cpuSeconds();
        double total = first.seconds();
        boolean works = first.failure() == null;
        for (int i = 1; works && (i < LEAST_RUNS || (i < MOST_RUNS && total < arguments.seconds())); i++) {
            Worker.Answer next = worker.ask(line, arguments.limit());
            total += next.seconds();
            if (next.failure() == null) {
                best = Math.min(best, next.seconds());
                cpu = Math.min(cpu, next.cpuSeconds());
            }
        }
        return new Measured(first, best, cpu);
    }

    /** Whether the values are those of the first reader that read them. */
    private boolean agrees(Task task, Measured measured) {
        double sum = measured.first().sum();
        if (measured.first().failure() != null) {
            return true;
        }
        double expected = sums.computeIfAbsent(task, any -> sum);
        return Math.abs(sum - expected) <= SAME_SUM * Math.max(1, Math.abs(expected));
    }

    private List<String> java(String main, String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx3g",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(1, arguments.java());
        command.addAll(Arrays.asList(words));
        return command;
    }

    private List<String> python(String reader) {
        return List.of(arguments.python(), arguments.scripts() + File.separator + "peer.py", reader);
    }
}
