// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.Dataset;
import io.h5coro.H5Coro;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.SelectionException;
import io.h5coro.export.format.ExportRefusedException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.DoubleArray;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is exported, under which names, and what is refused before a byte is written. */
final class ExportTest {
    private static String csv(String... requests) throws IOException {
        return new String(Fixture.exported("csv", requests), StandardCharsets.UTF_8);
    }

    /** Exports what is refused, and makes sure that nothing was written. */
    private static <T extends Throwable> String refused(Class<T> type, String format, String... requests) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (H5Coro file = Fixture.open()) {
            Throwable problem =
                    assertThrows(type, () -> Export.to(format).write(file, Fixture.requests(requests), out));
            assertEquals(0, out.size());
            return String.valueOf(problem.getMessage());
        }
    }

    private static List<String> left(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void theFormatsOfThisModuleAreThere() {
        assertEquals(List.of("arrow", "arrows", "csv", "ndjson", "npy", "npz"), Export.formats());
        String message = assertThrows(IllegalArgumentException.class, () -> Export.to("parquet"))
                .getMessage();
        assertEquals(
                "no format 'parquet'; there are arrow, arrows, csv, ndjson, npy, npz; add the module h5coro-parquet",
                message);
    }

    @Test
    void slicesOfSeveralDatasetsAreColumns() throws IOException {
        assertEquals("i4,truth\n3,true\n5,false\n", csv("/table/i4[3:7:2]", "/table/truth[3:5]"));
    }

    @Test
    void slicesOfOneDatasetFollowOneAnother() throws IOException {
        assertEquals("i4\n2\n3\n9\n10\n5\n", csv("/table/i4[2:4][-2:][5]"));
    }

    @Test
    void aScalarIsOneRow() throws IOException {
        assertEquals("scalar\n2.5\n", csv("/others/scalar"));
    }

    @Test
    void noRowsLeaveTheNames() throws IOException {
        assertEquals("empty\n", csv("/others/empty"));
    }

    @Test
    void columnsAreNamedAsBrieflyAsTheyDiffer() throws IOException {
        assertEquals("i4,long\n2,2\n", csv("/table/i4[2]", "/others/long[2]"));
        assertEquals("table/i4,others/i4\n2,3\n", csv("/table/i4[2]", "/others/i4[3]"));
        assertEquals("/table/i4[2],/table/i4[3]\n2,3\n", csv("/table/i4[2]", "/table/i4[3]"));
        assertEquals(
                "two columns have the name /table/i4",
                refused(ExportRefusedException.class, "csv", "/table/i4", "/table/i4"));
    }

    @Test
    void aRequestWithANameOfItsOwnKeepsIt() throws IOException {
        try (H5Coro file = Fixture.open()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            List<DatasetRequest> requests = List.of(
                    DatasetRequest.parse("/table/i4[2]").named("number"),
                    DatasetRequest.parse("/table/compound[5]").ofField("n"));
            Export.to("csv").write(file, requests, out);
            assertEquals("number,compound.n\n2,0\n", out.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void aNameThatBeginsAsThePathDoesIsKept() throws IOException {
        try (H5Coro file = Fixture.open()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            DatasetRequest request = DatasetRequest.parse("/others/long[2]").named("others/longitude");
            Export.to("csv").write(file, List.of(request), out);
            assertEquals("others/longitude\n2\n", out.toString(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "csv | /refused/reference | references mean nothing outside of their file",
                "ndjson | /refused/reference | references mean nothing outside of their file",
                "npy | /refused/long_double | floating-point numbers of 16 bytes",
                "csv | /table/ragged | list of any number of int32",
                "npz | /table/ragged | list of any number of int32",
                "npy | /table/text | text of variable length",
                "csv | /refused/wide | each row has 1001 values, and 1000 are the most",
                "csv | /others/empty_rows | each row has 0 values, and needs one",
            })
    void whatAFormatCannotHoldIsRefusedByName(String format, String path, String message) {
        assertEquals(
                format + " cannot hold " + path + ": " + message, refused(ExportRefusedException.class, format, path));
    }

    @Test
    void aNullDataspaceIsRefused() {
        assertEquals(
                "/refused/null has no values: its dataspace is null",
                refused(ExportRefusedException.class, "arrow", "/refused/null"));
    }

    @Test
    void allColumnsThatAreRefusedAreNamed() {
        assertEquals(
                "npz cannot hold /table/text: text of variable length; "
                        + "npz cannot hold /table/ragged: list of any number of int32",
                refused(ExportRefusedException.class, "npz", "/table/text", "/table/i4", "/table/ragged"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "ndjson", "arrow", "arrows"})
    void columnsOfATableHaveOneNumberOfRows(String format) {
        assertEquals(
                "columns of " + format + " have one number of rows, and these do not: /table/i4 has 11, /others/short"
                        + " has 4",
                refused(ExportRefusedException.class, format, "/table/i4", "/others/short"));
    }

    @Test
    void npyHoldsOneDataset() {
        assertEquals(
                "npy holds one dataset, and 2 were named: npz holds several",
                refused(ExportRefusedException.class, "npy", "/table/i4", "/table/i8"));
    }

    @Test
    void whatIsNotThereAndWhatDoesNotFitIsSaid() {
        assertTrue(refused(NotFoundException.class, "csv", "/table/none").contains("/table/none"));
        assertTrue(refused(NotFoundException.class, "csv", "/table").contains("is not a dataset"));
        assertTrue(refused(SelectionException.class, "csv", "/table/i4[5:12]").contains("reaches over the length 11"));
    }

    @Test
    void aRowThatExceedsTheBudgetIsRefused() {
        try (H5Coro file = Fixture.open()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Export small = Export.to("arrow").withBudgetBytes(36);
            assertThrows(
                    LimitExceededException.class,
                    () -> small.write(file, Fixture.requests("/table/i8", "/table/u8"), out));
        }
    }

    @Test
    void theGroupsMostFrequentNumberOfRowsIsTaken() {
        try (H5Coro file = Fixture.open()) {
            GroupColumns columns = Export.to("csv").group(file, "/others");
            assertEquals(
                    List.of("/others/long", "/others/long_too"),
                    columns.requests().stream().map(DatasetRequest::path).toList());
            assertEquals(
                    List.of(
                            "/others/empty",
                            "/others/empty_rows",
                            "/others/i4",
                            "/others/ragged_texts",
                            "/others/scalar",
                            "/others/short"),
                    columns.left().stream()
                            .map(left -> left.path().orElseThrow())
                            .toList());
            assertEquals(8, Export.to("npz").group(file, "/others").requests().size());
        }
    }

    @Test
    void nullDataspacesHaveNoNumberOfRows() {
        try (H5Coro file = Fixture.open()) {
            Dataset none = file.dataset("/refused/null");
            Dataset four = file.dataset("/others/i4");
            GroupColumns columns = GroupColumns.of(List.of(none, none, four), true);
            assertEquals(List.of(four.request()), columns.requests());
            assertEquals(2, columns.left().size());
        }
    }

    @Test
    void anotherDecoderGivesOtherValues() throws IOException {
        FloatType type = FloatType.ieee(Double.BYTES, Order.LITTLE_ENDIAN);
        ColumnDecoder halves = dataset -> Optional.of(new ColumnDecoder.Decoding(type, values -> half(type, values)));
        try (H5Coro file = Fixture.open()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Export.to("csv").withDecoder(halves).write(file, Fixture.requests("/table/i4[2:5]"), out);
            assertEquals("i4\n1.0\n1.5\n2.0\n", out.toString(StandardCharsets.UTF_8));
        }
    }

    private static H5Array half(FloatType type, H5Array values) {
        double[] halves = new double[values.length()];
        for (int i = 0; i < halves.length; i++) {
            halves[i] = values.getLong(i) / 2.0;
        }
        return new DoubleArray(type, values.shape(), halves);
    }

    @Test
    void aFileIsThereWhenItIsComplete(@TempDir Path folder) throws IOException {
        Path target = folder.resolve("x.csv");
        try (H5Coro file = Fixture.open()) {
            Export.to("csv").write(file, Fixture.requests("/table/i4[2]"), target);
            assertEquals("i4\n2\n", Files.readString(target));
            Export.to("csv").write(file, Fixture.requests("/table/i4[3]"), target);
            assertEquals("i4\n3\n", Files.readString(target));
            assertEquals(List.of("x.csv"), left(folder));
        }
    }

    @Test
    void anExportThatFailsLeavesWhatWasThere(@TempDir Path folder) throws IOException {
        Path target = folder.resolve("x.csv");
        Files.writeString(target, "before");
        try (H5Coro file = Fixture.open()) {
            ColumnDecoder failing = dataset -> Optional.of(new ColumnDecoder.Decoding(dataset.type(), values -> {
                throw new IllegalStateException("on purpose");
            }));
            Export export = Export.to("csv").withDecoder(failing);
            assertThrows(IllegalStateException.class, () -> export.write(file, Fixture.requests("/table/i4"), target));
        }
        assertEquals("before", Files.readString(target));
        assertEquals(List.of("x.csv"), left(folder));
    }

    /** What is in the stream after an export that failed since a decoder gives no values, or too few of them. */
    private static String part(String format, ColumnDecoder.Decoding decoding, String... requests) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ColumnDecoder decoder = dataset ->
                dataset.path().equals(Optional.of("/table/two_d")) ? Optional.of(decoding) : Optional.empty();
        try (H5Coro file = Fixture.open()) {
            Export export = Export.to(format).withDecoder(decoder);
            assertThrows(RuntimeException.class, () -> export.write(file, Fixture.requests(requests), out));
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void anArchiveThatFailedHasNoDirectory() {
        FloatType type = FloatType.ieee(Float.BYTES, Order.LITTLE_ENDIAN);
        ColumnDecoder.Decoding failing = new ColumnDecoder.Decoding(type, values -> {
            throw new IllegalStateException("on purpose");
        });
        String part = part("npz", failing, "/table/i4", "/table/two_d");
        assertTrue(part.contains("i4.npy"));
        assertFalse(part.contains("PK\005\006"));
    }

    @Test
    void aRowWithinWhichAnExportFailedIsNotClosed() {
        FloatType type = FloatType.ieee(Double.BYTES, Order.LITTLE_ENDIAN);
        ColumnDecoder.Decoding tooFew = new ColumnDecoder.Decoding(
                type, values -> new DoubleArray(type, Shape.of(5), new double[] {1, 2, 3, 4, 5}));
        assertEquals("{\"two_d\":[1.0,2.0,3.0]}\n{\"two_d\":[4.0,5.0", part("ndjson", tooFew, "/table/two_d"));
    }

    @Test
    void whatALinkLeadsToIsWritten(@TempDir Path folder) throws IOException {
        Path real = Files.createDirectory(folder.resolve("real")).resolve("x.csv");
        Files.writeString(real, "before");
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), real);
        try (H5Coro file = Fixture.open()) {
            Export.to("csv").write(file, Fixture.requests("/table/i4[2]"), link);
        }
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("i4\n2\n", Files.readString(real));
    }

    @Test
    void theStreamIsNotClosed() throws IOException {
        try (H5Coro file = Fixture.open()) {
            for (String format : Export.formats()) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                OutputStream out = new OutputStream() {
                    @Override
                    public void write(int b) {
                        bytes.write(b);
                    }

                    @Override
                    public void close() {
                        throw new AssertionError(format + " closes what is not its own");
                    }
                };
                Export.to(format).write(file, Fixture.requests("/table/i4"), out);
                assertArrayEquals(Fixture.exported(format, "/table/i4"), bytes.toByteArray(), format);
            }
        }
    }
}
