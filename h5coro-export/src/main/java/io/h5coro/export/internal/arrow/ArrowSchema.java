// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.h5coro.export.format.ColumnType;
import io.h5coro.export.format.ColumnValues;
import io.h5coro.export.format.ExportColumn;
import java.util.List;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeBinary;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Struct_;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/** The schema of columns: the type in Arrow of each. Fields of values that may be missing are nullable. */
final class ArrowSchema {
    private final FlatBufferBuilder builder;

    private ArrowSchema(FlatBufferBuilder builder) {
        this.builder = builder;
    }

    /** Adds the schema to a message, and returns its place there. */
    static int of(List<ExportColumn> columns, FlatBufferBuilder builder) {
        ArrowSchema schema = new ArrowSchema(builder);
        int[] fields = columns.stream()
                .mapToInt(column -> schema.field(column.name(), column.row()))
                .toArray();
        int vector = Schema.createFieldsVector(builder, fields);
        return Schema.createSchema(builder, Endianness.Little, vector, 0, 0);
    }

    /** A type in Arrow: which one, its own table, and its children. */
    @SuppressWarnings("ArrayRecordComponent") // Read once.
    private record Stored(byte type, int table, int... children) {}

    private int field(String name, ColumnType type) {
        Stored stored = stored(ColumnValues.present(type));
        int children = Field.createChildrenVector(builder, stored.children);
        int text = builder.createString(name);
        return Field.createField(
                builder, text, type instanceof ColumnType.Nullable, stored.type, stored.table, 0, children, 0);
    }

    private Stored stored(ColumnType type) {
        if (type instanceof ColumnType.Fixed list) {
            int element = field("item", list.element());
            return new Stored(
                    Type.FixedSizeList, FixedSizeList.createFixedSizeList(builder, (int) list.length()), element);
        }
        if (type instanceof ColumnType.Listing list) {
            int element = field("item", list.element());
            org.apache.arrow.flatbuf.List.startList(builder);
            return new Stored(Type.List, org.apache.arrow.flatbuf.List.endList(builder), element);
        }
        if (type instanceof ColumnType.Struct struct) {
            return struct(struct.fields());
        }
        if (type instanceof ColumnType.Complex complex) {
            return struct(List.of(
                    new ColumnType.Field("real", complex.part()), new ColumnType.Field("imaginary", complex.part())));
        }
        return leaf(type);
    }

    private Stored struct(List<ColumnType.Field> fields) {
        int[] children = fields.stream()
                .mapToInt(field -> field(field.name(), field.type()))
                .toArray();
        Struct_.startStruct_(builder);
        return new Stored(Type.Struct_, Struct_.endStruct_(builder), children);
    }

    private Stored leaf(ColumnType type) {
        if (type instanceof ColumnType.Whole whole) {
            return new Stored(Type.Int, Int.createInt(builder, Byte.SIZE * whole.bytes(), whole.signed()));
        }
        if (type instanceof ColumnType.Floating floating) {
            short precision = floating.bytes() == Short.BYTES
                    ? Precision.HALF
                    : floating.bytes() == Float.BYTES ? Precision.SINGLE : Precision.DOUBLE;
            return new Stored(Type.FloatingPoint, FloatingPoint.createFloatingPoint(builder, precision));
        }
        if (type instanceof ColumnType.Timestamp time) {
            short unit = time.nanos() ? TimeUnit.NANOSECOND : TimeUnit.MICROSECOND;
            return new Stored(Type.Timestamp, Timestamp.createTimestamp(builder, unit, 0));
        }
        if (type instanceof ColumnType.Bytes bytes) {
            return new Stored(Type.FixedSizeBinary, FixedSizeBinary.createFixedSizeBinary(builder, bytes.length()));
        }
        if (type instanceof ColumnType.Bool) {
            Bool.startBool(builder);
            return new Stored(Type.Bool, Bool.endBool(builder));
        }
        Utf8.startUtf8(builder);
        return new Stored(Type.Utf8, Utf8.endUtf8(builder));
    }
}
