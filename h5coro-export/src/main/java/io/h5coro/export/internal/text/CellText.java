// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.text;

import io.h5coro.export.format.ColumnType;
import io.h5coro.export.format.ColumnValues;
import io.h5coro.model.FloatArray;
import io.h5coro.model.H5Array;
import io.h5coro.model.OpaqueArray;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** A single value as text. */
final class CellText {
    private CellText() {}

    /** Returns a value that is neither a list nor a compound nor complex: its digits, text, name, or bytes in hex. */
    static String of(ColumnType type, H5Array array, int i) {
        if (type instanceof ColumnType.Nullable nullable) {
            return ColumnValues.isMissing(type, array, i) ? "" : of(nullable.element(), array, i);
        }
        if (type instanceof ColumnType.Timestamp time) {
            return time(time, array.getLong(i));
        }
        if (type instanceof ColumnType.Floating floating) {
            return floating(floating, array, i);
        }
        if (type instanceof ColumnType.Whole whole) {
            return whole(whole, array, i);
        }
        if (type instanceof ColumnType.Bool) {
            return Boolean.toString(ColumnValues.bool(array, i));
        }
        if (type instanceof ColumnType.Bytes) {
            return hex(array, i);
        }
        return array.getString(i);
    }

    /** ISO 8601 without a zone; the fraction of a second has no more digits than it needs. */
    private static String time(ColumnType.Timestamp type, long count) {
        long perSecond = type.nanos() ? 1_000_000_000 : 1_000_000;
        int nano = (int) (Math.floorMod(count, perSecond) * (1_000_000_000 / perSecond));
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(count, perSecond), nano, ZoneOffset.UTC);
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    }

    static String whole(ColumnType.Whole type, H5Array array, int i) {
        if (type.bytes() == ColumnType.Whole.WIDE) {
            return array.getBigInteger(i).toString();
        }
        return type.signed() ? Long.toString(array.getLong(i)) : Long.toUnsignedString(array.getBits(i));
    }

    /** As few digits as give the very number when they are read as a number of its size. */
    private static String floating(ColumnType.Floating type, H5Array array, int i) {
        if (type.bytes() > Float.BYTES) {
            return Double.toString(array.getDouble(i));
        }
        return Float.toString(array instanceof FloatArray floats ? floats.values()[i] : (float) array.getDouble(i));
    }

    static String hex(H5Array array, int i) {
        return HexFormat.of().formatHex(((OpaqueArray) array).bytes(i));
    }
}
