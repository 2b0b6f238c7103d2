// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Arrays;

/**
 * Whole numbers of three or four bytes: integers, enumerations, bit fields, times. Unsigned values keep their bits; the
 * accessors widen them as unsigned.
 */
public final class IntArray implements H5Array {
    private final ElementType type;
    private final Shape shape;
    private final int[] values;
    private final boolean unsigned;

    /** Wraps {@code values}; their number is that of the shape. */
    public IntArray(ElementType type, Shape shape, int[] values) {
        this.type = type;
        this.shape = ArrayRules.checked(shape, values.length);
        this.values = values;
        this.unsigned = ArrayRules.isUnsigned(type);
    }

    /** The array itself. */
    public int[] values() {
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
    public IntArray copyOfRange(int from, int to) {
        return new IntArray(type, Shape.of(to - from), Arrays.copyOfRange(values, from, to));
    }

    @Override
    public IntArray withShape(Shape other) {
        return new IntArray(type, other, values);
    }

    @Override
    public long getLong(int i) {
        return unsigned ? Integer.toUnsignedLong(values[i]) : values[i];
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
