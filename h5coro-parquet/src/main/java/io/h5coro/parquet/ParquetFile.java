// SPDX-License-Identifier: Apache-2.0
package io.h5coro.parquet;

import io.h5coro.export.format.ExportTable;
import io.h5coro.export.format.LittleEndianOutput;
import io.h5coro.export.format.RowBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a file of Parquet. Confined to one thread.
 *
 * <pre>
 * file       "PAR1", row groups, FileMetaData (Thrift), its length (4 bytes), "PAR1"
 * row group  a chunk of each column
 * </pre>
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/">File format of Parquet</a>
 */
final class ParquetFile {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 2;

    private final ExportTable table;
    private final ParquetSchema schema;
    private final LittleEndianOutput out;
    private final List<byte[]> groups = new ArrayList<>();
    private long rows;

    ParquetFile(ExportTable table, OutputStream out) {
        this.table = table;
        this.schema = ParquetSchema.of(table.columns());
        this.out = new LittleEndianOutput(out);
    }

    void write() throws IOException {
        out.write(MAGIC);
        table.forEachBatch(this::group);
        byte[] footer = footer();
        out.write(footer);
        out.writeInt(footer.length);
        out.write(MAGIC);
        out.flush();
    }

    private void group(RowBatch batch) throws IOException {
        long start = out.position();
        long plainBytes = 0;
        List<byte[]> chunks = new ArrayList<>();
        for (int i = 0; i < batch.values().size(); i++) {
            for (Leaf leaf : schema.leaves().get(i)) {
                ColumnChunk chunk = new ColumnChunk(leaf, batch.values().get(i), batch.rows(), out);
                chunks.add(chunk.write());
                plainBytes += chunk.plainBytes();
            }
        }
        Thrift group = new Thrift().element().list(1, Thrift.STRUCT, chunks.size());
        chunks.forEach(group::raw);
        group.i64(2, plainBytes).i64(3, batch.rows()).i64(5, start).i64(6, out.position() - start);
        groups.add(group.end().bytes());
        rows += batch.rows();
    }

    private byte[] footer() {
        Thrift footer = new Thrift().element().i32(1, VERSION);
        footer.list(2, Thrift.STRUCT, schema.elements().size());
        schema.elements().forEach(footer::raw);
        footer.i64(3, rows).list(4, Thrift.STRUCT, groups.size());
        groups.forEach(footer::raw);
        footer.text(6, "h5coro for Java");
        // The order of least and greatest values is that of each type: a ColumnOrder of one empty structure.
        int columns = schema.leaves().stream().mapToInt(List::size).sum();
        footer.list(7, Thrift.STRUCT, columns);
        for (int i = 0; i < columns; i++) {
            footer.element().struct(1).end().end();
        }
        return footer.end().bytes();
    }
}
