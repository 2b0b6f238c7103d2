// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.ReadOptions;
import io.h5coro.testdata.Fixtures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Boxes of virtual datasets that libhdf5 wrote (testdata/make/linked.py). What they hold is compared with what the
 * dataset gives as a whole, which other tests compare with libhdf5.
 */
final class SourceBoxesTest {
    @TempDir
    private static Path folder;

    private static Path path;

    @BeforeAll
    static void copy() throws java.io.IOException {
        for (String name : List.of("virtual_v110", "virtual_sources")) {
            java.nio.file.Files.copy(Fixtures.path(name), folder.resolve(name + ".h5"));
        }
        path = folder.resolve("virtual_v110.h5");
    }

    private static String text(Dataset.SourceBox box) {
        return box.origin() + " " + box.shape() + " " + box.source().path().orElseThrow() + " " + box.sourceOrigin()
                + " " + box.sourceShape();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stacked | [0, 0] (6, 5) /a [0, 0] (6, 5); [6, 0] (6, 5) /b [0, 0] (6, 5)",
                "same_file | [0, 0] (6, 5) /here [0, 0] (6, 5)",
                "with_gap | [6, 0] (6, 5) /a [0, 0] (6, 5)",
                "missing_file | [6, 0] (6, 5) /a [0, 0] (6, 5)",
                "missing_dataset | [6, 0] (6, 5) /a [0, 0] (6, 5)",
                "part | [0, 0] (3, 2) /a [1, 1] (3, 2)",
                "strided | [0, 0] (1, 5) /a [0, 0] (1, 5); [2, 0] (1, 5) /a [1, 0] (1, 5); "
                        + "[4, 0] (1, 5) /a [2, 0] (1, 5); [1, 0] (1, 5) /b [3, 0] (1, 5); "
                        + "[3, 0] (1, 5) /b [4, 0] (1, 5); [5, 0] (1, 5) /b [5, 0] (1, 5)",
                "reshaped | [0, 0] (1, 6) /line [0] (6,); [1, 0] (1, 6) /line [6] (6,); [2, 0] (1, 6) /line [12] (6,); "
                        + "[3, 0] (1, 6) /line [18] (6,); [4, 0] (1, 6) /line [24] (6,)",
                "nested | [0, 0] (6, 5) /stacked [3, 0] (6, 5); [6, 0] (6, 5) /same_file [0, 0] (6, 5)",
                "irregular | [0, 0] (2, 5) /a [0, 0] (2, 5); [2, 0] (2, 5) /a [4, 0] (2, 5)",
            })
    void boxesAreThoseThatWereMapped(String name, String expected) {
        try (H5Coro file = H5Coro.open(path)) {
            List<String> boxes = file.dataset("/" + name).sourceBoxes().stream()
                    .map(SourceBoxesTest::text)
                    .toList();
            assertEquals(Arrays.asList(expected.split("; ")), boxes);
        }
    }

    @Test
    void theirValuesAreThoseOfTheDataset() {
        List<String> compared = new ArrayList<>();
        try (H5Coro file = H5Coro.open(path)) {
            for (String name : List.of(
                    "stacked",
                    "same_file",
                    "with_gap",
                    "missing_file",
                    "missing_dataset",
                    "unwritten_source",
                    "converted_int",
                    "converted_float",
                    "int_as_float",
                    "part",
                    "strided",
                    "reshaped",
                    "nested",
                    "irregular",
                    "no_mappings",
                    "unlimited",
                    "unlimited_interleaved",
                    "printf",
                    "percent",
                    "scaled_many")) {
                Dataset dataset = file.dataset("/" + name);
                double[] want = doubles(dataset.read());
                double[] got = new double[want.length];
                Arrays.fill(
                        got,
                        dataset.fill().value().map(value -> value.getDouble(0)).orElse(0.0));
                dataset.sourceBoxes().forEach(box -> put(box, dataset, got));
                assertArrayEquals(want, got, name);
                compared.add(name);
            }
        }
        assertEquals(20, compared.size());
    }

    private static double[] doubles(H5Array values) {
        double[] all = new double[values.length()];
        for (int i = 0; i < all.length; i++) {
            all[i] = values.getDouble(i);
        }
        return all;
    }

    /** Of two dimensions. */
    private static void put(Dataset.SourceBox box, Dataset dataset, double[] values) {
        List<Hyperslab.Range> ranges = new ArrayList<>();
        for (int d = 0; d < box.sourceOrigin().size(); d++) {
            long start = box.sourceOrigin().get(d);
            ranges.add(new Hyperslab.Range(start, start + box.sourceShape().dimension(d), 1));
        }
        double[] part = doubles(box.source().read(new Hyperslab(ranges)));
        int columns = (int) box.shape().dimension(1);
        for (int i = 0; i < part.length; i++) {
            long row = box.origin().get(0) + i / columns;
            values[(int) (row * dataset.shape().dimension(1) + box.origin().get(1) + i % columns)] = part[i];
        }
    }

    @Test
    void aSourceSaysInWhichFileItIs() {
        try (H5Coro file = H5Coro.open(path)) {
            Dataset there = file.dataset("/stacked").sourceBoxes().get(0).source();
            assertEquals(List.of("virtual_sources.h5"), there.file().names());
            Dataset here = file.dataset("/same_file").sourceBoxes().get(0).source();
            assertEquals(file.root().file(), here.file());
        }
    }

    @Test
    void whatHasNoSourcesIsSaid() {
        try (H5Coro file = H5Coro.open(path)) {
            assertThrows(UnsupportedFeatureException.class, file.dataset("/here")::sourceBoxes);
            // As libhdf5 does: a missing dataset counts as not written, a missing group does not.
            assertThrows(NotFoundException.class, file.dataset("/missing_group")::sourceBoxes);
        }
    }

    @Test
    void boxesAreBounded() {
        try (H5Coro file = H5Coro.open(
                path, ReadOptions.builder().metadataBudgetBytes(2048).build())) {
            assertTrue(file.dataset("/stacked").sourceBoxes().size() == 2);
            assertThrows(LimitExceededException.class, file.dataset("/scaled_many")::sourceBoxes);
        }
    }
}
