// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fuzz target takes what fuzzing starts from and what fuzzing found; without a fuzzer. */
@Timeout(60)
final class S3TextFuzzTest {
    @Test
    void takesSeedsAndFindings() throws IOException {
        S3TextFuzz.seeds().forEach(S3TextFuzz::fuzzerTestOneInput);
        Path findings = Path.of("src/test/resources/fuzz/S3TextFuzz");
        if (Files.isDirectory(findings)) {
            try (Stream<Path> files = Files.list(findings)) {
                for (Path file : files.sorted().toList()) {
                    S3TextFuzz.fuzzerTestOneInput(Files.readAllBytes(file));
                }
            }
        }
    }
}
