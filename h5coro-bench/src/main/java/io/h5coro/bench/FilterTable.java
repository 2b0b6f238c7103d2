// SPDX-License-Identifier: Apache-2.0
package io.h5coro.bench;

import io.h5coro.Dataset;
import io.h5coro.H5Coro;
import io.h5coro.model.Link;
import io.h5coro.model.ReadOptions;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads each dataset of {@code filters.h5} whole from local disk with one decoding thread, and with h5py, in turns: MB
 * of values per second of processor time, the best of some reads.
 */
final class FilterTable {
    private static final String FILE = "filters.h5";

    /** The compilers have done their work after so many. */
    private static final int WARMING = 60;

    private static final int RUNS = 15;

    /** Sums of doubles depend on the order of adding. */
    private static final double SAME_SUM = 1e-9;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final BenchArguments arguments;

    private FilterTable(BenchArguments arguments) {
        this.arguments = arguments;
    }

    /**
     * Takes {@code files= python= scripts= tasks= limit= java=} as {@link Bench} does; a task is a dataset, or the
     * part of its name before the first "_".
     */
    public static void main(String... words) throws IOException {
        BenchArguments arguments = BenchArguments.parse(words);
        FilterTable table = new FilterTable(arguments);
        Surroundings.print(table.out, table.python("versions"));
        table.out.println("| dataset | ours, MB/s | h5py, MB/s | ratio | allocated for a byte of values |");
        table.out.println("|---|---|---|---|---|");
        for (Map.Entry<String, Long> dataset : table.datasets().entrySet()) {
            table.measure(dataset.getKey(), dataset.getValue());
        }
        table.out.printf("%nload average %s%n", Surroundings.load());
    }

    private Path file() {
        return arguments.folder().resolve(FILE);
    }

    /** Names, and bytes of values. */
    private Map<String, Long> datasets() {
        Map<String, Long> found = new LinkedHashMap<>();
        try (H5Coro file = H5Coro.open(file(), ReadOptions.defaults())) {
            for (Link link : file.root().links()) {
                String name = link.name();
                Task task = new Task(name, name.split("_", 2)[0], List.of());
                if (arguments.wants(task) && file.root().get(link) instanceof Dataset dataset) {
                    found.put(
                            name,
                            dataset.shape().elementCount() * dataset.type().size());
                }
            }
        }
        return found;
    }

    private void measure(String name, long bytes) throws IOException {
        try (Worker mine = Worker.start(java());
                Worker peer = Worker.start(python("h5py"))) {
            String first = "read\t" + file() + "\t/" + name;
            double sum = mine.ask(first, arguments.limit()).sum();
            double right = peer.ask(first, arguments.limit()).sum();
            boolean same = Math.abs(sum - right) <= SAME_SUM * Math.abs(right);
            double ours = Double.MAX_VALUE;
            double others = Double.MAX_VALUE;
            double allocated = Double.MAX_VALUE;
            for (int run = 0; run < WARMING + RUNS; run++) {
                Worker.Answer answer = mine.ask("again\t/" + name, arguments.limit());
                if (run >= WARMING) {
                    ours = Math.min(ours, answer.cpuSeconds());
                    allocated = Math.min(allocated, allocated(answer));
                    Worker.Answer other = peer.ask("again\t/" + name, arguments.limit());
                    others = Math.min(others, other.cpuSeconds());
                }
            }
            out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.2f | %.2f |%s%n",
                    name,
                    bytes / ours / 1e6,
                    bytes / others / 1e6,
                    others / ours,
                    allocated / bytes,
                    same ? "" : " OTHER VALUES");
        }
    }

    private static double allocated(Worker.Answer answer) {
        String remarks = answer.remarks();
        return Double.parseDouble(remarks.substring(remarks.indexOf("allocated=") + "allocated=".length()));
    }

    private List<String> java() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String path = System.getProperty("java.class.path");
        List<String> command = new ArrayList<>(List.of(java, "-Xmx1g", "-XX:+UseSerialGC"));
        command.addAll(arguments.java());
        command.addAll(List.of("-cp", path, ReadWorker.class.getName(), "threads=1"));
        return command;
    }

    private List<String> python(String reader) {
        return List.of(arguments.python(), arguments.scripts() + File.separator + "peer.py", reader);
    }
}
