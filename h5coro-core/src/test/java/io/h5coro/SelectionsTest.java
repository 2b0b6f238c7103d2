// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.SelectionException;
import io.h5coro.internal.grid.RandomSelection;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.CompoundArray;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Dataspace;
import io.h5coro.model.Destination;
import io.h5coro.model.ElementSelection;
import io.h5coro.model.ElementSelection.Axis;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadPlan;
import io.h5coro.model.Reference;
import io.h5coro.model.ReferenceArray;
import io.h5coro.model.Shape;
import io.h5coro.model.StoredChunk;
import io.h5coro.model.StringArray;
import io.h5coro.model.WalkOptions;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of indices, masks, points and regions, of all layouts and element types. */
final class SelectionsTest {
    /** Layouts, indexes, filters and types; what the datasets hold is compared with libhdf5 elsewhere. */
    private static final List<String> FIXTURES = List.of(
            "selections_earliest",
            "selections_v110",
            "chunk_indexes_earliest",
            "chunk_indexes_v110",
            "chunk_indexes_v200",
            "filters_earliest",
            "filters_v200",
            "numbers_earliest",
            "fill_values_v200",
            "compounds_v200",
            "strings_earliest",
            "datatypes_bare_v200",
            "datatypes_collections_v200",
            "datatypes_references_v200",
            "dataspaces_v200",
            "external_raw_v110",
            "virtual_v110",
            "odd_chunks",
            "codec_szip",
            "codec_blosc");

    private static final int SELECTIONS = 10_000;
    private static final int MOST_ELEMENTS = 1000;

    private record Whole(String fixture, Dataset dataset, List<byte[]> elements) {}

    @Test
    void tenThousandAreWhatTheWholeDatasetHas() {
        List<H5Coro> files = new ArrayList<>();
        List<Whole> datasets = new ArrayList<>();
        for (String fixture : FIXTURES) {
            H5Coro file = H5Coro.open(Fixtures.path(fixture));
            files.add(file);
            file.root().walk(WalkOptions.all()).forEach(member -> whole(fixture, member, datasets));
        }
        assertTrue(datasets.size() > 300, () -> datasets.size() + " datasets");
        Random random = new Random(14);
        int each = 1 + SELECTIONS / datasets.size();
        for (Whole whole : datasets) {
            for (int i = 0; i < each; i++) {
                check(whole, RandomSelection.of(random, whole.dataset.shape()));
            }
        }
        files.forEach(H5Coro::close);
    }

    private static void whole(String fixture, Group.Member member, List<Whole> into) {
        try {
            if (member.object().orElse(null) instanceof Dataset dataset
                    && dataset.shape().elementCount() <= MOST_ELEMENTS
                    && dataset.dataspace().kind() != Dataspace.Kind.NULL) {
                into.add(new Whole(fixture, dataset, CanonicalBytes.elements(dataset.read())));
            }
        } catch (H5Exception refused) {
            // Some fixtures hold what libhdf5 refuses, too.
        }
    }

    private static void check(Whole whole, RandomSelection random) {
        String label = whole.fixture + ":" + whole.dataset + " " + random.selection();
        H5Array found = whole.dataset.read(random.selection());
        assertEquals(random.result(), found.shape(), label);
        List<byte[]> elements = CanonicalBytes.elements(found);
        assertEquals(random.elements().length, elements.size(), label);
        for (int i = 0; i < elements.size(); i++) {
            assertArrayEquals(whole.elements.get(random.elements()[i]), elements.get(i), label);
        }
    }

