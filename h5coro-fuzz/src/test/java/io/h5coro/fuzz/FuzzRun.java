// SPDX-License-Identifier: Apache-2.0
package io.h5coro.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs the fuzz targets one after the other, each in a JVM of its own, and fails when one finds something. What is
 * found lies in {@code target/fuzz}; it belongs to {@code src/test/resources/fuzz} of the target's module once it is
 * understood.
 *
 * <p>{@code -Dh5coro.fuzz.seconds=60} is the time of each run, {@code -Dh5coro.fuzz.only=regex} selects some by name.
 */
final class FuzzRun {
    private static final int SECONDS = Integer.getInteger("h5coro.fuzz.seconds", 60);
    private static final String ONLY = System.getProperty("h5coro.fuzz.only", ".*");

    private static final List<String> TARGETS = List.of(
            "io.h5coro.RequestTextFuzz",
            "io.h5coro.storage.LocationTextFuzz",
            "io.h5coro.storage.http.HttpAnswerFuzz",
            "io.h5coro.storage.http.IndexPageFuzz",
            "io.h5coro.s3.S3TextFuzz",
            "io.h5coro.cli.CommandTextFuzz",
            "io.h5coro.FileFuzz");
    private static final String FILTER = "io.h5coro.internal.decode.FilterFuzz";

    private static final Pattern UNITS = Pattern.compile("stat::number_of_executed_units: (\\d+)");
    private static final Pattern COVERAGE = Pattern.compile("cov: (\\d+)");

    /** What a target's run was like. */
    private record Result(String name, long executions, String coverage, List<String> findings) {}

    @Test
    void everyTarget() throws Exception {
        List<Result> results = new ArrayList<>();
        for (String target : TARGETS) {
            run(target, target.substring(target.lastIndexOf('.') + 1), results);
        }
        for (int id : filters()) {
            run(FILTER, "FilterFuzz-" + id, results, "-Dh5coro.fuzz.filter=" + id);
        }
        List<String> found = new ArrayList<>();
        for (Result result : results) {
            System.out.printf(
                    "%-20s %,12d executions, %s edges, %d findings%n",
                    result.name(),
                    result.executions(),
                    result.coverage(),
                    result.findings().size());
            found.addAll(result.findings());
        }
        assertEquals(List.of(), found, "findings");
    }

    private static List<Integer> filters() throws ReflectiveOperationException {
        return seeds(FILTER).stream()
                .map(seed -> (seed[0] & 0xff) | (seed[1] & 0xff) << 8)
                .distinct()
                .sorted()
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static List<byte[]> seeds(String target) throws ReflectiveOperationException {
        return (List<byte[]>) Class.forName(target).getMethod("seeds").invoke(null);
    }

    private static void run(String target, String name, List<Result> results, String... properties) throws Exception {
        if (!name.matches(ONLY)) {
            return;
        }
        Path folder = Path.of("target/fuzz").resolve(name).toAbsolutePath();
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        Path found = Files.createDirectories(folder.resolve("found"));
        Path seeds = Files.createDirectories(folder.resolve("seeds"));
        int number = 0;
        for (byte[] seed : seeds(target)) {
            if (properties.length == 0 || name.endsWith("-" + ((seed[0] & 0xff) | (seed[1] & 0xff) << 8))) {
                Files.write(seeds.resolve("seed" + number++), seed);
            }
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+EnableDynamicAgentLoading"));
        command.addAll(List.of(properties));
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target,
                "--instrumentation_includes=io.h5coro.**",
                "--keep_going=20",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + found + "/",
                "-timeout=20",
                "-rss_limit_mb=1536",
                "-max_len=32768",
                "-max_total_time=" + SECONDS,
                "-print_final_stats=1",
                corpus.toString(),
                seeds.toString()));
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int status = process.waitFor();
        results.add(result(name, status, Files.readString(log), found));
    }

    private static Result result(String name, int status, String log, Path found) throws IOException {
        List<String> findings = new ArrayList<>();
        try (Stream<Path> files = Files.list(found)) {
            files.map(file -> name + ": " + file).sorted().forEach(findings::add);
        }
        if (status != 0 && findings.isEmpty()) {
            findings.add(name + ": ended with status " + status + ", see its log.txt");
        }
        Matcher units = UNITS.matcher(log);
        long executions = 0;
        while (units.find()) { // also told with each finding
            executions = Long.parseLong(units.group(1));
        }
        Matcher edges = COVERAGE.matcher(log);
        String coverage = "?";
        while (edges.find()) {
            coverage = edges.group(1);
        }
        return new Result(name, executions, coverage, findings);
    }
}
