// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.SelectionException;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.MemoryBudget;
import io.h5coro.model.MemoryBudget.Use;
import io.h5coro.model.MemoryBudget.WhenFull;
import io.h5coro.model.NestedArray;
import io.h5coro.model.OpaqueArray;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReferenceArray;
import io.h5coro.model.RowBlock;
import io.h5coro.model.SequenceArray;
import io.h5coro.model.Shape;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row r of all files together holds r, in the form that its type gives it: {@code testdata/make/series.py}. */
@Timeout(120)
final class SeriesDatasetTest {
    private static final int ROWS = 6701;

    private final StoredFiles files = new StoredFiles();
    private final MemoryBudget budget = H5Coro.memoryBudget(8 << 20, WhenFull.WAIT);

    private FileSeries series(List<String> locations) {
        ReadOptions read = ReadOptions.builder()
                .firstReadBytes(512)
                .blockBytes(512)
                .gapBytes(0)
                .memoryBudget(budget)
                .build();
        return H5Coro.series(
                locations,
                List.of(),
                FileSeries.Options.defaults().withRead(read).withOpener(files));
    }

    private static double[] values(H5Array array) {
        return IntStream.range(0, array.length()).mapToDouble(array::getDouble).toArray();
    }

    @Test
    void shapeAndTypeAreOfAllFilesAndReadNoData() throws Exception {
        try (FileSeries series = series(files.parts())) {
            SeriesDataset chunked = series.concat("/chunked");
            assertEquals(Shape.of(ROWS, 3), chunked.shape());
            assertInstanceOf(FloatType.class, chunked.type());
            assertEquals("/chunked of 5 files, float64 (6701, 3)", chunked.toString());
            assertEquals(
                    List.of(0L, 2500L, 2500L, 3700L, 3701L, 6701L),
                    IntStream.rangeClosed(0, 5).mapToObj(chunked::firstRow).toList());
            assertThrows(IndexOutOfBoundsException.class, () -> chunked.firstRow(6));
            for (int i = 0; i < 5; i++) {
                assertEquals(1, files.opened("part" + i));
                long bytes = files.ranges("part" + i).stream()
                        .mapToLong(ByteRange::length)
                        .sum();
                assertTrue(bytes > 0 && bytes < 4096, bytes + " bytes");
            }
        }
        Eventually.holds(() -> files.open() == 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[]; 0; 6701; 1",
                "[2490:2510]; 2490; 2510; 1",
                "[2499:3702]; 2499; 3702; 1",
                "[0:1]; 0; 1; 1",
                "[-1:]; 6700; 6701; 1",
                "[3700]; 3700; 3701; 1",
                "[10:6701:7]; 10; 6701; 7",
                "[2499:6701:1201]; 2499; 6701; 1201",
                "[5:6:100]; 5; 6; 100",
                "[2500:2500]; 2500; 2500; 1",
                "[6701:6701]; 6701; 6701; 1"
            })
    void readsAcrossTheBordersOfFiles(String text, int start, int stop, int step) throws Exception {
        try (FileSeries series = series(files.parts())) {
            int count = (stop - start + step - 1) / step;
            H5Array numbers = series.concat("/contiguous").read(Hyperslab.parse(text));
            assertEquals(Shape.of(count), numbers.shape());
            H5Array columns = series.concat("/chunked").read(Hyperslab.parse(text));
            assertEquals(Shape.of(count, 3), columns.shape());
            for (int i = 0; i < count; i++) {
                assertEquals(start + i * step, numbers.getLong(i));
                for (int c = 0; c < 3; c++) {
                    assertEquals(start + i * step + 0.25 * c, columns.getDouble(3 * i + c));
                }
            }
        }
        Eventually.holds(() -> files.open() == 0);
    }

    @Test
    void otherDimensionsAreSlicedToo() {
        try (FileSeries series = series(files.parts())) {
            H5Array column = series.concat("/chunked").read(Hyperslab.parse("[2499:2502, 1:3]"));
            assertEquals(Shape.of(3, 2), column.shape());
            assertEquals(
                    List.of(2499.25, 2499.5, 2500.25, 2500.5, 2501.25, 2501.5),
                    IntStream.range(0, 6).mapToObj(column::getDouble).toList());
        }
    }

