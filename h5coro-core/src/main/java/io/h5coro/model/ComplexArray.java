// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Objects;

/**
 * An array of complex numbers. Real and imaginary parts alternate in one array: real parts at even indices, imaginary
 * parts at odd ones.
 *
 * <pre>{@code
 * DoubleArray parts = new DoubleArray(
 *         FloatType.ieee(8, ElementType.Order.LITTLE_ENDIAN), Shape.of(2), new double[] {3, 4});
 * ComplexArray array = new ComplexArray(new ComplexType((FloatType) parts.type()), Shape.of(1), parts);
 * double length = Math.hypot(array.real(0), array.imaginary(0));
 * }</pre>
 */
public final class ComplexArray implements H5Array {
    private final ComplexType type;
    private final Shape shape;
    private final H5Array parts;

    /**
     * Wraps values without copying them.
     *
     * @param shape has half as many elements as {@code parts}
     * @param parts real and imaginary parts in turn
     * @throws IllegalArgumentException when the numbers of elements differ
     */
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
        Objects.checkFromToIndex(from, to, length());
        return new ComplexArray(type, Shape.of(to - from), parts.copyOfRange(2 * from, 2 * to));
    }

    @Override
    public ComplexArray withShape(Shape other) {
        return new ComplexArray(type, other, parts);
    }

    /** Returns real and imaginary parts in turn: one dimension, {@code 2 * length()} values. */
    public H5Array parts() {
        return parts;
    }

    /** Returns the real part of element i; see {@link H5Array#getDouble(int)} for exactness. */
    public double real(int i) {
        return parts.getDouble(2 * Objects.checkIndex(i, length()));
    }

    /** Returns the imaginary part of element i; see {@link H5Array#getDouble(int)} for exactness. */
    public double imaginary(int i) {
        return parts.getDouble(2 * Objects.checkIndex(i, length()) + 1);
    }

    @Override
    public String toString() {
        return ArrayText.of(this);
    }
}
