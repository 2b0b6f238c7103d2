// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.export.format.ColumnType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages as Arrow's description of the format has them, read with its classes for them; values of make_types.py. */
final class ArrowTest {
    /** A message of a stream: its metadata, and its body. */
    private record Part(int offset, Message message, byte[] body) {}

    /** The messages of a stream that begins at an offset, without its end. */
    private static List<Part> messages(byte[] file, int start) {
        List<Part> parts = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = start;
        while (true) {
            assertEquals(0, at % 8, "messages begin at multiples of 8");
            assertEquals(-1, bytes.getInt(at));
            int length = bytes.getInt(at + 4);
            if (length == 0) {
                return parts;
            }
            assertEquals(0, length % 8);
            Message message =
                    Message.getRootAsMessage(ByteBuffer.wrap(Arrays.copyOfRange(file, at + 8, at + 8 + length)));
            assertEquals(MetadataVersion.V5, message.version());
            int body = at + 8 + length;
            int end = Math.toIntExact(body + message.bodyLength());
            parts.add(new Part(at, message, Arrays.copyOfRange(file, body, end)));
            at = end;
        }
    }

    private static Schema schema(Part part) {
        assertEquals(MessageHeader.Schema, part.message.headerType());
        return (Schema) part.message.header(new Schema());
    }

    private static RecordBatch batch(Part part) {
        assertEquals(MessageHeader.RecordBatch, part.message.headerType());
        return (RecordBatch) part.message.header(new RecordBatch());
    }

