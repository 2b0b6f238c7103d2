// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.h5coro.H5Coro;
import io.h5coro.error.H5Exception;
import io.h5coro.error.NotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Labels of objects that are in other files. */
final class LinkedLabelsTest {
    /** Objects of two files at one address, as {@code make_links.py} of h5coro-cli writes them. */
    private static final Path LINKS = Path.of("../h5coro-cli/src/test/resources/links.h5");

    /** What {@code src/test/python/make_outside.py} writes, with what h5py finds in it. */
    private static final Path OUTSIDE = Path.of("src/test/resources/outside");

    /** At the address of its scale there is another one in this file, of another length. */
    @Test
    void aReferenceIsOneOfItsOwnFile() {
        try (H5Coro file = H5Coro.open(LINKS)) {
            Labels labels = Labels.open(file);
            for (String path : List.of("/soft", "/variable")) {
                Variable variable = labels.variable(path);
                assertEquals("outside", variable.dimensions().get(0).name());
                assertEquals(4, variable.dimensions().get(0).size());
                assertEquals(
                        Optional.of(path), labels.variableOf(file.dataset(path)).map(Variable::path));
                assertArrayEquals(
                        new int[] {5, 6, 7, 8}, variable.read().array().toInts());
            }
            assertEquals(List.of(), labels.problems());
        }
    }

    @Test
    void whatIsInOtherFilesHasLabelsToo() throws IOException {
        JsonNode expected =
                new ObjectMapper().readTree(OUTSIDE.resolve("main.json").toFile());
        assertEquals(6, expected.size());
        try (H5Coro file = H5Coro.open(OUTSIDE.resolve("main.h5"))) {
            Labels labels = Labels.open(file);
            assertEquals(List.of(), labels.problems());
            expected.properties().forEach(group -> {
                Map<String, List<Long>> shapes = new TreeMap<>();
                for (Variable variable : labels.group(group.getKey()).variables()) {
                    shapes.put(
                            variable.name(),
                            variable.dimensions().stream().map(Dimension::size).toList());
                }
                Map<String, List<Long>> wanted = new TreeMap<>();
                group.getValue().properties().forEach(variable -> {
                    List<Long> sizes = new ArrayList<>();
                    variable.getValue().forEach(size -> sizes.add(size.asLong()));
                    wanted.put(variable.getKey(), sizes);
                });
                assertEquals(wanted, shapes, group.getKey());
            });
            assertArrayEquals(
                    new double[] {0, 1, 2, 3, 4},
                    labels.variable("/alias/group/z").read().array().toDoubles());
        }
    }

    @Test
    void linksThatLeadNowhereAreProblemsAndLoopsEnd() {
        try (H5Coro file = H5Coro.open(OUTSIDE.resolve("broken.h5"))) {
            Labels labels = Labels.open(file);
            assertEquals(
                    List.of("own"),
                    labels.root().variables().stream().map(Variable::name).toList());
            LabelledGroup loop = labels.group("/loop");
            assertEquals(
                    List.of("v"), loop.variables().stream().map(Variable::name).toList());
            assertSame(loop, loop.group("up"));
            assertEquals(2, labels.problems().size(), labels.problems()::toString);
            for (H5Exception problem : labels.problems()) {
                assertTrue(problem instanceof NotFoundException, problem::toString);
            }
        }
    }
}
