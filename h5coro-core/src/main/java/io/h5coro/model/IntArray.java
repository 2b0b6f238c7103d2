// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * An array of whole numbers of three or four bytes: integers, enumerations, bit fields, times. An unsigned value keeps
 * its bits in the {@code int}; the accessors widen it as unsigned.
 *
 * <pre>{@code
 * IntegerType type = IntegerType.of(4, ElementType.Order.LITTLE_ENDIAN, false);
 * IntArray array = new IntArray(type, Shape.of(2), new int[] {7, -1});
 * long second = array.getLong(1); // 4294967295: the type is unsigned
 * }</pre>
 */
public final class IntArray implements H5Array {
    private final ElementType type;
    private final Shape shape;
    private final int[] values;
    private final boolean unsigned;

    /**
     * Wraps values without copying them.
     *
     * @param shape has as many elements as {@code values}
     * @param values belong to this array from now on
     * @throws IllegalArgumentException when the numbers of elements differ
     */
    public IntArray(ElementType type, Shape shape, int[] values) {
        this.type = type;
        this.shape = ArrayRules.checked(shape, values.length);
        this.values = values;
        this.unsigned = ArrayRules.isUnsigned(type);
    }

    /** Returns the backing array, not a copy, in row-major order. */
    public int[] values() {
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
    public IntArray copyOfRange(int from, int to) {
        Objects.checkFromToIndex(from, to, length());
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
    public IntBuffer asIntBuffer() {
        return IntBuffer.wrap(values);
    }

    @Override
    public String toString() {
        return ArrayText.of(this);
    }
}