    /** The buffers of a record batch, in hex; those that say where nulls are are empty. */
    private static List<String> buffers(Part part) {
        List<String> all = new ArrayList<>();
        RecordBatch batch = batch(part);
        for (int i = 0; i < batch.buffersLength(); i++) {
            Buffer buffer = batch.buffers(i);
            assertEquals(0, buffer.offset() % 64, "buffers begin at multiples of 64");
            int from = Math.toIntExact(buffer.offset());
            all.add(HexFormat.of().formatHex(part.body, from, Math.toIntExact(from + buffer.length())));
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({
        "/table/i1[0:2], '', 807f",
        "/table/u8[1], '', ffffffffffffffff",
        "/table/i3[4], '', c0bdf0ff",
        "/table/f2[1:6], '', 007c00fc0080ff7b0004",
        "/table/be_f8[1], '', 000000000000f07f",
        "/table/truth, '', 4902",
        "/table/opaque[7], '', 07ff00",
    })
    void numbersAreOneBufferWithoutNulls(String request, String nulls, String values) throws IOException {
        List<Part> parts = messages(Fixture.exported("arrows", request), 0);
        assertEquals(2, parts.size());
        assertEquals(List.of(nulls, values), buffers(parts.get(1)));
        Field field = schema(parts.get(0)).fields(0);
        assertFalse(field.nullable());
        assertEquals(0, batch(parts.get(1)).nodes(0).nullCount());
    }

    /** Of the values NaN and infinity the first is missing. */
    @Test
    void missingValuesAreMarked() throws IOException {
        ColumnType type = new ColumnType.Nullable(new ColumnType.Floating(Float.BYTES));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (H5Coro file = Fixture.open()) {
            Export.to("arrows")
                    .withDecoder(dataset -> Optional.of(new ColumnDecoder.Decoding(type, 0, values -> values)))
                    .write(file, Fixture.requests("/table/f4[0:2]"), out);
        }
        List<Part> parts = messages(out.toByteArray(), 0);
        assertEquals(List.of("02", "0000c07f0000807f"), buffers(parts.get(1)));
        assertTrue(schema(parts.get(0)).fields(0).nullable());
        assertEquals(1, batch(parts.get(1)).nodes(0).nullCount());
    }

    @Test
    void textsHaveOffsets() throws IOException {
        List<Part> parts = messages(Fixture.exported("arrows", "/table/text[0:3]"), 0);
        String offsets = "00000000" + "00000000" + "01000000" + "08000000";
        assertEquals(List.of("", offsets, "6167" + "72c3bcc39f65"), buffers(parts.get(1)));
        assertEquals(Type.Utf8, schema(parts.get(0)).fields(0).typeType());
        List<Part> names = messages(Fixture.exported("arrows", "/table/colour[1:3]"), 0);
        String green = HexFormat.of().formatHex("GREENBLUE".getBytes(StandardCharsets.US_ASCII));
        assertEquals(List.of("", "00000000" + "05000000" + "09000000", green), buffers(names.get(1)));
    }

    @Test
    void listsHaveAFixedLengthOrOffsets() throws IOException {
        List<Part> fixed = messages(Fixture.exported("arrows", "/table/array[1:3]"), 0);
        Field outer = schema(fixed.get(0)).fields(0);
        assertEquals(Type.FixedSizeList, outer.typeType());
        assertEquals(2, ((FixedSizeList) outer.type(new FixedSizeList())).listSize());
        Field inner = outer.children(0);
        assertEquals(3, ((FixedSizeList) inner.type(new FixedSizeList())).listSize());
        assertEquals(16, ((Int) inner.children(0).type(new Int())).bitWidth());
        RecordBatch batch = batch(fixed.get(1));
        assertEquals(2, batch.length());
        assertEquals(2, batch.nodes(0).length());
        assertEquals(4, batch.nodes(1).length());
        assertEquals(12, batch.nodes(2).length());
        assertEquals("060007000800", buffers(fixed.get(1)).get(3).substring(0, 12));

        List<Part> ragged = messages(Fixture.exported("arrows", "/table/ragged[0:3]"), 0);
        assertEquals(
                List.of(
                        "",
                        "00000000" + "00000000" + "01000000" + "03000000",
                        "",
                        "ffffffff" + "feffffff" + "ffffffff"),
                buffers(ragged.get(1)));
    }

    @Test
    void compoundsAndComplexNumbersHaveChildren() throws IOException {
        List<Part> parts = messages(Fixture.exported("arrows", "/table/compound[7]", "/table/c16[7]"), 0);
        Field compound = schema(parts.get(0)).fields(0);
        assertEquals(Type.Struct_, compound.typeType());
        assertEquals(5, compound.childrenLength());
        assertEquals("xy", compound.children(1).name());
        Field complex = schema(parts.get(0)).fields(1);
        assertEquals("imaginary", complex.children(1).name());
        List<String> buffers = buffers(parts.get(1));
        // compound; n; xy and its item; t: offsets, bytes; in: a, b; c: offsets, bytes; complex: real, imaginary
        assertEquals(
                List.of("", "", "0200", "", "", "0000604000" + "00e0c0", "", "0000000002000000", "7437"),
                buffers.subList(0, 9));
        assertEquals(List.of("", "0000000000001c40", "", "0000000000002cc0"), buffers.subList(18, 22));
    }

    @Test
    void aFileIsAStreamWithAFooter() throws IOException {
        byte[] file = Fixture.exported("arrow", "/table/i4", "/table/text");
        byte[] stream = Fixture.exported("arrows", "/table/i4", "/table/text");
        byte[] magic = "ARROW1".getBytes(StandardCharsets.US_ASCII);
        assertArrayEquals(magic, Arrays.copyOf(file, 6));
        assertArrayEquals(magic, Arrays.copyOfRange(file, file.length - 6, file.length));
        assertArrayEquals(stream, Arrays.copyOfRange(file, 8, 8 + stream.length));
        int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 10);
        assertEquals(8 + stream.length, file.length - 10 - length);
        Footer footer = Footer.getRootAsFooter(
                ByteBuffer.wrap(Arrays.copyOfRange(file, file.length - 10 - length, file.length - 10)));
        assertEquals(2, footer.schema().fieldsLength());
        assertEquals(0, footer.dictionariesLength());
        Part batch = messages(file, 8).get(1);
        Block block = footer.recordBatches(0);
        assertEquals(1, footer.recordBatchesLength());
        assertEquals(batch.offset, block.offset());
        assertEquals(batch.body.length, block.bodyLength());
        int metadata = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(batch.offset + 4);
        assertEquals(8 + metadata, block.metaDataLength());
    }

    @Test
    void noRowsAreNoBatch() throws IOException {
        assertEquals(1, messages(Fixture.exported("arrows", "/others/empty"), 0).size());
    }
}