    @Test
    void aSliceIsAskedForInAllItsFilesAtOnceAndOfTheirRowsOnly() throws Exception {
        List<String> locations = files.parts();
        try (FileSeries series = series(locations)) {
            SeriesDataset numbers = series.concat("/contiguous");
            files.forgetRanges();
            for (String location : locations) {
                files.hold(location);
            }
            List<H5Array> results = new ArrayList<>();
            Thread reading = new Thread(() -> results.add(numbers.read(Hyperslab.parse("[2400:3800]"))));
            reading.start();
            // 400, 4800, 4 and 396 bytes of the files that have rows.
            for (String location : List.of("part0", "part2", "part3", "part4")) {
                Eventually.holds(() -> files.waiting(location) > 0);
            }
            assertEquals(0, files.waiting("part1"));
            locations.forEach(files::release);
            reading.join();
            assertEquals(2400, results.get(0).getLong(0));
            assertEquals(1400, results.get(0).length());
            assertEquals(3799, results.get(0).getLong(1399));
        }
    }

    @Test
    void theNextReadOfTheSameFilesReadsNoMetadata() {
        try (FileSeries series = series(files.parts())) {
            SeriesDataset numbers = series.concat("/contiguous");
            for (int i = 0; i < 5; i++) {
                assertEquals(1, files.opened("part" + i));
            }
            long before = asked();
            assertEquals(ROWS, numbers.read().length());
            assertEquals(4 * ROWS, asked() - before, 1024);
            for (int i = 0; i < 5; i++) {
                assertEquals(1, files.opened("part" + i));
            }
        }
    }

    private long asked() {
        return IntStream.range(0, 5)
                .mapToLong(i -> files.ranges("part" + i).stream()
                        .mapToLong(ByteRange::length)
                        .sum())
                .sum();
    }

