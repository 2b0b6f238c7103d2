// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Stream;

/** The sources that a simulation runs, and its own. */
final class CodeUnderTest {
    private static final List<String> FOLDERS =
            List.of("../h5coro-core/src/main/java", "../h5coro-s3/src/main/java", "src/main/java");

    private CodeUnderTest() {}

    /**
     * A number that changes with each change of the code. Seeds from it on are fresh ones for what was changed, and the
     * same ones wherever the same code is built: a build that passed does not fail elsewhere by chance.
     *
     * @return not negative, and far enough from others for 2^20 seeds
     */
    static long seed() throws IOException {
        MessageDigest digest = digest();
        for (String folder : FOLDERS) {
            for (Path file : files(Path.of(folder))) {
                digest.update(Files.readAllBytes(file));
            }
        }
        return ByteBuffer.wrap(digest.digest()).getLong() >>> 22 << 20;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
