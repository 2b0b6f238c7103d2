// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * An array of whole numbers of two bytes (or of fewer bits stored in two): integers, enumerations, bit fields, times.
 * An unsigned value keeps its bits in the {@code short}; the accessors widen it as unsigned.
 *
 * <pre>{@code
 * IntegerType type = IntegerType.of(2, ElementType.Order.LITTLE_ENDIAN, true);
 * ShortArray packed = new ShortArray(type, Shape.of(2), new short[] {10, 20});
 * double[] values = packed.doubleStream().map(value -> value * 0.1 + 273.15).toArray();
 * }</pre>
 */
public final class ShortArray implements H5Array {
    private final ElementType type;
    private final Shape shape;
    private final short[] values;
    private final boolean unsigned;

    /**
     * Wraps values without copying them.
     *
     * @param shape has as many elements as {@code values}
     * @param values belong to this array from now on
     * @throws IllegalArgumentException when the numbers of elements differ
     */
    public ShortArray(ElementType type, Shape shape, short[] values) {
        this.type = type;
        this.shape = ArrayRules.checked(shape, values.length);
        this.values = values;
        this.unsigned = ArrayRules.isUnsigned(type);
    }

    /** Returns the backing array, not a copy, in row-major order. */
    public short[] values() {
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
    public ShortArray copyOfRange(int from, int to) {
        Objects.checkFromToIndex(from, to, length());
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
    public ShortBuffer asShortBuffer() {
        return ShortBuffer.wrap(values);
    }

    @Override
    public String toString() {
        return ArrayText.of(this);
    }
}
