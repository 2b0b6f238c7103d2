// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.error.H5Exception;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.MemoryRangeReader;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files give labels and values or an {@link H5Exception}, never another failure. */
final class DamagedLabelsTest {
    private static final int FILES = 200;

    @ParameterizedTest
    @ValueSource(strings = {"bounds", "hostile", "enums", "gedi", "by_xarray"})
    void failsByName(String name) {
        byte[] bytes = LabelFixtures.bytes(name);
        int read = 0;
        for (int seed = 0; seed < FILES; seed++) {
            read += use(name + " " + seed, damaged(bytes, new Random(seed)));
        }
        int variables = read;
        assertTrue(variables > FILES, () -> "variables: " + variables);
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] damaged = bytes.clone();
        for (int i = 0; i < 3; i++) {
            // Most of what is not zero is metadata.
            int at = random.nextInt(damaged.length);
            while (damaged[at] == 0) {
                at = (at + 1) % damaged.length;
            }
            damaged[at] = (byte) random.nextInt(256);
        }
        return damaged;
    }

    /** Returns the number of variables that are read. */
    private static int use(String name, byte[] bytes) {
        int read = 0;
        try (H5Coro file = H5Coro.open(MemoryRangeReader.of(name, bytes), ReadOptions.defaults())) {
            Labels labels = Labels.open(file);
            assertTrue(labels.toString().startsWith("group: / {"));
            read += readable(labels.root(), 0);
        } catch (H5Exception expected) {
            return read;
        }
        return read;
    }

    private static int readable(LabelledGroup group, int depth) {
        int read = 0;
        for (Variable variable : group.variables()) {
            read += readable(variable);
        }
        for (LabelledGroup inner : depth < 3 ? group.groups() : List.<LabelledGroup>of()) {
            read += readable(inner, depth + 1);
        }
        return read;
    }

    private static int readable(Variable variable) {
        try {
            assertTrue(variable.read().shape().equals(variable.shape()), variable::toString);
            return 1;
        } catch (H5Exception expected) {
            return 0;
        }
    }
}
