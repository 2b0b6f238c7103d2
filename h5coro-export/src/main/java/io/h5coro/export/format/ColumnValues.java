// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.format;

import io.h5coro.model.ComplexArray;
import io.h5coro.model.CompoundArray;
import io.h5coro.model.H5Array;
import io.h5coro.model.NestedArray;
import io.h5coro.model.SequenceArray;
import io.h5coro.model.StringArray;
import io.h5coro.model.WideFloatArray;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Finds the values of a {@link ColumnType} in arrays.
 *
 * <p>A {@link ColumnType.Fixed} multiplies indexes: value i has the elements {@code [i * length, (i + 1) * length)} of
 * the same array, so that dimensions and array types need no arrays of their own. The methods here take an array with
 * the index of an element that is not {@code Fixed}.
 */
public final class ColumnValues {
    private ColumnValues() {}

    /** Returns the array of the elements themselves: those of arrays that are elements, else the array. */
    public static H5Array elements(H5Array array) {
        H5Array elements = array;
        while (elements instanceof NestedArray nested) {
            elements = nested.elements();
        }
        if (elements instanceof WideFloatArray) {
            throw new ExportRefusedException("a floating-point number of " + elements.type() + " is no double");
        }
        return elements;
    }

    /** Returns the values of a member of compounds, by its position. */
    public static H5Array member(H5Array array, int position) {
        return ((CompoundArray) elements(array)).fields().get(position);
    }

    /** Returns real and imaginary parts, alternating. */
    public static H5Array parts(H5Array array) {
        return elements(((ComplexArray) elements(array)).parts());
    }

    /** Returns the sequences that lists of any length are. */
    public static SequenceArray sequences(H5Array array) {
        return (SequenceArray) elements(array);
    }

    /** Returns a text in UTF-8, without its padding. */
    public static byte[] utf8(H5Array array, int i) {
        if (array instanceof StringArray strings) {
            byte[] bytes = strings.textBytes(i);
            boolean ascii = true;
            for (byte one : bytes) {
                ascii &= one >= 0;
            }
            if (ascii) {
                return bytes;
            }
        }
        return array.getString(i).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Returns a truth value.
     *
     * @throws ExportRefusedException when the number is neither that of FALSE nor that of TRUE
     */
    public static boolean bool(H5Array array, int i) {
        long number = array.getLong(i);
        if (number != 0 && number != 1) {
            throw new ExportRefusedException("the truth value " + number + " is neither FALSE nor TRUE");
        }
        return number == 1;
    }

    /** Returns whether a value is missing: of a {@link ColumnType.Nullable} NaN, nil, or the least 64-bit number. */
    public static boolean isMissing(ColumnType type, H5Array array, int i) {
        if (!(type instanceof ColumnType.Nullable nullable)) {
            return false;
        }
        if (nullable.element() instanceof ColumnType.Floating) {
            return Double.isNaN(array.getDouble(i));
        }
        return array instanceof StringArray texts ? texts.isNil(i) : array.getLong(i) == Long.MIN_VALUE;
    }

    /** Returns the type of the values that are not missing. */
    public static ColumnType present(ColumnType type) {
        return type instanceof ColumnType.Nullable nullable ? nullable.element() : type;
    }

    /**
     * Checks the types of columns.
     *
     * @param format its name, for the message
     * @param reason what keeps the format from holding a type that has no types in it; an empty text when it holds it.
     *     Asked for the elements of lists and the members of compounds, and for these themselves
     * @throws ExportRefusedException when there is a reason for any; names every such column
     */
    public static void check(String format, List<ExportColumn> columns, Function<ColumnType, String> reason) {
        List<String> problems = new ArrayList<>();
        for (ExportColumn column : columns) {
            String found = reason(column.row(), reason);
            if (!found.isEmpty()) {
                problems.add(format + " cannot hold " + column.path() + ": " + found);
            }
        }
        if (!problems.isEmpty()) {
            throw new ExportRefusedException(problems);
        }
    }

    private static String reason(ColumnType type, Function<ColumnType, String> reason) {
        if (type instanceof ColumnType.Other other) {
            return other.what();
        }
        String own = reason.apply(type);
        if (!own.isEmpty()) {
            return own;
        }
        if (type instanceof ColumnType.Nullable nullable) {
            return reason(nullable.element(), reason);
        }
        if (type instanceof ColumnType.Fixed list) {
            return reason(list.element(), reason);
        }
        if (type instanceof ColumnType.Listing list) {
            return reason(list.element(), reason);
        }
        if (type instanceof ColumnType.Struct struct) {
            for (ColumnType.Field field : struct.fields()) {
                String found = reason(field.type(), reason);
                if (!found.isEmpty()) {
                    return "its member " + field.name() + ": " + found;
                }
            }
        }
        return "";
    }
}
