// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.anndata;

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
import io.h5coro.model.FloatType;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.CountingRangeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The view of AnnData gives what anndata and scipy give; what is wrong in a file is said by name. */
final class AnnDataTest {
    @ParameterizedTest
    @ValueSource(strings = {"csr", "csc", "dense"})
    void matricesAndTablesAreThoseOfAnndata(String name) {
        JsonNode expected = ViewFixtures.expected(name);
        try (H5Coro file = ViewFixtures.open(name)) {
            AnnData view = AnnData.open(file);
            assertEquals("(7, 5)", view.x().shape().toString());
            List<String> values = ViewFixtures.texts(expected.path("x"));
            assertEquals(values, all(view.x()));
            assertEquals(List.of("counts"), view.layers());
            assertEquals(ViewFixtures.texts(expected.path("counts")), whole(all(view.layer("counts"))));
            check(view.obs(), expected.path("obs"));
            check(view.var(), expected.path("var"));
        }
    }

    private static List<String> whole(List<String> numbers) {
        return numbers.stream().map(number -> number.replace(".0", "")).toList();
    }

    private static List<String> all(AnnMatrix matrix) {
        List<String> values = new ArrayList<>();
        switch (matrix.encoding()) {
            case DENSE -> values.addAll(ViewFixtures.texts(matrix.denseRows(0, 7)));
            case SPARSE_ROWS -> {
                SparseSlice rows = matrix.sparseRows(0, 7);
                for (int row = 0; row < 7; row++) {
                    double[] dense = new double[5];
                    rows.copyRow(row, dense);
                    for (double value : dense) {
                        values.add(Double.toString(value));
                    }
                }
            }
            case SPARSE_COLUMNS -> {
                SparseSlice columns = matrix.sparseColumns(0, 5);
                double[][] dense = new double[5][7];
                for (int column = 0; column < 5; column++) {
                    columns.copyRow(column, dense[column]);
                }
                for (int i = 0; i < 35; i++) {
                    values.add(Double.toString(dense[i % 5][i / 5]));
                }
            }
        }
        return values;
    }

    private static void check(AnnTable table, JsonNode expected) {
        String name = expected.path("index_name").isNull()
                ? "_index"
                : expected.path("index_name").asText();
        assertEquals(name, table.indexName());
        for (long from = 0; from < table.rows(); from += 3) {
            AnnTable.Rows rows = table.rows(from, table.rows());
            List<String> index = ViewFixtures.texts(expected.path("index"));
            assertEquals(index.subList((int) from, index.size()), ViewFixtures.texts(rows.index()));
            assertEquals(expected.path("columns").size(), rows.columns().size());
            for (AnnColumn column : rows.columns().values()) {
                List<String> wanted =
                        ViewFixtures.texts(expected.path("columns").path(column.name()));
                assertEquals(wanted.subList((int) from, wanted.size()), texts(column), column.name());
            }
        }
    }

    private static List<String> texts(AnnColumn column) {
        List<String> texts = new ArrayList<>();
        for (int row = 0; row < column.length(); row++) {
            boolean floating = column.categories().isEmpty() && column.stored().type() instanceof FloatType;
            String text = column.isMissing(row)
                    ? "null"
                    : floating ? Double.toString(column.getDouble(row)) : column.getString(row);
            texts.add(text.matches("TRUE|FALSE") ? text.toLowerCase(Locale.ROOT) : text);
        }
        return texts;
    }

    @Test
    void columnsSayWhatTheyAre() {
        try (H5Coro file = ViewFixtures.open("csr")) {
            AnnTable.Rows rows = AnnData.open(file).obs().read("kind", "level", "count", "flag", "kind");
            assertEquals(
                    List.of("kind", "level", "count", "flag"),
                    List.copyOf(rows.columns().keySet()));
            AnnColumn kind = rows.column("kind");
            assertTrue(kind.isOrdered() && !rows.column("level").isOrdered());
            assertEquals(
                    List.of("c", "a", "b"), ViewFixtures.texts(kind.categories().orElseThrow()));
            assertEquals(-1, kind.stored().getLong(2));
            assertEquals(30, rows.column("level").getLong(3));
            assertEquals(4, rows.column("count").getLong(3));
            assertEquals(1, rows.column("flag").getLong(0));
            assertThrows(IllegalStateException.class, () -> kind.getString(2));
            assertThrows(IndexOutOfBoundsException.class, () -> kind.isMissing(7));
            assertThrows(IllegalArgumentException.class, () -> rows.column("text"));
        }
    }

