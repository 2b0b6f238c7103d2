// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.h5coro.export.format.ExportColumn;
import io.h5coro.export.format.ExportTable;
import io.h5coro.export.format.LittleEndianOutput;
import io.h5coro.export.format.RowBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * Writes messages of Arrow IPC: the schema, and one record batch for each batch of rows. Confined to one thread.
 *
 * <pre>
 * stream   message of the schema, messages of record batches, end of the stream
 * message  0xffffffff, length of the metadata (4 bytes), metadata, padding to 8, body
 * end      0xffffffff, 0 (4 bytes)
 * file     "ARROW1", 2 zeros, stream, footer, length of the footer (4 bytes), "ARROW1"
 * </pre>
 *
 * @see <a href="https://arrow.apache.org/docs/format/Columnar.html">Arrow Columnar Format, version 1.5</a>
 */
final class ArrowMessages {
    private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
    private static final int CONTINUATION = -1;
    private static final int ALIGNMENT = 8;

    private final ExportTable table;
    private final LittleEndianOutput out;
    private final List<Place> batches = new ArrayList<>();

    /** Where a message is in the file. */
    private record Place(long offset, int metadataBytes, long bodyBytes) {}

    ArrowMessages(ExportTable table, OutputStream out) {
        this.table = table;
        this.out = new LittleEndianOutput(out);
    }

    void writeStream() throws IOException {
        int unused = write(schema());
        List<ExportColumn> columns = table.columns();
        table.forEachBatch(batch -> write(columns, batch));
        out.writeInt(CONTINUATION);
        out.writeInt(0);
        out.flush();
    }

    void writeFile() throws IOException {
        out.write(MAGIC);
        out.writeZeros(ALIGNMENT - MAGIC.length);
        writeStream();
        byte[] footer = footer();
        out.write(footer);
        out.writeInt(footer.length);
        out.write(MAGIC);
        out.flush();
    }

    private byte[] schema() {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int schema = ArrowSchema.of(table.columns(), builder);
        return message(builder, MessageHeader.Schema, schema, 0);
    }

    private static byte[] message(FlatBufferBuilder builder, byte type, int header, long bodyBytes) {
        builder.finish(Message.createMessage(builder, MetadataVersion.V5, type, header, bodyBytes, 0));
        return builder.sizedByteArray();
    }

    /** Writes all of a message but its body, and returns the number of bytes. */
    private int write(byte[] metadata) throws IOException {
        int length = (metadata.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        out.writeInt(CONTINUATION);
        out.writeInt(length);
        out.write(metadata);
        out.writeZeros(length - metadata.length);
        return 2 * Integer.BYTES + length;
    }

    private void write(List<ExportColumn> columns, RowBatch rows) throws IOException {
        ArrowBody body = new ArrowBody();
        for (int i = 0; i < columns.size(); i++) {
            body.add(columns.get(i).row(), rows.values().get(i), rows.rows());
        }
        long start = out.position();
        int metadata = write(recordBatch(body, rows.rows()));
        batches.add(new Place(start, metadata, body.bytes()));
        body.write(out);
    }

    private static byte[] recordBatch(ArrowBody body, int rows) {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        List<ArrowBody.Part> parts = body.parts();
        RecordBatch.startBuffersVector(builder, parts.size());
        for (int i = parts.size() - 1; i >= 0; i--) {
            Buffer.createBuffer(builder, parts.get(i).offset(), parts.get(i).bytes());
        }
        int buffers = builder.endVector();
        List<Integer> lengths = body.lengths();
        RecordBatch.startNodesVector(builder, lengths.size());
        for (int i = lengths.size() - 1; i >= 0; i--) {
            FieldNode.createFieldNode(builder, lengths.get(i), body.nulls().get(i));
        }
        int nodes = builder.endVector();
        int batch = RecordBatch.createRecordBatch(builder, rows, nodes, buffers, 0, 0);
        return message(builder, MessageHeader.RecordBatch, batch, body.bytes());
    }

    private byte[] footer() {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int schema = ArrowSchema.of(table.columns(), builder);
        Footer.startRecordBatchesVector(builder, batches.size());
        for (int i = batches.size() - 1; i >= 0; i--) {
            Place place = batches.get(i);
            Block.createBlock(builder, place.offset, place.metadataBytes, place.bodyBytes);
        }
        int blocks = builder.endVector();
        Footer.startDictionariesVector(builder, 0);
        int dictionaries = builder.endVector();
        builder.finish(Footer.createFooter(builder, MetadataVersion.V5, schema, dictionaries, blocks, 0));
        return builder.sizedByteArray();
    }
}