    @TestFactory
    Stream<DynamicTest> areWhatH5pyReads() throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/selections.tsv"))) {
            List<String[]> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .toList();
            assertTrue(lines.size() > 500, () -> lines.size() + " lines");
            return lines.stream().collect(Collectors.groupingBy(line -> line[0] + " " + line[2])).entrySet().stream()
                    .map(group -> DynamicTest.dynamicTest(group.getKey(), () -> check(group.getValue())));
        }
    }

    private static void check(List<String[]> lines) {
        try (H5Coro file = H5Coro.open(Fixtures.path(lines.get(0)[0]))) {
            ReferenceArray regions = (ReferenceArray) file.read("/regions");
            for (String[] line : lines) {
                Dataset dataset = file.dataset(line[1]);
                H5Array found = dataset.read(selection(line[2], line[3], dataset.shape(), regions));
                String label = String.join(" ", line);
                long[] shape = Arrays.stream(line[4].split(","))
                        .mapToLong(Long::parseLong)
                        .toArray();
                assertEquals(Shape.of(shape), found.shape(), label);
                CRC32 crc = new CRC32();
                crc.update(IntStream.range(0, found.length())
                        .mapToObj(i -> text(found, i))
                        .collect(Collectors.joining(","))
                        .getBytes(StandardCharsets.UTF_8));
                assertEquals(Long.parseLong(line[5], 16), crc.getValue(), label);
            }
        }
    }

    private static ElementSelection selection(String kind, String what, Shape shape, ReferenceArray regions) {
        switch (kind) {
            case "region":
                return ElementSelection.region(regions.get(Integer.parseInt(what)));
            case "list":
                return ElementSelection.parse(what);
            case "mask":
                boolean[] mask = new boolean[what.length()];
                for (int i = 0; i < mask.length; i++) {
                    mask[i] = what.charAt(i) == '1';
                }
                return ElementSelection.mask(shape, mask);
            default:
                return ElementSelection.points(
                        shape.rank(),
                        Arrays.stream(what.split("[;,]"))
                                .mapToLong(Long::parseLong)
                                .toArray());
        }
    }

    private static String text(H5Array array, int i) {
        if (array instanceof CompoundArray compound) {
            return compound.fields().stream().map(field -> text(field, i)).collect(Collectors.joining(":"));
        }
        if (array instanceof StringArray strings) {
            return strings.getString(i);
        }
        return array.type() instanceof FloatType
                ? Double.toString(array.getDouble(i))
                : Long.toString(array.getLong(i));
    }

    private static CountingRangeReader counted(String fixture) {
        return new CountingRangeReader(MemoryRangeReader.of(fixture, Fixtures.bytes(fixture)));
    }

    /** Each chunk that is touched is fetched and decoded once, however often, and no other. */
    @ParameterizedTest
    @ValueSource(strings = {"selections_earliest", "selections_v110"})
    void chunksAreReadOnceEach(String fixture) {
        ReadOptions options = ReadOptions.builder()
                .firstReadBytes(512)
                .blockBytes(512)
                .gapBytes(0)
                .build();
        Random random = new Random(5);
        for (int n = 0; n < 25; n++) {
            CountingRangeReader reader = counted(fixture);
            try (H5Coro file = H5Coro.open(reader, options)) {
                Dataset cube = file.dataset("/cube");
                RandomSelection selection = RandomSelection.of(random, cube.shape());
                List<StoredChunk> chunks = cube.storedChunks(selection.selection());
                long touched = Arrays.stream(selection.elements())
                        .mapToObj(i -> List.of(i / 99 / 4, i / 9 % 11 / 3, i % 9 / 5))
                        .distinct()
                        .count();
                assertEquals(touched, chunks.size(), () -> selection.selection().toString());
                long bytes = chunks.stream().mapToLong(StoredChunk::storedBytes).sum();
                DatasetRequest request = cube.request().select(selection.selection());
                ReadPlan plan = file.explain(List.of(request));
                reader.reset();
                ReadPromise promise = file.readDatasets(List.of(request));
                assertEquals(selection.result(), promise.get(request.name()).shape());
                String label = selection.selection() + ": " + promise.statistics();
                assertEquals(touched, promise.statistics().chunks(), label);
                assertEquals(0, promise.statistics().chunkHits(), label);
                assertEquals(bytes, promise.statistics().bytesWanted(), label);
                assertEquals(bytes, plan.bytesWanted() + plan.bytesCached(), label);
                assertEquals(touched, plan.datasets().get(0).chunks(), label);
                assertEquals(plan.bytesFetched(), reader.bytes(), label);
                assertEquals(plan.bytesWanted(), reader.bytes(), label);
                assertEquals(plan.requestCount(), reader.requests(), label);
                assertTrue(reader.requests() <= touched, label);
            }
        }
    }

    /** A hundred thousand points of one chunk are one request. */
    @Test
    void manyPointsOfAChunkAreOneRequest() {
        CountingRangeReader reader = counted("selections_v110");
        try (H5Coro file = H5Coro.open(
                reader,
                ReadOptions.builder().firstReadBytes(512).blockBytes(512).build())) {
            Dataset cube = file.dataset("/cube");
            List<StoredChunk> chunk = cube.storedChunks(ElementSelection.points(3, 12, 10, 8));
            assertEquals(1, chunk.size());
            long[] points = new long[300_000];
            for (int i = 0; i < points.length; i += 3) {
                points[i] = 12;
                points[i + 1] = 9 + i / 3 % 2;
                points[i + 2] = 5 + i / 3 % 4;
            }
            reader.reset();
            H5Array values = cube.read(ElementSelection.points(3, points));
            assertEquals(100_000, values.length());
            assertEquals(12 * 99 + 10 * 9 + 8, values.getLong(99_999));
            assertEquals(1, reader.requests());
            assertEquals(chunk.get(0).storedBytes(), reader.bytes());
        }
    }

    @Test
    void ofContiguousValuesOnlyThoseNearAreRead() {
        CountingRangeReader reader = counted("selections_v110");
        ReadOptions options = ReadOptions.builder()
                .firstReadBytes(512)
                .blockBytes(512)
                .gapBytes(0)
                .build();
        try (H5Coro file = H5Coro.open(reader, options)) {
            Dataset matrix = file.dataset("/matrix");
            assertEquals(1200, matrix.shape().elementCount());
            reader.reset();
            // 39 * 240 bytes are between them, more than is read along.
            H5Array values = matrix.read(ElementSelection.points(2, 39, 29, 0, 0, 39, 29));
            assertEquals(
                    List.of(299.75, 0.0, 299.75),
                    List.of(values.getDouble(0), values.getDouble(1), values.getDouble(2)));
            assertEquals(2, reader.requests());
            assertEquals(16, reader.bytes());
            List<StoredChunk> runs = matrix.storedChunks(ElementSelection.parse("[[3, 1, 2], [4, 5, 9]]"));
            assertEquals(6, runs.size());
            assertEquals(List.of(1L, 4L), runs.get(0).origin());
            assertEquals(16, runs.get(0).storedBytes());
            assertEquals(List.of(3L, 9L), runs.get(5).origin());
        }
    }

    @Test
    void outOfRangeIsRefusedBeforeAnythingIsFetched() {
        CountingRangeReader reader = counted("selections_v110");
        try (H5Coro file = H5Coro.open(reader, ReadOptions.defaults())) {
            Dataset cube = file.dataset("/cube");
            Dataset matrix = file.dataset("/matrix");
            Reference region = Stream.of(file.read("/regions"))
                    .flatMap(refs -> IntStream.range(0, refs.length()).mapToObj(((ReferenceArray) refs)::get))
                    .filter(reference -> reference.address() == cube.address())
                    .findFirst()
                    .orElseThrow();
            reader.reset();
            SelectionException index =
                    assertThrows(SelectionException.class, () -> cube.read(ElementSelection.parse("[[0, 13]]")));
            assertTrue(String.valueOf(index.getMessage()).contains("index 13"), index.getMessage());
            assertThrows(SelectionException.class, () -> cube.read(ElementSelection.points(3, 0, 0, -10)));
            SelectionException other =
                    assertThrows(SelectionException.class, () -> matrix.read(ElementSelection.region(region)));
            assertTrue(String.valueOf(other.getMessage()).contains("belongs to one dataset"), other.getMessage());
            DatasetRequest request = DatasetRequest.parse("/cube[[1, 2], 0:5]");
            SelectionException blocks =
                    assertThrows(SelectionException.class, () -> file.stream(request, BlockOptions.defaults()));
            assertTrue(String.valueOf(blocks.getMessage()).contains("[[1, 2], 0:5]"), blocks.getMessage());
            assertEquals(0, reader.requests());
        }
    }

    @Test
    void whatSaysWhereElementsAreCountsAgainstTheMemoryOfResults() {
        ReadOptions options = ReadOptions.builder().resultBytes(1 << 20).build();
        try (H5Coro file = H5Coro.open(Fixtures.path("selections_v110"), options)) {
            long[] points = new long[200_000];
            // 400,000 bytes of values and 3,200,000 of numbers.
            LimitExceededException e = assertThrows(
                    LimitExceededException.class, () -> file.dataset("/flat").read(ElementSelection.points(1, points)));
            assertTrue(String.valueOf(e.getMessage()).contains("3200000 bytes"), e.getMessage());
            assertEquals(
                    40_000,
                    file.dataset("/flat")
                            .read(ElementSelection.points(1, Arrays.copyOf(points, 40_000)))
                            .length());
        }
    }

    @Test
    void membersAreReadOfSelectedRecords() {
        try (H5Coro file = H5Coro.open(Fixtures.path("selections_earliest"))) {
            DatasetRequest request =
                    DatasetRequest.parse("/records[[6, 0, 6], [5, 1]]").ofField("y");
            H5Array values = file.read(request);
            assertEquals("(3, 2)", values.shape().toString());
            assertEquals(41 / 4.0, values.getDouble(0));
            assertEquals(1 / 4.0, values.getDouble(3));
            assertEquals(37 / 4.0, values.getDouble(5));
        }
    }

    /** Behind a place in the caller's array, products and points. */
    @Test
    void areReadIntoMemoryOfTheCaller() throws Exception {
        try (H5Coro file = H5Coro.open(Fixtures.path("selections_v110"))) {
            double[] memory = new double[12];
            Arrays.fill(memory, -1);
            DatasetRequest product = DatasetRequest.parse("/matrix[[39, 0], [29, 0]]");
            DatasetRequest points = DatasetRequest.of("/matrix").select(ElementSelection.points(2, 1, 1, 39, 29, 1, 1));
            assertEquals(
                    Shape.of(2, 2),
                    file.readInto(product, Destination.of(memory, 1)).get().shape());
            assertEquals(
                    Shape.of(3),
                    file.readInto(points, Destination.of(memory, 7)).get().shape());
            assertArrayEquals(new double[] {-1, 299.75, 292.5, 7.25, 0, -1, -1, 7.75, 299.75, 7.75, -1, -1}, memory);
        }
    }

    @Test
    void aSeriesReadsThemOfEachFile() {
        List<String> files = List.of(
                Fixtures.path("selections_earliest").toString(),
                Fixtures.path("selections_v110").toString());
        List<DatasetRequest> requests = List.of(
                DatasetRequest.parse("/flat[[299, 0]]"),
                DatasetRequest.of("/matrix").select(ElementSelection.axes(Axis.all(), Axis.of(29))));
        try (FileSeries series = H5Coro.series(files, requests, FileSeries.Options.defaults())) {
            int count = 0;
            for (FileSeries.Entry result : series) {
                assertEquals(299, result.get("/flat[[299, 0]]").getLong(0));
                assertEquals(299.75, result.get("/matrix").getDouble(39));
                count++;
            }
            assertEquals(2, count);
        }
    }
}
