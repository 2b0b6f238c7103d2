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
import java.util.List;
import java.util.Locale;
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
            long cpuStart = cpuNanos();
            long start = System.nanoTime();
            Opened file = open;
            if (file == null) {
                file = opener.open(words.get(1));
                open = file;
            }
            List<?> results = file.read(requests);
            double seconds = (System.nanoTime() - start) / 1e9;
            double cpu = (cpuNanos() - cpuStart) / 1e9;
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

    /** On Linux exactly, by the threads that live; elsewhere in ticks of the clock. */
    private static long cpuNanos() {
        Path threads = Path.of("/proc/self/task");
        try (Stream<Path> all = Files.list(threads)) {
            long nanos = 0;
            for (Path thread : all.toList()) {
                nanos += Long.parseLong(
                        Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]);
            }
            return nanos;
        } catch (IOException | NumberFormatException elsewhere) {
            return processCpuNanos();
        }
    }

    private static long processCpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
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
