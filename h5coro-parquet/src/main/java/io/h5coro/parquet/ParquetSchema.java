// SPDX-License-Identifier: Apache-2.0
package io.h5coro.parquet;

import io.h5coro.export.format.ColumnType;
import io.h5coro.export.format.ColumnValues;
import io.h5coro.export.format.ExportColumn;
import java.util.ArrayList;
import java.util.List;

/**
 * The schema of columns: elements in the order of a walk through the tree, of which only leaves have values. Only
 * values that may be missing are optional. A list is a group with a repeated group "list" of an "element". Immutable.
 *
 * @param elements each a {@code SchemaElement} of Thrift
 * @param leaves the columns that have values
 */
record ParquetSchema(List<byte[]> elements, List<List<Leaf>> leaves) {
    private static final int REQUIRED = 0;
    private static final int OPTIONAL = 1;
    private static final int REPEATED = 2;

    /** The fields of a {@code SchemaElement}. */
    private static final int TYPE = 1;

    private static final int TYPE_LENGTH = 2;
    private static final int REPETITION = 3;
    private static final int NAME = 4;
    private static final int CHILDREN = 5;
    private static final int CONVERTED = 6;
    private static final int LOGICAL = 10;

    /** Types that readers of older versions know; those of whole numbers follow one another by size. */
    private static final int CONVERTED_UTF8 = 0;

    private static final int CONVERTED_LIST = 3;
    private static final int CONVERTED_UINT_8 = 11;
    private static final int CONVERTED_INT_8 = 15;

    /** The fields of a {@code LogicalType}. */
    private static final int LOGICAL_STRING = 1;

    private static final int LOGICAL_LIST = 3;
    private static final int LOGICAL_TIMESTAMP = 8;
    private static final int LOGICAL_INTEGER = 10;

    /** The schema of columns; the leaves of each are together. */
    static ParquetSchema of(List<ExportColumn> columns) {
        List<byte[]> elements = new ArrayList<>();
        elements.add(group("schema", -1, columns.size()).bytes());
        List<List<Leaf>> leaves = new ArrayList<>();
        for (ExportColumn column : columns) {
            Walk walk = new Walk(elements, new ArrayList<>());
            walk.add(column.name(), column.row(), new Leaf(List.of(), List.of(), column.row()));
            leaves.add(walk.leaves);
        }
        return new ParquetSchema(elements, leaves);
    }

    private static Thrift group(String name, int repetition, int children) {
        Thrift element = new Thrift().element();
        if (repetition >= 0) {
            element.i32(REPETITION, repetition);
        }
        return element.text(NAME, name).i32(CHILDREN, children).end();
    }

    /** A walk through the type of a column. */
    private record Walk(List<byte[]> elements, List<Leaf> leaves) {
        /** Adds what has a name and a type; {@code way} says what leads there. */
        void add(String name, ColumnType type, Leaf way) {
            Leaf here = new Leaf(with(way.names(), name), way.steps(), type);
            if (type instanceof ColumnType.Fixed list) {
                list(name, list.element(), here, new Leaf.Step(Leaf.Kind.FIXED, (int) list.length()));
            } else if (type instanceof ColumnType.Listing list) {
                list(name, list.element(), here, new Leaf.Step(Leaf.Kind.LISTING, 0));
            } else if (type instanceof ColumnType.Struct struct) {
                elements.add(group(name, REQUIRED, struct.fields().size()).bytes());
                for (int i = 0; i < struct.fields().size(); i++) {
                    ColumnType.Field field = struct.fields().get(i);
                    add(field.name(), field.type(), and(here, new Leaf.Step(Leaf.Kind.MEMBER, i)));
                }
            } else if (type instanceof ColumnType.Complex complex) {
                elements.add(group(name, REQUIRED, 2).bytes());
                add("real", complex.part(), and(here, new Leaf.Step(Leaf.Kind.PART, 0)));
                add("imaginary", complex.part(), and(here, new Leaf.Step(Leaf.Kind.PART, 1)));
            } else {
                elements.add(leaf(name, type));
                leaves.add(here);
            }
        }

        private void list(String name, ColumnType element, Leaf here, Leaf.Step step) {
            elements.add(new Thrift()
                    .element()
                    .i32(REPETITION, REQUIRED)
                    .text(NAME, name)
                    .i32(CHILDREN, 1)
                    .i32(CONVERTED, CONVERTED_LIST)
                    .struct(LOGICAL)
                    .struct(LOGICAL_LIST)
                    .end()
                    .end()
                    .end()
                    .bytes());
            elements.add(group("list", REPEATED, 1).bytes());
            Leaf inside = and(here, step);
            add("element", element, new Leaf(with(inside.names(), "list"), inside.steps(), inside.type()));
        }

        private static Leaf and(Leaf way, Leaf.Step step) {
            return new Leaf(way.names(), with(way.steps(), step), way.type());
        }

        private static <T> List<T> with(List<T> list, T last) {
            List<T> longer = new ArrayList<>(list);
            longer.add(last);
            return longer;
        }
    }

    private static byte[] leaf(String name, ColumnType optional) {
        ColumnType type = ColumnValues.present(optional);
        Thrift element = new Thrift().element().i32(TYPE, Physical.of(type).code());
        if (type instanceof ColumnType.Bytes bytes) {
            element.i32(TYPE_LENGTH, bytes.length());
        }
        element.i32(REPETITION, type == optional ? REQUIRED : OPTIONAL).text(NAME, name);
        if (type instanceof ColumnType.Whole whole) {
            int size = Integer.numberOfTrailingZeros(whole.bytes());
            element.i32(CONVERTED, size + (whole.signed() ? CONVERTED_INT_8 : CONVERTED_UINT_8));
            element.struct(LOGICAL).struct(LOGICAL_INTEGER).i8(1, Byte.SIZE * whole.bytes());
            element.bool(2, whole.signed()).end().end();
        } else if (type instanceof ColumnType.Timestamp time) {
            // Not in UTC, as numpy and xarray have times; older readers have no such type.
            element.struct(LOGICAL).struct(LOGICAL_TIMESTAMP).bool(1, false);
            element.struct(2).struct(time.nanos() ? 3 : 2).end().end().end().end();
        } else if (type instanceof ColumnType.Text || type instanceof ColumnType.Names) {
            element.i32(CONVERTED, CONVERTED_UTF8);
            element.struct(LOGICAL).struct(LOGICAL_STRING).end().end();
        }
        return element.end().bytes();
    }
}
