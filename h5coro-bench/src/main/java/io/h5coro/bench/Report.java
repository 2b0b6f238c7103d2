// SPDX-License-Identifier: Apache-2.0
package io.h5coro.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The table of docs/performance.md: this reader over HTTP in each task, its bound, and the best of the others. Confined
 * to one thread.
 */
final class Report {
    private static final String OWN = "h5coro-java";

    private final Map<Task, List<Row>> rows = new LinkedHashMap<>();
    private final Map<Task, Bound> bounds = new LinkedHashMap<>();

    /** What a reader took that gave the right values. */
    record Row(String reader, double first, double best, Store.Traffic traffic) {}

    /**
     * How fast it can be.
     *
     * @param seconds what values and network force
     * @param ownSeconds what is left when each wave and the decoder are ours
     * @param waves round trips that waited for one another
     */
    record Bound(double seconds, double ownSeconds, int waves, long wantedBytes) {}

    void add(Task task, Row row) {
        rows.computeIfAbsent(task, any -> new ArrayList<>()).add(row);
    }

    void add(Task task, Bound bound) {
        bounds.put(task, bound);
    }

    void print(PrintStream out) {
        out.println("| file | task | requests | MB (wanted) | waves | first s | best s | bound, ratio | by our waves "
                + "| best other, its best s, requests, MB | against it |");
        out.println("|---|---|---|---|---|---|---|---|---|---|---|");
        rows.forEach((task, all) ->
                all.stream().filter(row -> row.reader().equals(OWN)).forEach(own -> out.println(line(task, own, all))));
    }

    private String line(Task task, Row own, List<Row> all) {
        Bound bound = bounds.getOrDefault(task, new Bound(Double.NaN, Double.NaN, 0, 0));
        Optional<Row> other =
                all.stream().filter(row -> !row.reader().startsWith(OWN)).min(Comparator.comparingDouble(Row::best));
        String beside = other.map(row -> String.format(
                        Locale.ROOT,
                        "%s %.3f, %d, %.2f | %.2f",
                        row.reader(),
                        row.best(),
                        row.traffic().requests(),
                        row.traffic().bytes() / 1e6,
                        own.best() / row.best()))
                .orElse("none | ");
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %.2f (%.2f) | %d | %.3f | %.3f | %.3f, %.2f | %.3f, %.2f | %s |",
                task.file().replaceAll("\\.h5$", ""),
                task.name(),
                own.traffic().requests(),
                own.traffic().bytes() / 1e6,
                bound.wantedBytes() / 1e6,
                bound.waves(),
                own.first(),
                own.best(),
                bound.seconds(),
                own.best() / bound.seconds(),
                bound.ownSeconds(),
                own.best() / bound.ownSeconds(),
                beside);
    }
}
