// SPDX-License-Identifier: Apache-2.0
package io.h5coro.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.export.ColumnDecoder;
import io.h5coro.export.Export;
import io.h5coro.export.format.ColumnType;
import io.h5coro.export.format.ExportRefusedException;
import io.h5coro.model.DatasetRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as Parquet's description of the format has them; the values are those of make_types.py. */
final class ParquetTest {
    static final Path TYPES = Path.of("../h5coro-export/src/test/resources/types.h5");

    private static byte[] exported(String... texts) throws IOException {
        try (H5Coro file = H5Coro.open(TYPES)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            List<DatasetRequest> requests =
                    Arrays.stream(texts).map(DatasetRequest::parse).toList();
            Export.to("parquet").write(file, requests, out);
            return out.toByteArray();
        }
    }

    private static Map<Integer, Object> footer(byte[] file) {
        byte[] magic = "PAR1".getBytes(StandardCharsets.US_ASCII);
        assertEquals(0, Arrays.compare(file, 0, 4, magic, 0, 4));
        assertEquals(0, Arrays.compare(file, file.length - 4, file.length, magic, 0, 4));
        int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
        ThriftReader reader = new ThriftReader(file, file.length - 8 - length);
        Map<Integer, Object> footer = reader.struct();
        assertEquals(file.length - 8, reader.at());
        return footer;
    }

    @SuppressWarnings("unchecked")
    private static Map<Integer, Object> map(Object value) {
        return (Map<Integer, Object>) value;
    }

    private static Map<Integer, Object> element(Object list, int i) {
        return map(((List<?>) list).get(i));
    }

    /** The metadata of a column of the only row group. */
    private static Map<Integer, Object> column(byte[] file, int i) {
        return map(element(element(footer(file).get(4), 0).get(1), i).get(3));
    }

    /** The only page of a column, in hex. */
    private static String page(byte[] file, int column) throws IOException {
        Map<Integer, Object> metadata = column(file, column);
        int start = (int) (long) metadata.get(9);
        ThriftReader reader = new ThriftReader(file, start);
        Map<Integer, Object> header = reader.struct();
        int length = (int) (long) header.get(3);
        assertEquals((long) metadata.get(7), reader.at() + length - start);
        assertEquals(metadata.get(5), map(header.get(5)).get(1));
        assertEquals(2L, metadata.get(4), "gzip");
        byte[] compressed = Arrays.copyOfRange(file, reader.at(), reader.at() + length);
        byte[] page = new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes();
        assertEquals(header.get(2), (long) page.length);
        assertEquals(metadata.get(6), (long) reader.at() - start + page.length);
        return HexFormat.of().formatHex(page);
    }

    @ParameterizedTest
    @CsvSource({
        "/table/i1[0:2], 1, 80ffffff7f000000, 80ffffff, 7f000000",
        "/table/u4[0:2], 1, 00000000ffffffff, 00000000, ffffffff",
        "/table/i8[2], 2, 0200000000000000, 0200000000000000, 0200000000000000",
        "/table/be_u8[0:2], 2, 0000000000000000ffffffffffffffff, 0000000000000000, ffffffffffffffff",
        "/table/f2[1:3], 4, 0000807f000080ff, 000080ff, 0000807f",
        "/table/f4[0:2], 4, 0000c07f0000807f, ,",
        "/table/f8[3], 5, 0000000000000080, 0000000000000080, 0000000000000000",
        "/table/truth, 0, 4902, ,",
        "/table/colour[1:3], 6, 05000000475245454e04000000424c5545, 424c5545, 475245454e",
        "/table/opaque[7], 7, 07ff00, ,",
    })
    void valuesArePlainAndHaveStatistics(String request, long type, String values, String least, String greatest)
            throws IOException {
        byte[] file = exported(request);
        assertEquals(values, page(file, 0));
        Map<Integer, Object> metadata = column(file, 0);
        assertEquals(type, metadata.get(1));
        Map<Integer, Object> statistics = map(metadata.get(12));
        assertEquals(0L, statistics.get(3));
        assertEquals(least, hex(statistics.get(6)));
        assertEquals(greatest, hex(statistics.get(5)));
    }

