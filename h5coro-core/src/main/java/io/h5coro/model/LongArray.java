// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Whole numbers of five to eight bytes: integers, enumerations, bit fields, times. Unsigned values keep their bits; the
 * accessors widen them as unsigned.
 */
public final class LongArray implements H5Array {
    private final ElementType type;
    private final Shape shape;
    private final long[] values;
    private final boolean unsigned;

    /** Wraps {@code values}; their number is that of the shape. */
    public LongArray(ElementType type, Shape shape, long[] values) {
        this.type = type;
        this.shape = ArrayRules.checked(shape, values.length);
        this.values = values;
        this.unsigned = ArrayRules.isUnsigned(type);
    }

    /** The array itself. */
    public long[] values() {
        return values;
    }

    /** Whether the numbers are unsigned. */
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
        return unsigned ? getBigInteger(i).doubleValue() : values[i];
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
    public String toString() {
        return ArrayText.of(this);
    }
}
