// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.math.BigInteger;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * An array of whole numbers of five to eight bytes: integers, enumerations, bit fields, times. An unsigned value keeps
 * its bits in the {@code long}; {@link #getBigInteger(int)} and {@link #getBits(int)} give every such value,
 * {@link #getLong(int)} those below 2^63.
 *
 * <pre>{@code
 * IntegerType type = IntegerType.of(8, ElementType.Order.LITTLE_ENDIAN, false);
 * LongArray array = new LongArray(type, Shape.of(1), new long[] {-1});
 * String digits = Long.toUnsignedString(array.getBits(0));
 * double nearest = array.toDoublesLossy()[0];
 * }</pre>
 */
public final class LongArray implements H5Array {
    private final ElementType type;
    private final Shape shape;
    private final long[] values;
    private final boolean unsigned;

    /**
     * Wraps values without copying them.
     *
     * @param shape has as many elements as {@code values}
     * @param values belong to this array from now on
     * @throws IllegalArgumentException when the numbers of elements differ
     */
    public LongArray(ElementType type, Shape shape, long[] values) {
        this.type = type;
        this.shape = ArrayRules.checked(shape, values.length);
        this.values = values;
        this.unsigned = ArrayRules.isUnsigned(type);
    }

    /** Returns the backing array, not a copy, in row-major order. */
    public long[] values() {
        return values;
    }

    /** Returns whether the numbers are unsigned. */
    public boolean isUnsigned() {
        return unsigned;
    }

    @Override
    public ElementType type() {
        return type;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public int length() {
        return values.length;
    }

    @Override
    public LongArray copyOfRange(int from, int to) {
        Objects.checkFromToIndex(from, to, length());
        return new LongArray(type, Shape.of(to - from), Arrays.copyOfRange(values, from, to));
    }

    @Override
    public LongArray withShape(Shape other) {
        return new LongArray(type, other, values);
    }

    @Override
    public long getLong(int i) {
        if (unsigned && values[i] < 0) {
            throw new ArithmeticException(
                    "element " + i + " is " + Long.toUnsignedString(values[i]) + ", above 2^63 - 1");
        }
        return values[i];
    }

    @Override
    public long getBits(int i) {
        return values[i];
    }

    @Override
    public double getDouble(int i) {
        long value = values[i];
        // Of an unsigned number of 64 bits the last one only decides about a tie, so it may stand for the one before.
        return unsigned && value < 0 ? 2.0 * ((value >>> 1) | (value & 1)) : value;
    }

    @Override
    public BigInteger getBigInteger(int i) {
        return unsigned ? new BigInteger(Long.toUnsignedString(values[i])) : BigInteger.valueOf(values[i]);
    }

    @Override
    public String getString(int i) {
        return ArrayRules.enumName(type, getBits(i));
    }

    @Override
    public LongBuffer asLongBuffer() {
        return LongBuffer.wrap(values);
    }

    @Override
    public String toString() {
        return ArrayText.of(this);
    }
}
