// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Arrays;

/**
 * Floating-point numbers that a double cannot hold (binary128, x87 extended, VAX G and H, ...): the bytes of the file,
 * and what a double can say of them.
 */
public final class WideFloatArray implements H5Array {
    private final FloatType type;
    private final Shape shape;
    private final byte[] bytes;
    private final double[] nearest;

    /** Wraps the values; their number is that of the shape. */
    public WideFloatArray(FloatType type, Shape shape, byte[] bytes, double[] nearest) {
        this.type = type;
        this.shape = ArrayRules.checked(shape, nearest.length);
        this.bytes = bytes;
        this.nearest = nearest;
    }

    @Override
    public FloatType type() {
        return type;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public int length() {
        return nearest.length;
    }

    @Override
    public WideFloatArray copyOfRange(int from, int to) {
        return new WideFloatArray(
                type,
                Shape.of(to - from),
                Arrays.copyOfRange(bytes, from * type.size(), to * type.size()),
                Arrays.copyOfRange(nearest, from, to));
    }

    @Override
    public WideFloatArray withShape(Shape other) {
        return new WideFloatArray(type, other, bytes, nearest);
    }

    /** The elements as the file stores them, one after another; the array itself. */
    public byte[] bytes() {
        return bytes;
    }

    /** The nearest double of element i. */
    @Override
    public double getDouble(int i) {
        return nearest[i];
    }

    @Override
    public String toString() {
        return ArrayText.of(this);
    }
}
