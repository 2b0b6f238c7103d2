// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.DatasetRequest;
import io.h5coro.model.FloatArray;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Hyperslab.Range;
import io.h5coro.model.IndexCache;
import io.h5coro.model.ReadOptions;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first Java example of the README, and that of the index cache, are this test's code, line by line. */
final class ReadmeTest {
    @Test
    void readsAsTheExampleSays() {
        Path granule = Fixtures.path("sample_granule");
        try (H5Coro file = H5Coro.open(granule)) {
            ReadPromise promise = file.readDatasets(List.of(
                    DatasetRequest.of("/gt1l/heights/h_ph"),
                    DatasetRequest.parse("/gt1l/heights/lat_ph[1000:3000]"),
                    DatasetRequest.of("/gt1l/heights/signal_conf_ph", Hyperslab.of(Range.of(0, 7000, 10), Range.at(2))),
                    DatasetRequest.attribute("/gt1l", "atlas_beam_type")));
            H5Array heights = promise.get("/gt1l/heights/h_ph");
            double first = heights.getDouble(0);
            float[] all = ((FloatArray) heights).values();
            String beam = promise.get("/gt1l@atlas_beam_type").getString(0);

            assertEquals(all[0], first);
            assertEquals(7000, all.length);
            assertTrue(List.of("strong", "weak").contains(beam), beam);
            assertEquals(
                    "(700, 1)",
                    promise.get("/gt1l/heights/signal_conf_ph").shape().toString());
        }
    }

    @Test
    void opensAgainAsTheExampleSays(@TempDir Path folder) {
        Path granule = Fixtures.path("sample_granule");
        for (int i = 0; i < 2; i++) {
            IndexCache cache = IndexCache.at(folder);
            ReadOptions remembering = ReadOptions.builder().indexCache(cache).build();
            try (H5Coro file = H5Coro.open(granule, remembering)) {
                H5Array slice = file.read("/gt1l/heights/h_ph[0:10]");
                assertEquals(10, slice.length());
            }
        }
    }

    @Test
    void holdsTheExampleOfTheReadme() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        String here = Files.readString(Path.of("src/test/java/io/h5coro/ReadmeTest.java"));
        for (String first : List.of("try (H5Coro file = H5Coro.open(granule))", "IndexCache cache = ")) {
            String example = readme.substring(readme.indexOf("```java\n" + first) + "```java".length());
            List<String> lines = example.substring(0, example.indexOf("```"))
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.length() > 1)
                    .toList();
            assertTrue(lines.size() > 3);
            for (String line : lines) {
                assertTrue(here.contains(line), line);
            }
        }
    }
}
