// SPDX-License-Identifier: Apache-2.0
package io.h5coro.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** What a figure was measured with and on: without it, it says nothing. */
final class Surroundings {
    private static final String UNKNOWN = "unknown";

    private Surroundings() {}

    /** Prints one paragraph. {@code versions} is the command that prints those of the Python readers. */
    static void print(PrintStream out, List<String> versions) throws IOException {
        out.printf(
                "%n%s, commit %s; %s, %d processors, load average %s; Java %s; %s%n%n",
                LocalDate.now(ZoneOffset.UTC),
                saidBy(List.of("git", "describe", "--always", "--dirty")),
                processor(),
                Runtime.getRuntime().availableProcessors(),
                load(),
                System.getProperty("java.vm.version"),
                saidBy(versions));
    }

    static String load() throws IOException {
        Path linux = Path.of("/proc/loadavg");
        return Files.exists(linux) ? Files.readString(linux).strip() : UNKNOWN;
    }

    private static String processor() throws IOException {
        Path linux = Path.of("/proc/cpuinfo");
        if (!Files.exists(linux)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(linux)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(System.getProperty("os.arch"));
        }
    }

    private static String saidBy(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return said.isEmpty() ? UNKNOWN : said;
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
