// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.format;

import java.util.List;

/**
 * What a column holds, as far as formats of files differ in it. It follows from the type of the HDF5 elements and from
 * the dimensions behind the rows. {@link ColumnValues} gives the values.
 */
public sealed interface ColumnType {
    /**
     * Whole numbers: integers and bit fields.
     *
     * @param bytes 1, 2, 4 or 8; {@link #WIDE} for numbers of more than eight bytes
     * @param signed whether the numbers are signed
     */
    record Whole(int bytes, boolean signed) implements ColumnType {
        /** Stands for every size above eight bytes. */
        public static final int WIDE = 16;

        /** Returns the type that holds numbers of so many bytes: 3 bytes are held in 4, and 5 to 7 in 8. */
        public static Whole of(int storedBytes, boolean signed) {
            int bytes = storedBytes <= 2 ? storedBytes : storedBytes <= 4 ? 4 : storedBytes <= 8 ? 8 : WIDE;
            return new Whole(bytes, signed);
        }

        @Override
        public String toString() {
            return bytes == WIDE ? "whole numbers of more than 8 bytes" : (signed ? "int" : "uint") + 8 * bytes;
        }
    }

    /**
     * Floating-point numbers of IEEE 754.
     *
     * @param bytes 2, 4 or 8
     */
    record Floating(int bytes) implements ColumnType {
        @Override
        public String toString() {
            return "float" + 8 * bytes;
        }
    }

    /**
     * Complex numbers: a real and an imaginary part.
     *
     * @param part the type of both
     */
    record Complex(Floating part) implements ColumnType {
        @Override
        public String toString() {
            return "complex of " + part;
        }
    }

    /** Enumerations of FALSE and TRUE. */
    record Bool() implements ColumnType {
        @Override
        public String toString() {
            return "bool";
        }
    }

    /**
     * Other enumerations.
     *
     * @param numbers the type of the numbers that have names
     */
    record Names(Whole numbers) implements ColumnType {
        @Override
        public String toString() {
            return "enumeration of " + numbers;
        }
    }

    /**
     * Texts.
     *
     * @param bytes bytes of each, padding included; {@link #VARIABLE} for texts of variable length
     */
    record Text(int bytes) implements ColumnType {
        /** Stands for no fixed number of bytes. */
        public static final int VARIABLE = 0;

        @Override
        public String toString() {
            return bytes == VARIABLE ? "text of variable length" : "text of " + bytes + " bytes";
        }
    }

    /**
     * Points in time without a zone, as 64-bit counts since 1970-01-01 in the Gregorian calendar.
     *
     * @param nanos whether they count nanoseconds; else microseconds
     */
    record Timestamp(boolean nanos) implements ColumnType {
        /** What a count is stored as. */
        public static final Whole COUNT = new Whole(Long.BYTES, true);

        @Override
        public String toString() {
            return "times in " + (nanos ? "nanoseconds" : "microseconds");
        }
    }

    /**
     * Values that may be missing: numbers that are NaN, texts that are nil, times with the least 64-bit number.
     * {@link ColumnValues#isMissing} says which are.
     *
     * @param element floating-point numbers, texts or times
     */
    record Nullable(ColumnType element) implements ColumnType {
        @Override
        public String toString() {
            return element + " that may be missing";
        }
    }

    /**
     * Opaque bytes.
     *
     * @param length bytes of each value
     */
    record Bytes(int length) implements ColumnType {
        @Override
        public String toString() {
            return "opaque of " + length + " bytes";
        }
    }

    /**
     * Lists of one length: a dimension behind the rows, or of an array type.
     *
     * @param element type of the elements
     * @param length number of elements
     */
    record Fixed(ColumnType element, long length) implements ColumnType {
        @Override
        public String toString() {
            return "list of " + length + " " + element;
        }
    }

    /**
     * Lists of any length.
     *
     * @param element type of the elements
     */
    record Listing(ColumnType element) implements ColumnType {
        @Override
        public String toString() {
            return "list of any number of " + element;
        }
    }

    /**
     * Compounds.
     *
     * @param fields their members, at least one
     */
    record Struct(List<Field> fields) implements ColumnType {
        /** Copies the list. */
        public Struct {
            fields = List.copyOf(fields);
        }

        @Override
        public String toString() {
            return "compound";
        }
    }

    /**
     * A member of a compound.
     *
     * @param name its name
     * @param type its type
     */
    record Field(String name, ColumnType type) {}

    /**
     * What no format holds: references, times of HDF5, floating-point numbers of more than 64 bits.
     *
     * @param what says it in a few words, for messages
     */
    record Other(String what) implements ColumnType {
        @Override
        public String toString() {
            return what;
        }
    }
}
