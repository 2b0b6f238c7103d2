// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.math.BigInteger;

/**
 * The values of a dataset, a slice or an attribute: a shape, an element type, and one flat row-major array. Element i
 * of an accessor is the i-th in row-major order of {@link #shape()}.
 *
 * <p>The permitted classes say how values are stored; {@link #type()} says what they were in the file. Accessors that
 * widen are exact ({@link #getLong(int)} gives unsigned numbers below 2^63 as they are), and one that the stored values
 * cannot satisfy exactly throws, never rounds, except where its description says so.
 *
 * <p>Immutable by convention: {@code values()} of a class gives the array itself, which belongs to the caller; whoever
 * changes it changes this object. Safe to share between threads as long as nobody does.
 */
public sealed interface H5Array
        permits ByteArray,
                ShortArray,
                IntArray,
                LongArray,
                BigIntegerArray,
                FloatArray,
                DoubleArray,
                WideFloatArray,
                StringArray,
                OpaqueArray,
                ReferenceArray,
                CompoundArray,
                SequenceArray,
                NestedArray,
                ComplexArray {
    /** The lengths of the dimensions; "()" for a single value. */
    Shape shape();

    /** The type of the elements in the file. */
    ElementType type();

    /** The number of elements. */
    int length();

    /** The values {@code [from, to)} in row-major order, copied into a one-dimensional array. */
    H5Array copyOfRange(int from, int to);

    /** The same values under another shape of as many elements; storage is shared. */
    H5Array withShape(Shape shape);

    /**
     * Element i as a long, unsigned types as unsigned.
     *
     * @throws ArithmeticException when an unsigned number is above 2^63 - 1
     * @throws UnsupportedOperationException when the elements are not whole numbers
     */
    default long getLong(int i) {
        throw no("whole numbers");
    }

    /**
     * The 64 bits of whole number i: those of {@link #getLong(int)}, and of an unsigned number above 2^63 - 1 too, for
     * {@link Long#toUnsignedString(long)} and its kin.
     *
     * @throws ArithmeticException when it has more bits
     * @throws UnsupportedOperationException when the elements are not whole numbers
     */
    default long getBits(int i) {
        return getLong(i);
    }

    /**
     * Element i as a double: exact for whole numbers of up to 53 bits and floats of up to 64 bits, the nearest double
     * otherwise.
     *
     * @throws UnsupportedOperationException when the elements are not numbers
     */
    default double getDouble(int i) {
        throw no("numbers");
    }

    /**
     * Element i as a BigInteger; exact for every whole number.
     *
     * @throws UnsupportedOperationException when the elements are not whole numbers
     */
    default BigInteger getBigInteger(int i) {
        return BigInteger.valueOf(getLong(i));
    }

    /**
     * Element i as text: a string, or the name of an enumeration's number (its digits when it has no name).
     *
     * @throws UnsupportedOperationException when the elements are neither
     */
    default String getString(int i) {
        throw no("strings");
    }

    /**
     * The values of one member of a compound.
     *
     * @throws UnsupportedOperationException when the elements are not compounds
     * @throws IllegalArgumentException when there is no such member
     */
    default H5Array field(String name) {
        throw no("compounds");
    }

    /** The type by its {@link ElementType#shortName()}, the shape and the first values; of bounded length. */
    @Override
    String toString();

    private UnsupportedOperationException no(String what) {
        return new UnsupportedOperationException("elements of type " + type().shortName() + " are not " + what);
    }
}
