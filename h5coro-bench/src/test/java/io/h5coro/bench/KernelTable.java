// SPDX-License-Identifier: Apache-2.0
package io.h5coro.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** Runs {@link KernelBenchmark} as JMH's command line does, then prints {@code ours} beside {@code other}. */
final class KernelTable {
    private KernelTable() {}

    /** Takes JMH's own options, such as {@code Inflate -f 3 -rf json -rff kernels.json}. */
    public static void main(String... words) throws RunnerException, CommandLineOptionException {
        Collection<RunResult> results = new Runner(new CommandLineOptions(words)).run();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        table(results).forEach(out::println);
    }

    /** MB of values per second, with JMH's error of 99.9 %. */
    private static List<String> table(Collection<RunResult> results) {
        Map<String, Result<?>> ours = new TreeMap<>();
        Map<String, Result<?>> others = new TreeMap<>();
        for (RunResult result : results) {
            BenchmarkParams params = result.getParams();
            String[] name = params.getBenchmark().split("\\.");
            StringBuilder kernel = new StringBuilder(name[name.length - 2]);
            params.getParamsKeys().forEach(key -> kernel.append(' ').append(params.getParam(key)));
            Result<?> bytes =
                    Objects.requireNonNull(result.getSecondaryResults().get("bytes"));
            (name[name.length - 1].equals("ours") ? ours : others).put(kernel.toString(), bytes);
        }
        List<String> lines = new ArrayList<>(
                List.of("| kernel | ours, MB/s | error | other, MB/s | error | ratio |", "|---|---|---|---|---|---|"));
        ours.forEach((kernel, mine) -> {
            Result<?> other = others.get(kernel);
            double score = other == null ? Double.NaN : other.getScore();
            double error = other == null ? Double.NaN : other.getScoreError();
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.0f | %.0f | %.2f |",
                    kernel,
                    mine.getScore() / 1e6,
                    mine.getScoreError() / 1e6,
                    score / 1e6,
                    error / 1e6,
                    mine.getScore() / score));
        });
        return lines;
    }
}
