// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/** Complex numbers: the real parts at even indices of one array, the imaginary parts behind them at odd ones. */
public final class ComplexArray implements H5Array {
    private final ComplexType type;
    private final Shape shape;
    private final H5Array parts;

    /** Wraps the values; their number is that of the shape. */
    public ComplexArray(ComplexType type, Shape shape, H5Array parts) {
        this.type = type;
        this.shape = ArrayRules.checked(shape, parts.length() / 2);
        this.parts = parts;
    }

    @Override
    public ComplexType type() {
        return type;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public int length() {
        return parts.length() / 2;
    }

    @Override
    public ComplexArray copyOfRange(int from, int to) {
        return new ComplexArray(type, Shape.of(to - from), parts.copyOfRange(2 * from, 2 * to));
    }

    @Override
    public ComplexArray withShape(Shape other) {
        return new ComplexArray(type, other, parts);
    }

    /** Real and imaginary parts in turn: one dimension, {@code 2 * length()} values. */
    public H5Array parts() {
        return parts;
    }

    /** The real part of element i; see {@link H5Array#getDouble(int)} for exactness. */
    public double real(int i) {
        return parts.getDouble(2 * i);
    }

    /** The imaginary part of element i. */
    public double imaginary(int i) {
        return parts.getDouble(2 * i + 1);
    }

    @Override
    public String toString() {
        return ArrayText.of(this);
    }
}
