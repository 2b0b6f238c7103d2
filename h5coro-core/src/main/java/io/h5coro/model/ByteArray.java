// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Arrays;

/**
 * Whole numbers of one byte: integers, enumerations, bit fields, times. Unsigned values keep their bits; the accessors
 * widen them as unsigned.
 */
public final class ByteArray implements H5Array {
    private final ElementType type;
    private final Shape shape;
    private final byte[] values;
    private final boolean unsigned;

    /** Wraps {@code values}; their number is that of the shape. */
    public ByteArray(ElementType type, Shape shape, byte[] values) {
        this.type = type;
        this.shape = ArrayRules.checked(shape, values.length);
        this.values = values;
        this.unsigned = ArrayRules.isUnsigned(type);
    }

    /** The array itself. */
    public byte[] values() {
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
    public ByteArray copyOfRange(int from, int to) {
        return new ByteArray(type, Shape.of(to - from), Arrays.copyOfRange(values, from, to));
    }

    @Override
    public ByteArray withShape(Shape other) {
        return new ByteArray(type, other, values);
    }

    @Override
    public long getLong(int i) {
        return unsigned ? Byte.toUnsignedLong(values[i]) : values[i];
    }

    @Override
    public double getDouble(int i) {
        return getLong(i);
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