    /** Of 60,000 values three rows read no more than the chunks that hold theirs. */
    @Test
    void someRowsTouchTheirValuesAlone() throws InterruptedException {
        JsonNode expected = ViewFixtures.expected("large");
        CountingRangeReader reader = ViewFixtures.counted("large");
        try (H5Coro file = H5Coro.open(reader, ReadOptions.defaults())) {
            AnnMatrix x = AnnData.open(file).x();
            long requests = reader.requests();
            long bytes = reader.bytes();
            SparseSlice rows = x.sparseRows(1000, 1003);
            assertEquals(ViewFixtures.texts(expected.path("indices")), ViewFixtures.texts(rows.indices()));
            assertEquals(ViewFixtures.texts(expected.path("data")), ViewFixtures.texts(rows.values()));
            List<String> starts = new ArrayList<>();
            for (int row = 0; row <= rows.length(); row++) {
                starts.add(Integer.toString(rows.offset(row)));
            }
            assertEquals(ViewFixtures.texts(expected.path("indptr")), starts);
            long asked = reader.requests() - requests;
            long read = reader.bytes() - bytes;
            assertTrue(asked >= 1 && asked <= 8, () -> "requests: " + asked);
            assertTrue(read >= 3 * 15 * 4 && read < 50_000, () -> "bytes: " + read);
        }
    }

    private static void assertFails(Class<? extends H5Exception> type, String says, Executable asked) {
        String message = assertThrows(type, asked).getMessage();
        assertTrue(message.contains(says), message);
    }

    @Test
    void anotherOrderThanTheStoredOneIsRefused() {
        try (H5Coro csr = ViewFixtures.open("csr");
                H5Coro csc = ViewFixtures.open("csc");
                H5Coro dense = ViewFixtures.open("dense")) {
            AnnMatrix rows = AnnData.open(csr).x();
            assertFails(UnsupportedFeatureException.class, "SPARSE_ROWS", () -> rows.sparseColumns(0, 1));
            assertFails(UnsupportedFeatureException.class, "SPARSE_ROWS", () -> rows.denseRows(0, 1));
            assertFails(SelectionException.class, "rows 6:8", () -> rows.sparseRows(6, 8));
            AnnMatrix columns = AnnData.open(csc).x();
            assertFails(UnsupportedFeatureException.class, "SPARSE_COLUMNS", () -> columns.sparseRows(0, 1));
            AnnMatrix whole = AnnData.open(dense).x();
            assertFails(UnsupportedFeatureException.class, "DENSE", () -> whole.sparseRows(0, 1));
            assertEquals("(2, 5)", whole.denseRows(3, 5).shape().toString());
            assertEquals(0, rows.sparseRows(3, 4).values().length());
            assertEquals(0, rows.sparseRows(7, 7).length());
        }
    }

    @Test
    void whatIsWrongIsSaid() {
        try (H5Coro file = ViewFixtures.open("hostile_csr")) {
            AnnData view = AnnData.open(file);
            AnnMatrix x = view.x();
            assertFails(MalformedFileException.class, "/X/indptr", () -> x.sparseRows(0, 7));
            assertFails(MalformedFileException.class, "begin at 2 behind", () -> x.sparseRows(1, 2));
            assertEquals(1, x.sparseRows(4, 5).length());
            AnnMatrix counts = view.layer("counts");
            assertFails(MalformedFileException.class, "1000, and there are 12", () -> counts.sparseRows(6, 7));
            assertFails(MalformedFileException.class, "index 5, and there are 5", () -> counts.sparseRows(0, 1));
            AnnTable obs = view.obs();
            assertFails(MalformedFileException.class, "code 3, and there are 3", () -> obs.rows(1, 2, "kind"));
            assertFails(MalformedFileException.class, "code -2", () -> obs.rows(2, 3, "kind"));
            assertEquals("a", obs.rows(0, 1, "kind").column("kind").getString(0));
        }
    }

    @Test
    void whatIsNotThereIsNamed() {
        try (H5Coro file = ViewFixtures.open("csr")) {
            AnnData view = AnnData.open(file);
            assertFails(
                    NotFoundException.class, "no column 'age'", () -> view.obs().read("age"));
            assertFails(NotFoundException.class, "spliced", () -> view.layer("spliced"));
            assertFails(UnsupportedFeatureException.class, "encoding-type 'dict'", () -> view.matrix("/layers"));
            assertFails(UnsupportedFeatureException.class, "encoding-type 'dict'", () -> view.table("/uns"));
        }
    }
}
