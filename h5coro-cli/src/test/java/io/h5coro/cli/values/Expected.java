// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.h5coro.cli.CommandEdgesTest;
import io.h5coro.cli.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What testdata/make/command_values.py has written: files, and what h5py, numpy and h5diff say of them. */
final class Expected {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private Expected() {}

    static String file(String name) {
        return CommandEdgesTest.resource("values/" + name);
    }

    static String text(String name) {
        try {
            return Files.readString(Path.of(file(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one document that a command prints, which ends with a line. */
    static JsonNode json(Run run) {
        if (run.out().lines().count() != 1 || !run.out().endsWith("}\n")) {
            throw new AssertionError(run.out());
        }
        return json(run.out());
    }
}
