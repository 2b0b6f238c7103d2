// SPDX-License-Identifier: Apache-2.0
package io.h5coro.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A process that reads as it is told on its standard input and says how long it took; its Python twin is
 * {@code python/peer.py}. A line is {@code read}, a location and requests, all separated by tabs: open and read; or
 * {@code again} and requests: read once more from the file that is open. The answer is
 * {@code = seconds cpu-seconds sum remarks} or {@code ! message}. Opening counts, starting the process does not. The
 * remarks end with the bytes that the read allocated.
 * Confined to one thread.
 */
final class WorkerLoop {
    /** How a reader opens a file. */
    interface Opener {
        Opened open(String location);
    }

    private final Opener opener;
    private @Nullable Opened open;

    WorkerLoop(Opener opener) {
        this.opener = opener;
    }

    void run() throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(answer(List.of(line.split("\t"))));
        }
        close();
    }

    private String answer(List<String> words) {
        try {
            boolean again = words.get(0).equals("again");
            if (!again) {
                close();
            }
            List<String> requests = words.subList(again ? 1 : 2, words.size());
            long allocatedBefore = allocatedBytes();
            Processors before = Processors.now();
            long start = System.nanoTime();
            Opened file = open;
            if (file == null) {
                file = opener.open(words.get(1));
                open = file;
            }
            List<?> results = file.read(requests);
            double seconds = (System.nanoTime() - start) / 1e9;
            double cpu = Processors.now().since(before);
            long allocated = allocatedBytes() - allocatedBefore;
            return String.format(
                    Locale.ROOT,
                    "= %.6f %.6f %.17g %s",
                    seconds,
                    cpu,
                    file.sum(results),
                    (file.remarks() + " allocated=" + allocated).strip());
        } catch (RuntimeException e) {
            return "! " + e.toString().replace('\n', ' ');
        }
    }

    /**
     * Processor time so far.
     *
     * @param ofThreads nanoseconds of each thread that lives, where Linux tells them; else empty
     * @param ofProcess nanoseconds of all threads that have lived, in ticks of a hundredth of a second
     */
    private record Processors(Map<String, Long> ofThreads, long ofProcess) {
        static Processors now() {
            Map<String, Long> threads = new HashMap<>();
            try (Stream<Path> all = Files.list(Path.of("/proc/self/task"))) {
                for (Path thread : all.toList()) {
                    String text = Files.readString(thread.resolve("schedstat"));
                    threads.put(thread.getFileName().toString(), Long.parseLong(text.split(" ", 2)[0]));
                }
            } catch (IOException | NumberFormatException elsewhere) {
                threads.clear();
            }
            return new Processors(
                    threads,
                    ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                            .getProcessCpuTime());
        }

        /** Seconds since then: exactly if no thread has ended since. */
        double since(Processors before) {
            boolean all = !before.ofThreads.isEmpty() && ofThreads.keySet().containsAll(before.ofThreads.keySet());
            return (all ? sum(ofThreads) - sum(before.ofThreads) : ofProcess - before.ofProcess) / 1e9;
        }

        private static long sum(Map<String, Long> threads) {
            return threads.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** By the threads that live; those that read and decode outlive a read. */
    private static long allocatedBytes() {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        return LongStream.of(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    private void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
