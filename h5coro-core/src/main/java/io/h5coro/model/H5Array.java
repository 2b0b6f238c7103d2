// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.math.BigInteger;

/**
 * The values of a dataset, a slice or an attribute: a shape, an element type, and one flat array in row-major order.
 * Element i of an accessor, {@code 0 <= i < length()}, is the i-th element in row-major order of {@link #shape()}.
 *
 * <p>The permitted classes say how values are stored in memory; {@link #type()} says what they are in the file:
 *
 * <pre>{@code
 * H5Array array = file.read("/gt1l/heights/h_ph");
 * if (array instanceof FloatArray floats) {
 *     float[] values = floats.values();
 * }
 * double first = array.getDouble(0);
 * }</pre>
 *
 * <p>Accessors are exact: one that cannot give the stored value exactly throws, except where its description says that
 * it rounds.
 *
 * <p>The backing array that {@code values()} of a class returns belongs to the caller; changing it changes this object.
 * An array that is not changed is safe to share between threads.
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
    /** Returns the lengths of the dimensions, slowest first; "()" for a single value. */
    Shape shape();

    /** Returns the type of the elements in the file. */
    ElementType type();

    /** Returns the number of elements. */
    int length();

    /** Copies the elements {@code [from, to)} in row-major order into an array of one dimension. */
    H5Array copyOfRange(int from, int to);

    /**
     * Returns the same values under another shape. The backing array is shared.
     *
     * @throws IllegalArgumentException when the shape has another number of elements
     */
    H5Array withShape(Shape shape);

    /**
     * Returns element i as a {@code long}. Unsigned numbers are widened as unsigned; enumerations give their number.
     *
     * @throws ArithmeticException when a number does not fit, such as an unsigned one above 2^63 - 1
     * @throws UnsupportedOperationException when the elements are not whole numbers
     */
    default long getLong(int i) {
        throw no("whole numbers");
    }

    /**
     * Returns the 64 bits of element i: those of {@link #getLong(int)}, and also those of an unsigned number above 2^63
     * - 1, for {@link Long#toUnsignedString(long)} and the like.
     *
     * @throws ArithmeticException when the number has more than 64 bits
     * @throws UnsupportedOperationException when the elements are not whole numbers
     */
    default long getBits(int i) {
        return getLong(i);
    }

    /**
     * Returns element i as a {@code double}. It is exact for whole numbers of up to 53 bits and for floating-point
     * numbers of up to 64 bits, and otherwise the nearest double.
     *
     * @throws UnsupportedOperationException when the elements are not numbers
     */
    default double getDouble(int i) {
        throw no("numbers");
    }

    /**
     * Returns element i as a {@code BigInteger}, which is exact for every whole number.
     *
     * @throws UnsupportedOperationException when the elements are not whole numbers
     */
    default BigInteger getBigInteger(int i) {
        return BigInteger.valueOf(getLong(i));
    }

    /**
     * Returns element i as text: a string, or the name of an enumeration's number. A number without a name gives its
     * digits.
     *
     * @throws UnsupportedOperationException when the elements are neither strings nor enumerations
     */
    default String getString(int i) {
        throw no("strings");
    }

    /**
     * Returns the values of one member of a compound.
     *
     * @param name as {@link CompoundType.Member#name()} gives it
     * @throws UnsupportedOperationException when the elements are not compounds
     * @throws IllegalArgumentException when there is no member of that name
     */
    default H5Array field(String name) {
        throw no("compounds");
    }

    /**
     * Returns type, shape and the first values on one line of bounded length, such as "float32 (7000,) [1811.2, 1800.3,
     * …]".
     */
    @Override
    String toString();

    private UnsupportedOperationException no(String what) {
        return new UnsupportedOperationException("elements of type " + type().shortName() + " are not " + what);
    }
}
