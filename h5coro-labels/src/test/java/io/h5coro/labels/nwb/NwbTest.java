// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.nwb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.h5coro.H5Coro;
import io.h5coro.error.H5Exception;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.SelectionException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.labels.ViewFixtures;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.CountingRangeReader;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The view of NWB gives what pynwb gives; what is wrong in a file is said by name. */
final class NwbTest {
    private static final JsonNode EXPECTED = ViewFixtures.expected("nwb");

    @Test
    void seriesAreThoseOfPynwb() {
        try (H5Coro file = ViewFixtures.open("nwb")) {
            Nwb nwb = Nwb.open(file);
            JsonNode acquisition = EXPECTED.path("acquisition");
            assertEquals(List.of("ephys", "lfp", "lick_times", "shared"), nwb.acquisitions());
            for (String name : nwb.acquisitions()) {
                check(nwb.acquisition(name), acquisition.path(name));
            }
            check(nwb.series("/processing/behavior/speed"), EXPECTED.path("speed"));
            assertEquals("ElectricalSeries", nwb.acquisition("ephys").type());
            assertEquals("2.11.0", nwb.version());
        }
    }

    private static void check(NwbSeries series, JsonNode expected) {
        String path = series.path();
        NwbSeries.Samples all = series.read();
        assertEquals(ViewFixtures.texts(expected.path("scaled")), ViewFixtures.texts(all.data()), path);
        assertEquals(ViewFixtures.texts(expected.path("timestamps")), ViewFixtures.texts(all.times()), path);
        assertEquals(series.shape(), all.data().shape(), path);
        NwbSeries.Samples raw = series.readRaw(0, series.samples());
        assertEquals(ViewFixtures.texts(expected.path("raw")), ViewFixtures.texts(raw.data()), path);
        assertEquals(expected.path("unit").asText(), series.unit(), path);
        assertEquals(expected.path("conversion").asDouble(), series.conversion(), path);
        assertEquals(expected.path("offset").asDouble(), series.offset(), path);
        assertEquals(expected.path("rate").isNull(), series.rate().isEmpty(), path);
        NwbSeries.Samples part = series.read(1, 3);
        long each = series.shape().elementCount() / series.samples();
        assertEquals(
                ViewFixtures.texts(all.data()).subList((int) each, 3 * (int) each),
                ViewFixtures.texts(part.data()),
                path);
        assertArrayEquals(all.times().copyOfRange(1, 3).values(), part.times().values(), path);
    }

    @Test
    void tablesAreThoseOfPynwb() {
        try (H5Coro file = ViewFixtures.open("nwb")) {
            Nwb nwb = Nwb.open(file);
            for (Map.Entry<String, NwbTable> one : Map.of(
                            "units", nwb.units(), "electrodes", nwb.electrodes(), "trials", nwb.trials())
                    .entrySet()) {
                JsonNode expected = EXPECTED.path(one.getKey());
                NwbTable table = one.getValue();
                assertEquals(expected.path("rows").asText(), Long.toString(table.rows()));
                NwbTable.Rows rows = table.read();
                assertEquals(ViewFixtures.texts(expected.path("id")), ViewFixtures.texts(rows.ids()));
                assertEquals(expected.path("columns").size(), rows.columns().size());
                for (String name : table.columns()) {
                    // Objects, which pynwb shows by their names.
                    if (!name.equals("group")) {
                        checkRows(expected.path("columns").path(name), rows.column(name), 0);
                    }
                }
            }
        }
    }

    private static void checkRows(JsonNode expected, NwbColumn column, int first) {
        for (int row = 0; row < column.length(); row++) {
            assertEquals(shown(expected.get(first + row)), shown(column, row), column + " " + row);
        }
    }

    private static String shown(JsonNode value) {
        return value.isArray()
                ? IntStream.range(0, value.size())
                        .mapToObj(i -> shown(value.get(i)))
                        .toList()
                        .toString()
                : ViewFixtures.canonical(value.asText());
    }

