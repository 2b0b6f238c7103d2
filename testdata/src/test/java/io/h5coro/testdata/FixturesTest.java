// SPDX-License-Identifier: Apache-2.0
package io.h5coro.testdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FixturesTest {
    @Test
    void everyListedFixtureHasAFileAndParsableExpectations() {
        List<String> all = Fixtures.all();
        assertTrue(all.size() > 15, "too few fixtures: " + all);
        for (String name : all) {
            ExpectedFile expected = Fixtures.expected(name);
            assertTrue(Files.isRegularFile(Fixtures.path(name)), name);
            assertTrue(expected.file().startsWith(name.replaceFirst("@.*", "")), name);
            assertTrue(!expected.openable() || expected.object("/").kind().equals("group"), name);
        }
    }

    @Test
    void expectationsCarryShapesValuesAndSlices() {
        ExpectedObject dataset = Fixtures.expected("dataspaces_v18").object("/rank/chunked_2");
        assertEquals(Optional.of(List.of(5L, 4L)), dataset.shape());
        assertEquals("i4be", dataset.type());
        assertEquals(20, dataset.values().orElseThrow().size());
        assertEquals("[2:5, 3:4]", dataset.slices().get(0).selection());
        assertEquals(List.of(3L, 1L), dataset.slices().get(0).shape());
        assertTrue(Fixtures.expected("dataspaces_v18").object("/null").shape().isEmpty());
    }

    @Test
    void anUnknownNameIsAnError() {
        assertThrows(UncheckedIOException.class, () -> Fixtures.path("no_such_fixture"));
    }
}
