// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fuzz target takes what fuzzing starts from and what fuzzing found; without a fuzzer. */
@Timeout(60)
final class CommandTextFuzzTest {
    @Test
    void takesSeedsAndFindings() throws IOException {
        CommandTextFuzz.seeds().forEach(CommandTextFuzz::fuzzerTestOneInput);
        Path findings = Path.of("src/test/resources/fuzz/CommandTextFuzz");
        if (Files.isDirectory(findings)) {
            try (Stream<Path> files = Files.list(findings)) {
                for (Path file : files.sorted().toList()) {
                    CommandTextFuzz.fuzzerTestOneInput(Files.readAllBytes(file));
                }
            }
        }
    }
}
