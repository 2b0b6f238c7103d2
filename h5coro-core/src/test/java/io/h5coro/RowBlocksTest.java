// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.SelectionException;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Dataspace;
import io.h5coro.model.FloatArray;
import io.h5coro.model.H5Array;
import io.h5coro.model.Link;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.RowBlock;
import io.h5coro.model.Shape;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
final class RowBlocksTest {
    private static final BlockOptions DEFAULTS = BlockOptions.defaults();

    /** 7000 floats in chunks of 1024 or so, deflated. */
    private static final String PHOTONS = "/gt1l/heights/h_ph";

    private static H5Coro granule() {
        return H5Coro.open(Fixtures.path("sample_granule"));
    }

    private static List<RowBlock> all(RowBlocks blocks) {
        try (blocks) {
            List<RowBlock> list = new ArrayList<>();
            blocks.forEachRemaining(list::add);
            return list;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "h_ph; 0; 1",
                "h_ph; 1000; 0",
                "h_ph[:]; 999; 1",
                "h_ph[1500:6001]; 700; 3",
                "h_ph[3:6999:7]; 0; 2",
                "signal_conf_ph[1000:3000:13,1:4:2]; 17; 1",
                "signal_conf_ph; 0; 4",
                "signal_conf_ph[5:5]; 0; 1"
            })
    void areTogetherWhatOneReadGives(String text, long rows, int readAhead) {
        DatasetRequest request = DatasetRequest.parse("/gt1l/heights/" + text);
        try (H5Coro file = granule()) {
            double[] whole = values(List.of(file.read(request)));
            BlockOptions options = new BlockOptions(rows, 60_000, readAhead);
            List<RowBlock> blocks = all(file.stream(request, options));
            assertArrayEquals(
                    whole, values(blocks.stream().map(RowBlock::values).toList()));
            for (RowBlock block : blocks) {
                int elementBytes = block.values().type().size();
                assertTrue((long) block.values().length() * elementBytes <= options.blockBytes());
            }
            if (rows > 0) {
                for (int i = 0; i + 1 < blocks.size(); i++) {
                    assertEquals(rows, blocks.get(i).values().shape().dimension(0));
                }
            }
        }
    }

    private static double[] values(List<H5Array> arrays) {
        return arrays.stream()
                .flatMapToDouble(array -> IntStream.range(0, array.length()).mapToDouble(array::getDouble))
                .toArray();
    }

    @Test
    void saysWhichRowsItGives() {
        try (H5Coro file = granule()) {
            DatasetRequest request = DatasetRequest.parse(PHOTONS + "[10:6000:7]");
            float[] whole = ((FloatArray) file.read(PHOTONS)).values();
            for (RowBlock block : all(file.stream(request, DEFAULTS.withRows(31)))) {
                assertEquals(0, (block.firstRow() - 10) % 7);
                assertEquals(whole[(int) block.firstRow()], block.values().getDouble(0));
            }
        }
    }

    @Test
    void fetchesNoChunkTwice() {
        try (CountingRangeReader reader =
                        new CountingRangeReader(MemoryRangeReader.of("granule", Fixtures.bytes("sample_granule")));
                H5Coro file = H5Coro.open(
                        reader,
                        ReadOptions.builder()
                                .firstReadBytes(4 << 10)
                                .blockBytes(512)
                                .gapBytes(0)
                                .build())) {
            Dataset photons = file.dataset(PHOTONS);
            long chunkRows = photons.chunks().orElseThrow().dimension(0);
            long stored = photons.storedBytes();
            reader.reset();
            List<RowBlock> blocks = all(photons.blocks(DEFAULTS.withBudgetBytes(3 * 4 * (2 * chunkRows + 1))));
            assertTrue(blocks.size() > 1);
            for (RowBlock block : blocks) {
                assertEquals(0, block.firstRow() % chunkRows);
            }
            assertEquals(reader.ranges().size(), new HashSet<>(reader.ranges()).size());
            long fetched = reader.ranges().stream().mapToLong(ByteRange::length).sum();
            // What came with metadata is not fetched.
            assertTrue(fetched <= stored && fetched > stored / 2, fetched + " of " + stored);
        }
    }

    @Test
    void givesASingleValueAsOneBlockAndNothingOfNone() {
        try (H5Coro file = H5Coro.open(Fixtures.path("dataspaces_v18"))) {
            int scalars = 0;
            for (Link link : file.root().links()) {
                if (!(file.object("/" + link.name()) instanceof Dataset dataset)) {
                    continue;
                }
                List<RowBlock> blocks = all(dataset.blocks(DEFAULTS));
                if (dataset.dataspace().kind() == Dataspace.Kind.SCALAR) {
                    scalars++;
                    assertEquals(1, blocks.size());
                    assertEquals(Shape.scalar(), blocks.get(0).values().shape());
                } else if (dataset.dataspace().elementCount() == 0
                        || dataset.dataspace().kind() == Dataspace.Kind.NULL) {
                    assertEquals(
                            0,
                            blocks.stream().mapToInt(b -> b.values().length()).sum());
                }
            }
            assertTrue(scalars > 0);
        }
    }

