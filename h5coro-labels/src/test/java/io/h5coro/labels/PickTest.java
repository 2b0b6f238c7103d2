// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.RowBlocks;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.SelectionException;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.WaveRangeReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Variables that are read together, and what that and the opening cost. */
final class PickTest {
    /** Blocks that are small beside a file of 319 kB, so that its metadata do not come with the opening. */
    private static final ReadOptions SMALL_BLOCKS = ReadOptions.builder()
            .firstReadBytes(4 << 10)
            .blockBytes(4 << 10)
            .gapBytes(4 << 10)
            .build();

    /** Blocks that are smaller than a variable, whose values so do not come with its metadata. */
    private static final ReadOptions TINY_BLOCKS = ReadOptions.builder()
            .firstReadBytes(512)
            .blockBytes(512)
            .gapBytes(0)
            .build();

    @Test
    void readsRowsOfSeveralVariables() {
        try (H5Coro file = LabelFixtures.open("icesat")) {
            LabelledGroup heights = Labels.open(file).dataset("/gt1l/heights");
            LabelledArrays rows = heights.pick("h_ph", "lat_ph").rows(0, 2);
            assertEquals(List.of("h_ph", "lat_ph"), rows.names());
            assertEquals(
                    "h_ph(delta_time): float32 (2,) [10.0, NaN]",
                    rows.get("h_ph").toString());
            assertEquals(
                    "lat_ph(delta_time): float64 (2,) [1.5, 2.5]",
                    rows.get("lat_ph").toString());
            assertThrows(IllegalArgumentException.class, () -> rows.get("lon_ph"));
            assertThrows(SelectionException.class, () -> heights.pick("h_ph").rows(0, 4));
            assertThrows(NotFoundException.class, () -> heights.pick("height"));
        }
    }

    @Test
    void addsTheCoordinatesOfWhatIsPicked() {
        try (H5Coro file = LabelFixtures.open("bounds")) {
            LabelledGroup root = Labels.open(file).root();
            LabelledArrays arrays = root.pick("tas").withCoordinates().rows(1, 2);
            assertEquals(List.of("tas", "time", "lat", "lon", "height"), arrays.names());
            assertEquals("(1, 2, 3)", arrays.get("tas").shape().toString());
            assertEquals(
                    "1850-02-15T00:00:00", arrays.get("time").times().date(0).toString());
            assertEquals("(2, 3)", arrays.get("lat").shape().toString());
            assertEquals(
                    "time_bnds", root.variable("time").bounds().orElseThrow().name());
            assertEquals(List.of("crs"), names(root.variable("tas").gridMappings()));
            assertEquals(List.of("time", "lat", "lon", "height"), names(root.coordinates()));
        }
    }

    @Test
    void decodesBlocksOfRows() {
        try (H5Coro file = LabelFixtures.open("packed")) {
            Variable packed = Labels.open(file).variable("fill_scale");
            StringBuilder blocks = new StringBuilder();
            try (RowBlocks rows =
                    packed.dataset().blocks(BlockOptions.defaults().withRows(4))) {
                rows.forEachRemaining(
                        block -> blocks.append(packed.decode(block.values())).append('\n'));
            }
            assertEquals("""
                    fill_scale(x): float32 (4,) [NaN, 0.9, 1.0, 1.1]
                    fill_scale(x): float32 (2,) [100.9, 3277.7]
                    """, blocks.toString());
        }
    }

    @Test
    void countsBoundsAndGridMappingsAsCoordinatesOnRequest() {
        try (H5Coro file = LabelFixtures.open("bounds")) {
            LabelledGroup root = Labels.open(file, LabelOptions.defaults().withRelatedVariables())
                    .root();
            assertEquals(List.of("time", "time_bnds", "lat", "lon", "height", "crs"), names(root.coordinates()));
        }
    }

    private static List<String> names(List<Variable> variables) {
        return variables.stream().map(Variable::name).toList();
    }

