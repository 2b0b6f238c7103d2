// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import io.h5coro.export.format.ColumnType;
import io.h5coro.export.format.ExportColumn;
import io.h5coro.export.format.ExportTable;
import io.h5coro.export.format.RowBatch;
import io.h5coro.model.ElementType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.LongArray;
import io.h5coro.model.Shape;
import io.h5coro.model.StringArray;
import io.h5coro.model.StringType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of references as a table: a row for each chunk, also for missing ones. Columns that no row needs are left
 * out: readers look at "raw" first, and take what is not there for null. Confined to one thread.
 *
 * <pre>
 * path    address of the object; null where there is no reference
 * offset  first byte
 * size    number of bytes
 * raw     the chunk itself, "base64:" and its text; null where it is elsewhere
 * </pre>
 */
final class RecordTable implements ExportTable {
    private static final StringType TEXT =
            new StringType(16, true, StringType.Padding.NULL_TERMINATED, StringType.CharacterSet.UTF_8);
    private static final IntegerType LONG = IntegerType.of(Long.BYTES, ElementType.Order.LITTLE_ENDIAN, true);

    private final List<ExportColumn> columns = new ArrayList<>();
    private final List<H5Array> values = new ArrayList<>();
    private final Shape shape;

    /** Makes the table of some chunks, null for those that are missing. */
    RecordTable(List<@Nullable ChunkReference> rows) {
        this.shape = Shape.of(rows.size());
        List<@Nullable String> paths = new ArrayList<>();
        List<@Nullable String> raws = new ArrayList<>();
        long[] offsets = new long[rows.size()];
        long[] sizes = new long[rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            ChunkReference row = rows.get(i);
            byte[] inlined = row == null ? null : row.inlined();
            paths.add(row == null ? null : row.address());
            raws.add(inlined == null ? null : ReferenceJson.text(inlined));
            offsets[i] = row == null || inlined != null ? 0 : row.offset();
            sizes[i] = row == null || inlined != null ? 0 : row.length();
        }
        boolean inlines = raws.stream().anyMatch(raw -> raw != null);
        if (!inlines || raws.contains(null)) {
            add("path", text(paths), texts(paths));
            add("offset", new ColumnType.Whole(Long.BYTES, true), new LongArray(LONG, shape, offsets));
            add("size", new ColumnType.Whole(Long.BYTES, true), new LongArray(LONG, shape, sizes));
        }
        if (inlines) {
            add("raw", text(raws), texts(raws));
        }
    }

    private void add(String name, ColumnType type, H5Array array) {
        columns.add(new ExportColumn(name, name, type, shape));
        values.add(array);
    }

    private static ColumnType text(List<@Nullable String> texts) {
        ColumnType text = new ColumnType.Text(ColumnType.Text.VARIABLE);
        return texts.contains(null) ? new ColumnType.Nullable(text) : text;
    }

    private StringArray texts(List<@Nullable String> texts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int[] offsets = new int[texts.size() + 1];
        BitSet nil = new BitSet();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            nil.set(i, text == null);
            bytes.writeBytes((text == null ? "" : text).getBytes(StandardCharsets.UTF_8));
            offsets[i + 1] = bytes.size();
        }
        return new StringArray(TEXT, shape, bytes.toByteArray(), offsets, nil);
    }

    @Override
    public List<ExportColumn> columns() {
        return List.copyOf(columns);
    }

    @Override
    public void forEachBatch(Consumer<RowBatch> consumer) throws IOException {
        consumer.accept(new RowBatch(0, (int) shape.elementCount(), values));
    }

    @Override
    public void forEachPart(int column, Consumer<H5Array> consumer) throws IOException {
        consumer.accept(values.get(column));
    }
}