    private static String shown(NwbColumn column, int row) {
        if (column.depth() < 2) {
            List<String> texts = ViewFixtures.texts(column.get(row));
            return column.depth() == 0 ? texts.get(0) : texts.toString();
        }
        NwbColumn lists = column.lists(row);
        return IntStream.range(0, lists.length())
                .mapToObj(i -> shown(lists, i))
                .toList()
                .toString();
    }

    @Test
    void someRowsAreThoseOfAll() {
        try (H5Coro file = ViewFixtures.open("nwb")) {
            NwbTable units = Nwb.open(file).units();
            JsonNode expected = EXPECTED.path("units").path("columns");
            for (int from = 0; from <= 3; from++) {
                for (int to = from; to <= 3; to++) {
                    NwbTable.Rows rows = units.rows(from, to);
                    assertEquals(to - from, rows.ids().length());
                    for (NwbColumn column : rows.columns().values()) {
                        assertEquals(to - from, column.length());
                        checkRows(expected.path(column.name()), column, from);
                    }
                }
            }
            NwbColumn bursts = units.read("bursts").column("bursts");
            assertEquals("(3,)", bursts.get(2).shape().toString());
            assertThrows(IllegalStateException.class, () -> bursts.lists(2).lists(0));
            assertThrows(IndexOutOfBoundsException.class, () -> bursts.get(3));
        }
    }

    /** Opening takes the group and its attributes; all levels of all columns are one more call. */
    @Test
    void aTableIsReadInFewWaves() throws InterruptedException {
        CountingRangeReader reader = ViewFixtures.counted("nwb");
        try (H5Coro file = H5Coro.open(reader, ReadOptions.defaults())) {
            NwbTable units = Nwb.open(file).units();
            long opened = reader.requests();
            NwbTable.Rows rows = units.read();
            assertEquals(4, rows.columns().size());
            long requests = reader.requests() - opened;
            assertTrue(requests <= 4, () -> "requests: " + requests);
            assertTrue(opened >= 1 && opened <= 12, () -> "requests of opening: " + opened);
        }
    }

    private static String problem(Class<? extends H5Exception> type, Executable asked) {
        return assertThrows(type, asked).getMessage();
    }

    private static void assertSays(String expected, String message) {
        assertTrue(message.contains(expected), message);
    }

    @Test
    void whatIsWrongIsSaid() {
        try (H5Coro file = ViewFixtures.open("hostile_nwb")) {
            Nwb nwb = Nwb.open(file);
            NwbTable units = nwb.units();
            assertSays(
                    "/units/spike_times_index", problem(MalformedFileException.class, () -> units.read("spike_times")));
            assertSays(
                    "begin at 1 behind those that begin at 3",
                    problem(MalformedFileException.class, () -> units.rows(0, 2, "spike_times")));
            assertSays(
                    "99, and there are 3", problem(MalformedFileException.class, () -> units.rows(2, 3, "electrodes")));
            assertSays(
                    "/units/bursts_index_index",
                    problem(MalformedFileException.class, () -> units.rows(1, 3, "bursts")));
            assertEquals(3, units.read("quality").column("quality").length());
            assertSays("'rate' is 0.0", problem(MalformedFileException.class, () -> nwb.acquisition("lfp")));
            assertSays("conversion", problem(MalformedFileException.class, () -> nwb.acquisition("lick_times")));
        }
    }

    @Test
    void whatIsNotThereIsNamed() {
        try (H5Coro file = ViewFixtures.open("nwb")) {
            Nwb nwb = Nwb.open(file);
            problem(NotFoundException.class, () -> nwb.acquisition("licks"));
            assertSays(
                    "no column 'spikes'",
                    problem(NotFoundException.class, () -> nwb.units().read("spikes")));
            assertSays(
                    "rows 2:4: there are 3",
                    problem(SelectionException.class, () -> nwb.units().rows(2, 4)));
            problem(SelectionException.class, () -> nwb.acquisition("lfp").read(5, 7));
            assertSays("colnames", problem(MalformedFileException.class, () -> nwb.table("/acquisition")));
            assertSays("/units/data", problem(MalformedFileException.class, () -> nwb.series("/units")));
        }
        try (H5Coro file = ViewFixtures.open("csr")) {
            assertSays("NWB", problem(UnsupportedFeatureException.class, () -> Nwb.open(file)));
        }
    }
}