    @Test
    void joinsElementsOfEveryKind() {
        int[] rows = {0, 1, 2, 18, 19, 2500, 2501, 2519, 3700, 3701, 3720};
        try (FileSeries series = series(files.parts())) {
            List<Integer> all = new ArrayList<>();
            for (int part = 0; part < StoredFiles.ROWS.length; part++) {
                for (int i = 0; i < Math.min(20, StoredFiles.ROWS[part]); i++) {
                    all.add(StoredFiles.firstRow(part) + i);
                }
            }
            for (String name : List.of("short", "float", "long")) {
                H5Array joined = series.concat("/few/" + name).read();
                assertEquals(all.size(), joined.length());
                for (int i = 0; i < all.size(); i++) {
                    assertEquals(all.get(i).doubleValue(), joined.getDouble(i), name);
                }
            }
            H5Array bytes = series.concat("/few/byte").read();
            H5Array text = series.concat("/few/text").read();
            H5Array fixed = series.concat("/few/fixed").read();
            H5Array compound = series.concat("/few/compound").read();
            SequenceArray sequences =
                    (SequenceArray) series.concat("/few/sequence").read();
            OpaqueArray opaque = (OpaqueArray) series.concat("/few/opaque").read();
            H5Array complex = series.concat("/few/complex").read();
            ReferenceArray references =
                    (ReferenceArray) series.concat("/few/reference").read();
            NestedArray pairs = (NestedArray) compound.field("pair");
            for (int row : rows) {
                int i = all.indexOf(row);
                assertTrue(i >= 0);
                assertEquals((byte) row, bytes.getLong(i));
                assertEquals("row " + row, text.getString(i));
                assertEquals("row " + row, fixed.getString(i));
                assertEquals(row, compound.field("id").getLong(i));
                assertEquals(row, pairs.get(i).getDouble(0));
                assertEquals(-row, pairs.get(i).getDouble(1));
                assertEquals(
                        String.format("%02d", row % 100), compound.field("code").getString(i));
                int inPart = row >= 3701 ? row - 3701 : row >= 3700 ? row - 3700 : row >= 2500 ? row - 2500 : row;
                assertEquals(inPart % 3, sequences.get(i).length());
                for (int j = 0; j < inPart % 3; j++) {
                    assertEquals(row + j, sequences.get(i).getLong(j));
                }
                assertEquals((byte) row, opaque.bytes(i)[0]);
                assertEquals((byte) (row >> 8), opaque.bytes(i)[1]);
                assertEquals(row, complex.field("r").getDouble(i));
                assertEquals(row, complex.field("i").getDouble(i));
                assertFalse(references.get(i).isNil());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1000, 1", "999, 2", "1, 0", "7000, 1"})
    void blocksAreTogetherAllRows(long rows, int readAhead) throws Exception {
        try (FileSeries series = series(files.parts())) {
            SeriesDataset chunked = series.concat("/chunked");
            long first = 0;
            List<Double> together = new ArrayList<>();
            BlockOptions options = new BlockOptions(rows, rows == 7000 ? 1 << 20 : 200_000, readAhead);
            long most = rows == 1 ? 40 : Long.MAX_VALUE;
            try (RowBlocks blocks = chunked.blocks(options)) {
                while (blocks.hasNext() && first < most) {
                    RowBlock block = blocks.next();
                    assertEquals(first, block.firstRow());
                    first += block.values().shape().dimension(0);
                    for (double value : values(block.values())) {
                        together.add(value);
                    }
                }
            }
            assertEquals(Math.min(most, ROWS), first);
            for (int i = 0; i < together.size(); i++) {
                assertEquals(i / 3 + 0.25 * (i % 3), together.get(i));
            }
        }
        Eventually.holds(() -> files.open() == 0);
        Eventually.holds(() -> budget.use().resultBytes() == 0);
    }

    @Test
    void filesThatDoNotFitTogetherAreNamed() throws Exception {
        List<String> locations = new ArrayList<>(files.parts());
        files.put("other", StoredFiles.resource("other_type.h5"));
        locations.add(3, "other");
        try (FileSeries series = series(locations)) {
            SelectionException type = assertThrows(SelectionException.class, () -> series.concat("/contiguous"));
            assertEquals(
                    "other: /contiguous: has elements of type int64, not int32 as in the first file, part0",
                    type.getMessage());
            SelectionException inner = assertThrows(SelectionException.class, () -> series.concat("/chunked"));
            assertTrue(inner.getMessage().startsWith("other: /chunked: has shape (4, 2)"), inner.getMessage());
            SelectionException scalar = assertThrows(SelectionException.class, () -> series.concat("/scalar"));
            assertTrue(scalar.getMessage().startsWith("part0: /scalar: has no rows"), scalar.getMessage());
            NotFoundException missing = assertThrows(NotFoundException.class, () -> series.concat("/few/short"));
            assertTrue(missing.getMessage().startsWith("other"), missing.getMessage());
        }
        Eventually.holds(() -> files.open() == 0);
        locations.set(3, "nowhere");
        try (FileSeries series = series(locations)) {
            NotFoundException missing = assertThrows(NotFoundException.class, () -> series.concat("/contiguous"));
            assertTrue(missing.getMessage().startsWith("nowhere"), missing.getMessage());
        }
    }

    @Test
    void aSliceThatDoesNotFitIsRefused() {
        try (FileSeries series = series(files.parts())) {
            SeriesDataset numbers = series.concat("/contiguous");
            assertThrows(SelectionException.class, () -> numbers.read(Hyperslab.parse("[0:6702]")));
            assertThrows(SelectionException.class, () -> numbers.read(Hyperslab.parse("[0:1, 0:1]")));
            assertThrows(LimitExceededException.class, () -> numbers.blocks(new BlockOptions(5000, 1000, 1)));
        }
    }

    @Test
    void aFileThatChangedSinceIsNotJoined() {
        List<String> locations = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            files.put("part" + i, StoredFiles.resource("part_3.h5"));
            locations.add("part" + i);
        }
        try (FileSeries series = series(locations)) {
            SeriesDataset numbers = series.concat("/contiguous");
            // Of 25 files, 16 are kept open: some are opened again.
            locations.forEach(location -> files.put(location, StoredFiles.resource("part_2.h5")));
            ObjectChangedException changed = assertThrows(ObjectChangedException.class, numbers::read);
            assertTrue(changed.getMessage().contains(": /contiguous: has shape (1200,)"), changed.getMessage());
        }
    }

    @Test
    void readsAreOverWhenTheSeriesIsClosed() throws Exception {
        FileSeries series = series(files.parts());
        SeriesDataset numbers = series.concat("/contiguous");
        RowBlocks blocks = numbers.blocks(BlockOptions.defaults().withRows(100));
        blocks.next();
        series.close();
        assertThrows(ReadAbortedException.class, () -> {
            while (blocks.hasNext()) {
                blocks.next();
            }
        });
        assertThrows(ReadAbortedException.class, numbers::read);
        Eventually.holds(() -> files.open() == 0);
        Eventually.holds(() -> budget.use().equals(new Use(0, 0, 0, 0)));
    }
}
