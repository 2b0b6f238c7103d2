// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.internal.decode.FilterFuzz;
import io.h5coro.storage.LocationTextFuzz;
import io.h5coro.storage.http.HttpAnswerFuzz;
import io.h5coro.storage.http.IndexPageFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every fuzz target takes what fuzzing starts from, and what fuzzing found: files in {@code src/test/resources/fuzz},
 * in a folder for each target. Without a fuzzer, so that this runs in every build.
 */
@Timeout(300)
final class FuzzTargetsTest {
    @Test
    void anyBytesAsAFile() throws IOException {
        replay("FileFuzz", FileFuzz.seeds(), FileFuzz::fuzzerTestOneInput);
    }

    @Test
    void anyBytesAsAChunk() throws IOException {
        replay("FilterFuzz", FilterFuzz.seeds(), FilterFuzz::fuzzerTestOneInput);
    }

    @Test
    void anyTextAsARequest() throws IOException {
        replay("RequestTextFuzz", RequestTextFuzz.seeds(), RequestTextFuzz::fuzzerTestOneInput);
    }

    @Test
    void anyTextAsALocation() throws IOException {
        replay("LocationTextFuzz", LocationTextFuzz.seeds(), LocationTextFuzz::fuzzerTestOneInput);
    }

    @Test
    void anyHeadOfAnAnswer() throws IOException {
        replay("HttpAnswerFuzz", HttpAnswerFuzz.seeds(), HttpAnswerFuzz::fuzzerTestOneInput);
    }

    @Test
    void anyBytesAsAnIndexPage() throws IOException {
        replay("IndexPageFuzz", IndexPageFuzz.seeds(), IndexPageFuzz::fuzzerTestOneInput);
    }

    private static void replay(String target, List<byte[]> seeds, Consumer<byte[]> fuzz) throws IOException {
        assertTrue(seeds.size() > 5, target);
        seeds.forEach(fuzz);
        Path findings = Path.of("src/test/resources/fuzz").resolve(target);
        if (Files.isDirectory(findings)) {
            try (Stream<Path> files = Files.list(findings)) {
                for (Path file : files.sorted().toList()) {
                    byte[] input = Files.readAllBytes(file);
                    try {
                        fuzz.accept(input);
                    } catch (RuntimeException | Error e) {
                        throw new AssertionError(file + " is a finding again", e);
                    }
                }
            }
        }
    }
}
