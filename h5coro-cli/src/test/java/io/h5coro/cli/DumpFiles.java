// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The files that {@code testdata/make/dumped.py} writes for tests of the dump. */
public final class DumpFiles {
    private DumpFiles() {}

    /** Puts files into a folder, under their own names. */
    public static void copy(Path folder, String... names) throws IOException {
        Files.createDirectories(folder);
        for (String name : names) {
            Files.write(folder.resolve(name), bytes(name));
        }
    }

    /** Puts one file into a folder. */
    public static String one(Path folder, String name) throws IOException {
        copy(folder, name);
        return folder.resolve(name).toString();
    }

    public static String text(String name) throws IOException {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(DumpFiles.class.getResourceAsStream("/dump/" + name), name)) {
            return in.readAllBytes();
        }
    }
}
