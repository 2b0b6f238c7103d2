// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.Dataset;
import io.h5coro.H5Coro;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.FloatArray;
import io.h5coro.model.H5Array;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is read for an export: the values in order, each chunk once, never more at a time than the budget allows. */
final class SelectedTableTest {
    private static final String HEIGHTS = "/gt1l/heights/";

    private static Selected selected(H5Coro file, String text) {
        DatasetRequest request = DatasetRequest.parse(text);
        Dataset dataset = file.dataset(request);
        return Selection.of("file", dataset, request, request.name());
    }

    private static H5Coro open(CountingRangeReader reader) {
        return H5Coro.open(reader, ReadOptions.defaults());
    }

    private static CountingRangeReader granule() throws IOException {
        return new CountingRangeReader(
                MemoryRangeReader.of("granule", Files.readAllBytes(Fixtures.path("sample_granule.h5"))));
    }

    /** 7,000 rows of 8 + 4 + 5 bytes in chunks of 2,000: batches of 80,000 bytes hold two chunks. */
    @Test
    void batchesReadEachChunkOnceAndStayInTheBudget() throws IOException {
        CountingRangeReader reader = granule();
        try (H5Coro file = open(reader)) {
            List<Selected> columns = new ArrayList<>();
            long stored = 0;
            for (String name : List.of("lat_ph", "h_ph", "signal_conf_ph")) {
                columns.add(selected(file, HEIGHTS + name));
                stored += file.dataset(HEIGHTS + name).storedBytes();
            }
            reader.reset();
            List<Long> starts = new ArrayList<>();
            long[] rows = new long[1];
            new SelectedTable(file, columns, 3 * 80_000).forEachBatch(batch -> {
                starts.add(batch.firstRow());
                rows[0] += batch.rows();
                assertTrue(batch.rows() * 17 <= 80_000);
                assertEquals(batch.rows() * 5, batch.values().get(2).length());
            });
            assertEquals(7_000, rows[0]);
            assertEquals(List.of(0L, 4_000L), starts);
            long read = reader.bytes();
            // Some of the chunks came with the metadata when the file was opened.
            assertTrue(read >= stored / 4 && read <= stored, read + " of " + stored);
            assertTrue(reader.requests() <= 6, "requests: " + reader.requests());
        }
    }

    @Test
    void partsOfRowsAreTheValuesInOrder() throws IOException {
        try (H5Coro file = open(granule())) {
            Random random = new Random(14);
            for (int run = 0; run < 40; run++) {
                int from = random.nextInt(100);
                String text = HEIGHTS + "signal_conf_ph[" + from + ":" + (from + 1 + random.nextInt(50)) + ":"
                        + (1 + random.nextInt(3)) + ",::" + (1 + random.nextInt(2)) + "]";
                H5Array expected = file.read(text);
                List<Long> values = new ArrayList<>();
                new SelectedTable(file, List.of(selected(file, text)), 3 * (1 + random.nextInt(40)))
                        .forEachPart(0, part -> {
                            for (int i = 0; i < part.length(); i++) {
                                values.add(part.getLong(i));
                            }
                        });
                for (int i = 0; i < expected.length(); i++) {
                    assertEquals(expected.getLong(i), values.get(i));
                }
                assertEquals(expected.length(), values.size());
            }
        }
    }

    @Test
    void listsOfIndicesAreReadInPieces() throws IOException {
        try (H5Coro file = open(granule())) {
            Random random = new Random(15);
            for (int run = 0; run < 20; run++) {
                String rows = IntStream.range(0, 1 + random.nextInt(60))
                        .mapToObj(i -> Integer.toString(random.nextInt(14_000) - 7_000))
                        .collect(Collectors.joining(","));
                String text = HEIGHTS + "signal_conf_ph[[" + rows + "]" + (run % 2 == 0 ? ", [4,0]]" : ", 1:4]");
                H5Array expected = file.read(text);
                List<Long> values = new ArrayList<>();
                List<Long> parts = new ArrayList<>();
                SelectedTable table =
                        new SelectedTable(file, List.of(selected(file, text)), 3 * (5 + random.nextInt(40)));
                table.forEachBatch(batch -> add(values, batch.values().get(0)));
                table.forEachPart(0, part -> add(parts, part));
                List<Long> wanted = new ArrayList<>();
                add(wanted, expected);
                assertEquals(wanted, values, text);
                assertEquals(wanted, parts, text);
            }
        }
    }

    private static void add(List<Long> all, H5Array values) {
        for (int i = 0; i < values.length(); i++) {
            all.add(values.getLong(i));
        }
    }

    @Test
    void batchesCrossTheBordersOfSlices() throws IOException {
        try (H5Coro file = open(granule())) {
            String text = HEIGHTS + "h_ph[10:200:3][6900:][5:50]";
            float[] expected = ((FloatArray) file.read(text)).values();
            List<Float> values = new ArrayList<>();
            new SelectedTable(file, List.of(selected(file, text)), 3 * 4 * 33).forEachBatch(batch -> {
                assertTrue(batch.rows() <= 33);
                for (float value : ((FloatArray) batch.values().get(0)).values()) {
                    values.add(value);
                }
            });
            assertEquals(expected.length, values.size());
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], values.get(i));
            }
        }
    }
}
