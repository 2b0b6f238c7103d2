// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Arrays;

/**
 * Whole numbers of two bytes (or of fewer bits stored in two): integers, enumerations, bit fields, times. Unsigned
 * values keep their bits; the accessors widen them as unsigned.
 */
public final class ShortArray implements H5Array {
    private final ElementType type;
    private final Shape shape;
    private final short[] values;
    private final boolean unsigned;

    /** Wraps {@code values}; their number is that of the shape. */
    public ShortArray(ElementType type, Shape shape, short[] values) {
        this.type = type;
        this.shape = ArrayRules.checked(shape, values.length);
        this.values = values;
        this.unsigned = ArrayRules.isUnsigned(type);
    }

    /** The array itself. */
    public short[] values() {
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
    public ShortArray copyOfRange(int from, int to) {
        return new ShortArray(type, Shape.of(to - from), Arrays.copyOfRange(values, from, to));
    }

    @Override
    public ShortArray withShape(Shape other) {
        return new ShortArray(type, other, values);
    }

    @Override
    public long getLong(int i) {
        return unsigned ? Short.toUnsignedLong(values[i]) : values[i];
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
