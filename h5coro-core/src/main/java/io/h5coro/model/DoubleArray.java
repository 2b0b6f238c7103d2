// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Arrays;

/** Floating-point numbers that a double holds exactly and a float does not. */
public final class DoubleArray implements H5Array {
    private final ElementType type;
    private final Shape shape;
    private final double[] values;

    /** Wraps {@code values}; their number is that of the shape. */
    public DoubleArray(ElementType type, Shape shape, double[] values) {
        this.type = type;
        this.shape = ArrayRules.checked(shape, values.length);
        this.values = values;
    }

    /** The array itself. */
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
    public String toString() {
        return ArrayText.of(this);
    }
}
