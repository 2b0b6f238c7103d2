// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.written;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.error.NotFoundException;
import io.h5coro.model.ArrayValues;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.MemoryRangeReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Whole files with heaps, trees and arrays of other shapes than libhdf5 gives them, in all widths: each value is the
 * one that was written. {@code -Dh5coro.written.seed=N} takes other seeds.
 */
final class OddFilesTest {
    private static final int FILES = 100;

    @Test
    void everyValueIsTheOneThatWasWritten() {
        long first = Long.getLong("h5coro.written.seed", 1);
        int files = 0;
        Map<String, Integer> layouts = new java.util.TreeMap<>();
        for (long seed = first; seed < first + FILES; seed++) {
            Optional<OddTree> tree = OddTree.of(seed);
            if (tree.isPresent()) {
                files++;
                check("seed " + seed, tree.get());
                tree.get().datasets().values().stream()
                        .distinct()
                        .forEach(dataset -> layouts.merge(dataset.layout(), 1, Integer::sum));
            }
        }
        assertTrue(files > FILES * 9 / 10, files + " of " + FILES + " files are as long as their addresses reach");
        assertEquals(8, layouts.size(), layouts.toString());
        assertTrue(layouts.values().stream().allMatch(count -> count > 10), layouts.toString());
    }

    private static void check(String what, OddTree tree) {
        try (H5Coro file = H5Coro.open(
                MemoryRangeReader.of("odd.h5", tree.bytes()),
                ReadOptions.builder().verifyChecksums(true).build())) {
            tree.groups()
                    .forEach((path, names) -> assertEquals(
                            new TreeSet<>(names), file.inspect(path).links().keySet(), () -> what + " " + path));
            tree.datasets().forEach((path, dataset) -> {
                String name = what + " " + path + " (" + dataset.layout() + ")";
                try {
                    ArrayValues values = (ArrayValues) file.read(DatasetRequest.of(path));
                    assertArrayEquals(dataset.values(), values.toLongs(), name);
                    ArrayValues attribute = (ArrayValues) file.read(DatasetRequest.attribute(path, "a"));
                    assertArrayEquals(new long[] {dataset.attribute()}, attribute.toLongs(), name);
                } catch (io.h5coro.error.H5Exception e) {
                    throw new AssertionError(name, e);
                }
            });
            for (String group : List.of("/empty", "/few", "/many")) {
                assertThrows(NotFoundException.class, () -> file.read(DatasetRequest.of(group + "/none of them")));
            }
        }
    }
}
