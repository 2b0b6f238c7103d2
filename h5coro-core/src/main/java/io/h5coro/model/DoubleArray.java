// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * An array of floating-point numbers that a {@code double} holds exactly and a {@code float} does not.
 *
 * <pre>{@code
 * if (file.read("/gt1l/heights/delta_time") instanceof DoubleArray array) {
 *     double[] seconds = array.values();
 * }
 * }</pre>
 */
public final class DoubleArray implements H5Array {
    private final ElementType type;
    private final Shape shape;
    private final double[] values;

    /**
     * Wraps values without copying them.
     *
     * @param shape has as many elements as {@code values}
     * @param values belong to this array from now on
     * @throws IllegalArgumentException when the numbers of elements differ
     */
    public DoubleArray(ElementType type, Shape shape, double[] values) {
        this.type = type;
        this.shape = ArrayRules.checked(shape, values.length);
        this.values = values;
    }

    /** Returns the backing array, not a copy, in row-major order. */
    public double[] values() {
        return values;
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
    public DoubleArray copyOfRange(int from, int to) {
        Objects.checkFromToIndex(from, to, length());
        return new DoubleArray(type, Shape.of(to - from), Arrays.copyOfRange(values, from, to));
    }

    @Override
    public DoubleArray withShape(Shape other) {
        return new DoubleArray(type, other, values);
    }

    @Override
    public double getDouble(int i) {
        return values[i];
    }

    @Override
    public DoubleBuffer asDoubleBuffer() {
        return DoubleBuffer.wrap(values);
    }

    @Override
    public String toString() {
        return ArrayText.of(this);
    }
}