    @Test
    void readsAheadAndNoFurther() {
        CountingRangeReader reader = new CountingRangeReader(new HugeFile());
        try (H5Coro file = H5Coro.open(reader, ReadOptions.defaults());
                RowBlocks blocks = file.dataset("/contiguous").blocks(new BlockOptions(100, 4 << 20, 2))) {
            reader.reset();
            assertTrue(blocks.hasNext());
            assertEquals(0, reader.requests());
            RowBlock first = blocks.next();
            assertEquals(
                    HugeFile.expected("/contiguous", 99, 999), first.values().getLong(99_999));
            blocks.next();
            // Two were given, two are on the way; 800,000 bytes each.
            file.read("/contiguous[0:1]");
            assertTrue(reader.bytesAsked() <= 4 * 800_000 + 8_000, reader.bytesAsked() + " bytes");
            assertEquals(0, first.firstRow());
        }
    }

    @Test
    void endsWhenClosed() {
        try (H5Coro file = H5Coro.open(new HugeFile(), ReadOptions.defaults())) {
            RowBlocks blocks =
                    file.dataset("/chunked").blocks(DEFAULTS.withRows(500).withBudgetBytes(16 << 20));
            blocks.next();
            blocks.close();
            blocks.close();
            assertFalse(blocks.hasNext());
            assertThrows(NoSuchElementException.class, blocks::next);
        }
    }

    @Test
    void endsWithTheFile() {
        H5Coro file = H5Coro.open(new HugeFile(), ReadOptions.defaults());
        RowBlocks blocks =
                file.dataset("/contiguous").blocks(DEFAULTS.withRows(10).withReadAhead(0));
        blocks.next();
        file.close();
        assertThrows(ReadAbortedException.class, blocks::next);
        assertFalse(blocks.hasNext());
    }

    @Test
    void streamsAndClosesWithTheStream() {
        try (H5Coro file = H5Coro.open(new HugeFile(), ReadOptions.defaults())) {
            RowBlocks blocks = file.dataset("/contiguous").blocks(DEFAULTS.withRows(3));
            try (Stream<RowBlock> stream = blocks.stream()) {
                assertEquals(
                        List.of(0L, 3L, 6L),
                        stream.limit(3).map(RowBlock::firstRow).toList());
            }
            assertFalse(blocks.hasNext());
        }
    }

    @Test
    void refusesWhatDoesNotFitIntoTheBudget() {
        try (H5Coro file = H5Coro.open(new HugeFile(), ReadOptions.defaults())) {
            Dataset dataset = file.dataset("/contiguous");
            // A row is 8000 bytes, a block has a third of the budget.
            assertThrows(LimitExceededException.class, () -> dataset.blocks(DEFAULTS.withBudgetBytes(23_999)));
            BlockOptions three = DEFAULTS.withRows(3).withBudgetBytes(71_999);
            assertThrows(LimitExceededException.class, () -> dataset.blocks(three));
            assertEquals(
                    3,
                    dataset.blocks(three.withBudgetBytes(72_000))
                            .next()
                            .values()
                            .shape()
                            .dimension(0));
        }
    }

    @Test
    void refusesWhatHasNoRows() {
        try (H5Coro file = granule()) {
            for (DatasetRequest request : List.of(
                    DatasetRequest.attribute("/gt1l", "atlas_beam_type").named("a"),
                    DatasetRequest.parse(PHOTONS + "[0:1][2:3]"),
                    DatasetRequest.parse(PHOTONS + "[0:1,0:1]"),
                    DatasetRequest.parse(PHOTONS + "[0:7001]"))) {
                assertThrows(
                        io.h5coro.error.H5Exception.class, () -> file.stream(request, DEFAULTS), request::toString);
            }
            DatasetRequest two = DatasetRequest.parse(PHOTONS + "[0:1][2:3]");
            assertThrows(SelectionException.class, () -> file.stream(two, DEFAULTS));
        }
    }

    /** 0.5 GB each; every value is compared. The heap could not hold a tenth of them. */
    @ParameterizedTest
    @CsvSource({"/contiguous", "/chunked"})
    void passesThroughASmallHeap(String dataset) throws IOException, InterruptedException {
        long rows = 62_500;
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HugeStream.class.getName(),
                        dataset,
                        Long.toString(rows))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertTrue(said.startsWith(rows * HugeFile.COLUMNS + " values"), said);
    }
}
