// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Objects of two files at one address, as {@code make_links.py} of h5coro-cli writes them. */
final class LinkedLabelsTest {
    private static final Path LINKS = Path.of("../h5coro-cli/src/test/resources/links.h5");

    @Test
    void aReferenceIsOneOfItsOwnFile() {
        try (H5Coro file = H5Coro.open(LINKS)) {
            Labels labels = Labels.open(file);
            Variable soft = labels.variable("/soft");
            assertTrue(soft.dimensions().get(0).name().startsWith("phony_dim_"), soft.dimensions()::toString);
            assertEquals(4, soft.dimensions().get(0).size());
            assertArrayEquals(new int[] {5, 6, 7, 8}, soft.read().array().toInts());
            assertTrue(labels.problems().toString().contains("DIMENSION_LIST"), labels.problems()::toString);
        }
    }
}
