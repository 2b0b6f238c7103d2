// SPDX-License-Identifier: Apache-2.0
package io.h5coro.parquet;

import io.h5coro.export.format.ColumnType;
import io.h5coro.export.format.ColumnValues;
import io.h5coro.export.format.LittleEndianOutput;
import io.h5coro.model.H5Array;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a column of a row group: pages of whole rows, each compressed by itself. Confined to one thread.
 *
 * <pre>
 * chunk  pages
 * page   PageHeader (Thrift); compressed: levels of repetition and definition where there are lists, values
 * </pre>
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift">parquet.thrift</a>
 */
final class ColumnChunk {
    /** Readers decompress a page at once. */
    private static final int PAGE_BYTES = 1 << 20;

    /** The level of gzip: the usual one takes twice the time, for pages of numbers that are some percent smaller. */
    private static final int COMPRESSION = 4;

    private static final int PLAIN = 0;
    private static final int RLE = 3;
    private static final int GZIP = 2;

    private final Leaf.Values values;
    private final Levels levels;
    private final PlainValues plain;
    private final int rows;
    private final LittleEndianOutput out;

    private long valueCount;
    private long plainBytes;

    /**
     * Writes nothing yet.
     *
     * @param column values of the table's column that the leaf is in
     * @param rows number of rows
     */
    ColumnChunk(Leaf leaf, H5Array column, int rows, LittleEndianOutput out) {
        this.values = leaf.of(column);
        this.levels = new Levels(values);
        this.plain = new PlainValues(leaf.type(), values.array(), leaf.stride());
        this.rows = rows;
        this.out = out;
    }

    /** Bytes before compression. */
    long plainBytes() {
        return plainBytes;
    }

    /** Writes the pages, and returns the {@code ColumnChunk} of Thrift. */
    byte[] write() throws IOException {
        long start = out.position();
        for (int row = 0; row < rows; ) {
            row = page(row);
        }
        return metadata(start);
    }

    /** Writes a page of the rows from {@code first}, and returns the row behind it. */
    private int page(int first) throws IOException {
        levels.clear();
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        LittleEndianOutput page = new LittleEndianOutput(encoded);
        int step = step(first);
        int row = first;
        while (row < rows && page.position() < PAGE_BYTES) {
            int end = Math.min(rows, row + step);
            plain.write(values.start(row), values.start(end), page);
            for (int i = row; i < end && values.leaf().definitions() > 0; i++) {
                levels.addRow(i);
            }
            row = end;
        }
        page.flush();
        put(values.leaf().definitions() > 0 ? levels.count() : row - first, encoded);
        return row;
    }

    /** Rows that are looked at together: single ones where their sizes differ; of bits, whole bytes. */
    private int step(int row) {
        ColumnType type = ColumnValues.present(values.leaf().type());
        boolean differ = type instanceof ColumnType.Text
                || type instanceof ColumnType.Names
                || !values.sequences().isEmpty();
        if (type instanceof ColumnType.Bool) {
            // The bits of a page are packed from its first to its last.
            return rows;
        }
        return differ ? 1 : Math.max(1, PAGE_BYTES / Double.BYTES / Math.max(1, values.count(row, row + 1)));
    }

    private void put(int count, ByteArrayOutputStream encoded) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(encoded.size() + 1024);
        if (values.leaf().definitions() > 0) {
            levels.writeTo(whole);
        }
        encoded.writeTo(whole);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(whole.size() / 2 + 1024);
        try (OutputStream gzip = new Gzip(compressed)) {
            whole.writeTo(gzip);
        }
        byte[] header = new Thrift()
                .element()
                .i32(1, 0)
                .i32(2, whole.size())
                .i32(3, compressed.size())
                .struct(5)
                .i32(1, count)
                .i32(2, PLAIN)
                .i32(3, RLE)
                .i32(4, RLE)
                .end()
                .end()
                .bytes();
        out.write(header);
        out.write(compressed.toByteArray());
        valueCount += count;
        plainBytes += header.length + whole.size();
    }

    private byte[] metadata(long start) {
        Leaf leaf = values.leaf();
        Thrift chunk = new Thrift().element().i64(2, start).struct(3);
        chunk.i32(1, Physical.of(leaf.type()).code());
        chunk.list(2, Thrift.I32, 2).i32(PLAIN);
        chunk.i32(RLE);
        chunk.list(3, Thrift.BINARY, leaf.names().size());
        leaf.names().forEach(name -> chunk.binary(name.getBytes(StandardCharsets.UTF_8)));
        chunk.i32(4, GZIP)
                .i64(5, valueCount)
                .i64(6, plainBytes)
                .i64(7, out.position() - start)
                .i64(9, start);
        chunk.structure(12, Extremes.statistics(leaf, values.array(), values.start(0), values.start(rows)));
        return chunk.end().end().bytes();
    }

    /** Gzip of another level than the usual one. */
    private static final class Gzip extends GZIPOutputStream {
        private static final int BUFFER_BYTES = 1 << 14;

        Gzip(OutputStream out) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(COMPRESSION);
        }
    }
}
