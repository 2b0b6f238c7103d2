// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.h5coro.export.format.ColumnType;
import io.h5coro.export.format.ColumnValues;
import io.h5coro.export.format.ExportColumn;
import io.h5coro.export.format.ExportTable;
import io.h5coro.export.format.RowBatch;
import io.h5coro.export.format.UnclosedOutput;
import io.h5coro.model.FloatArray;
import io.h5coro.model.H5Array;
import io.h5coro.model.SequenceArray;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Writes the lines of NDJSON. A number that JSON does not have is the text "NaN", "Infinity" or "-Infinity": what reads
 * numbers from texts gets the very value, and null would be another.
 */
final class NdjsonRows {
    private final JsonGenerator json;

    private NdjsonRows(JsonGenerator json) {
        this.json = json;
    }

    static void write(ExportTable table, OutputStream out) throws IOException {
        JsonFactory factory = new JsonFactoryBuilder()
                .rootValueSeparator("")
                // When the export fails within a row, that row must not look whole.
                .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
                .enable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
                .build();
        try (JsonGenerator json = factory.createGenerator(new UnclosedOutput(out))) {
            NdjsonRows rows = new NdjsonRows(json);
            table.forEachBatch(batch -> rows.put(table.columns(), batch));
        }
    }

    private void put(List<ExportColumn> columns, RowBatch batch) throws IOException {
        ColumnType[] types = columns.stream().map(ExportColumn::row).toArray(ColumnType[]::new);
        for (int row = 0; row < batch.rows(); row++) {
            json.writeStartObject();
            for (int i = 0; i < types.length; i++) {
                json.writeFieldName(columns.get(i).name());
                put(types[i], batch.values().get(i), row);
            }
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private void put(ColumnType type, H5Array array, int i) throws IOException {
        if (type instanceof ColumnType.Fixed list) {
            int length = (int) list.length();
            list(list.element(), array, i * length, (i + 1) * length);
        } else if (type instanceof ColumnType.Listing list) {
            SequenceArray sequences = ColumnValues.sequences(array);
            list(list.element(), sequences.elements(), sequences.offset(i), sequences.offset(i + 1));
        } else if (type instanceof ColumnType.Struct struct) {
            compound(struct, array, i);
        } else {
            leaf(type, ColumnValues.elements(array), i);
        }
    }

    private void list(ColumnType element, H5Array array, int from, int to) throws IOException {
        json.writeStartArray();
        for (int i = from; i < to; i++) {
            put(element, array, i);
        }
        json.writeEndArray();
    }

    private void compound(ColumnType.Struct struct, H5Array array, int i) throws IOException {
        json.writeStartObject();
        List<ColumnType.Field> fields = struct.fields();
        for (int k = 0; k < fields.size(); k++) {
            json.writeFieldName(fields.get(k).name());
            put(fields.get(k).type(), ColumnValues.member(array, k), i);
        }
        json.writeEndObject();
    }

    private void leaf(ColumnType type, H5Array array, int i) throws IOException {
        if (ColumnValues.isMissing(type, array, i)) {
            json.writeNull();
        } else if (type instanceof ColumnType.Nullable nullable) {
            leaf(nullable.element(), array, i);
        } else if (type instanceof ColumnType.Floating floating) {
            floating(floating, array, i);
        } else if (type instanceof ColumnType.Whole whole) {
            whole(whole, array, i);
        } else if (type instanceof ColumnType.Bool) {
            json.writeBoolean(ColumnValues.bool(array, i));
        } else if (type instanceof ColumnType.Complex complex) {
            json.writeStartObject();
            json.writeFieldName("real");
            floating(complex.part(), ColumnValues.parts(array), 2 * i);
            json.writeFieldName("imaginary");
            floating(complex.part(), ColumnValues.parts(array), 2 * i + 1);
            json.writeEndObject();
        } else {
            json.writeString(CellText.of(type, array, i));
        }
    }

    private void whole(ColumnType.Whole type, H5Array array, int i) throws IOException {
        if (type.bytes() < Long.BYTES || type.bytes() == Long.BYTES && type.signed()) {
            json.writeNumber(array.getLong(i));
        } else {
            json.writeNumber(array.getBigInteger(i));
        }
    }

    private void floating(ColumnType.Floating type, H5Array array, int i) throws IOException {
        if (type.bytes() > Float.BYTES) {
            json.writeNumber(array.getDouble(i));
        } else {
            json.writeNumber(array instanceof FloatArray floats ? floats.values()[i] : (float) array.getDouble(i));
        }
    }
}