    private static String hex(Object text) {
        return text == null ? null : HexFormat.of().formatHex(((String) text).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Of the values NaN and infinity the first is missing: definition 0 1, packed into the byte 2. */
    @Test
    void missingValuesAreLeftOut() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ColumnType type = new ColumnType.Nullable(new ColumnType.Floating(Float.BYTES));
        try (H5Coro file = H5Coro.open(TYPES)) {
            Export.to("parquet")
                    .withDecoder(dataset -> Optional.of(new ColumnDecoder.Decoding(type, 0, values -> values)))
                    .write(file, List.of(DatasetRequest.parse("/table/f4[0:2]")), out);
        }
        byte[] file = out.toByteArray();
        assertEquals("02000000" + "0302" + "0000807f", page(file, 0));
        assertEquals(Map.of(1, 4L, 3, 1L, 4, "f4"), element(footer(file).get(2), 1));
        Map<Integer, Object> statistics = map(column(file, 0).get(12));
        assertEquals(1L, statistics.get(3));
        assertEquals("0000807f", hex(statistics.get(6)));
        assertEquals("0000807f", hex(statistics.get(5)));
    }

    @Test
    void aTextThatIsLongHasNoStatistics() throws IOException {
        assertNull(map(column(exported("/table/text[10]"), 0).get(12)).get(5));
    }

    @Test
    void whatStandsInTheFooterIsThatOfTheTable() throws IOException {
        byte[] file = exported("/table/u2", "/table/text", "/table/ragged");
        Map<Integer, Object> footer = footer(file);
        assertEquals(11L, footer.get(3));
        assertEquals("h5coro for Java", footer.get(6));
        List<?> schema = (List<?>) footer.get(2);
        assertEquals(6, schema.size());
        assertEquals(Map.of(4, "schema", 5, 3L), schema.get(0));
        assertEquals(Map.of(1, 1L, 3, 0L, 4, "u2", 6, 12L, 10, Map.of(10, Map.of(1, 16L, 2, false))), schema.get(1));
        assertEquals(Map.of(1, 6L, 3, 0L, 4, "text", 6, 0L, 10, Map.of(1, Map.of())), schema.get(2));
        assertEquals(Map.of(3, 0L, 4, "ragged", 5, 1L, 6, 3L, 10, Map.of(3, Map.of())), schema.get(3));
        assertEquals(Map.of(3, 2L, 4, "list", 5, 1L), schema.get(4));
        assertEquals(List.of("ragged", "list", "element"), column(file, 2).get(3));
        Map<Integer, Object> group = element(footer.get(4), 0);
        assertEquals(11L, group.get(3));
        assertEquals(4L, group.get(5));
        assertEquals(3, ((List<?>) footer.get(7)).size());
    }

    /** Rows [], [-1], [-2, -1], [-3, -2, -1], []: repetition 0 0 0 1 0 1 1 0, definition 0 1 1 1 1 1 1 0. */
    @Test
    void listsHaveLevels() throws IOException {
        byte[] file = exported("/table/ragged[0:5]");
        assertEquals(
                "02000000" + "0368" + "02000000" + "037e" + "ffffffff" + "feffffffffffffff"
                        + "fdfffffffeffffffffffffff",
                page(file, 0));
        assertEquals(8L, column(file, 0).get(5));
    }

    /** Of 2 x 3 numbers each: repetition 0 2 2 1 2 2, definition 2. */
    @Test
    void listsInListsHaveHigherLevels() throws IOException {
        String page = page(exported("/table/array[0:2]"), 0);
        // Repetition 0 2 2 1 2 2 0 2 | 2 1 2 2 and padding, two bits each, the first lowest; a run of 12 times 2.
        assertEquals("05000000" + "05" + "688a" + "a600", page.substring(0, 18));
        assertEquals("02000000" + "1802" + "00000000" + "01000000", page.substring(18, 46));
    }

    @Test
    void listsWithoutElementsStayLists() throws IOException {
        byte[] file = exported("/others/empty_rows");
        assertEquals("02000000" + "0300" + "02000000" + "0300", page(file, 0));
        assertEquals(3L, column(file, 0).get(5));
    }

    @Test
    void membersAndPartsAreColumns() throws IOException {
        byte[] file = exported("/table/compound[7:9]", "/table/c16[7:9]");
        assertEquals(List.of("compound", "in", "a"), column(file, 3).get(3));
        assertEquals("581b0000" + "401f0000", page(file, 3));
        assertEquals(List.of("c16", "imaginary"), column(file, 7).get(3));
        assertEquals("0000000000002cc0" + "00000000000030c0", page(file, 7));
        assertEquals(2L, column(file, 7).get(5));
    }

    @Test
    void noRowsAreNoRowGroup() throws IOException {
        assertEquals(List.of(), footer(exported("/others/empty")).get(4));
    }

    @Test
    void whatParquetCannotHoldIsRefusedByName() {
        String message = assertThrows(ExportRefusedException.class, () -> exported("/refused/long_double"))
                .getMessage();
        assertEquals("parquet cannot hold /refused/long_double: floating-point numbers of 16 bytes", message);
    }

    @Test
    void longColumnsHaveSeveralPagesAndRowGroups() throws IOException {
        Path granule = Path.of("../testdata/src/main/resources/fixtures/sample_granule.h5");
        try (H5Coro file = H5Coro.open(granule)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            List<DatasetRequest> requests = List.of(DatasetRequest.of("/gt1l/heights/h_ph"));
            Export.to("parquet").withBudgetBytes(3 * 8_000).write(file, requests, out);
            List<?> groups = (List<?>) footer(out.toByteArray()).get(4);
            assertEquals(4, groups.size());
            assertEquals(
                    List.of(2_000L, 2_000L, 2_000L, 1_000L),
                    groups.stream().map(group -> map(group).get(3)).toList());
            assertTrue(out.size() < 28_000, "compressed: " + out.size());
        }
    }
}