    @Test
    void namesVariablesOfOtherGroupsByTheirPaths() {
        try (H5Coro file = LabelFixtures.open("groups")) {
            LabelledGroup a = Labels.open(file).group("/a");
            LabelledArrays arrays = a.pick("v", "/x", "b/x").read("x=1:2");
            assertEquals(List.of("v", "/x", "/a/b/x"), arrays.names());
            assertEquals("[2.0]", values(arrays.get("/x")));
            assertEquals("[3]", values(arrays.get("/a/b/x")));
            assertEquals(List.of("x", "y"), arrays.get("v").dimensions());
            assertEquals("/x", a.dimension("x").orElseThrow().path());
            assertEquals("/a/b/x", a.group("b").dimension("x").orElseThrow().path());
            assertEquals(a.path(), a.group("b/x".substring(0, 1)).group("/a").path());
        }
    }

    private static String values(LabelledArray array) {
        return array.array().toString().replaceAll("^.*\\) ", "");
    }

    @Test
    void opensInFewWavesHoweverManyVariablesThereAre() {
        try (WaveRangeReader reader = waves("many");
                H5Coro file = H5Coro.open(reader, SMALL_BLOCKS)) {
            long before = reader.waves();
            Labels labels = Labels.open(file);
            assertEquals(List.of(), labels.problems());
            assertEquals(
                    List.of("time", "x"),
                    labels.variable("/group3/v24").dimensions().stream()
                            .map(Dimension::name)
                            .toList());
            long waves = reader.waves() - before;
            assertTrue(waves >= 3 && waves <= 9, "waves: " + waves);
        }
    }

    @Test
    void aSelectionByValueReadsItsCoordinatesInOneCallAndOnce() {
        try (WaveRangeReader reader = waves("many");
                H5Coro file = H5Coro.open(reader, TINY_BLOCKS)) {
            Variable v = Labels.open(file).variable("/group3/v24");
            long opened = reader.waves();
            LabelledArray first = v.read("time=2000-01-03..2000-01-05, x=2..3");
            assertEquals("(3, 2)", first.shape().toString());
            long coordinatesAndData = reader.waves() - opened;
            assertTrue(coordinatesAndData >= 1 && coordinatesAndData <= 2, "waves: " + coordinatesAndData);
            long before = reader.waves();
            LabelledArray second = v.read("time=2000-01-04..2000-01-05, x=5..");
            assertEquals("[50.0, 51.0, 57.0, 58.0]", values(second));
            assertTrue(reader.waves() - before <= 1, "waves: " + (reader.waves() - before));
        }
    }

    private static WaveRangeReader waves(String name) {
        return new WaveRangeReader(MemoryRangeReader.of(name + ".h5", LabelFixtures.bytes(name)));
    }

    @Test
    void summarisesAsNcdumpDoes() {
        try (H5Coro file = LabelFixtures.open("unlimited")) {
            assertEquals("""
                    group: / {
                    dimensions:
                        t = UNLIMITED // 3 now
                        s = UNLIMITED // 5 now
                        k = 2
                    variables:
                        float32 a(t, k)
                        int16 short(t)
                            short:_FillValue = -7
                        int32 bare(t, s)
                        int8 long(s)
                        float64 none(t)
                    }
                    """, Labels.open(file).toString());
        }
    }

    @Test
    void showsTextsOfAttributesOnOneLine() {
        try (H5Coro file = LabelFixtures.open("strings")) {
            String summary = Labels.open(file).root().summary();
            assertTrue(summary.contains("\n    :texts = \"one\", \"two\"\n"), summary);
            assertTrue(summary.contains("\n    :numbers = 1.5, 2.5\n"), summary);
            assertTrue(summary.contains("\n    :ull = 18446744073709551615\n"), summary);
            assertTrue(summary.contains("\n    int32 used(used) // coordinate\n"), summary);
        }
    }
}
