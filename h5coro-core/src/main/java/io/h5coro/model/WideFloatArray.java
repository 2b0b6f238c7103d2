// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/**
 * An array of floating-point numbers that a {@code double} cannot hold, such as binary128, x87 extended, VAX G and H.
 * It has the bytes of the file and the nearest double of each.
 *
 * <pre>{@code
 * if (file.read("/gt1l/heights/h_ph") instanceof WideFloatArray wide && !wide.isExact(0)) {
 *     double nearest = wide.getDouble(0);
 * }
 * }</pre>
 */
public final class WideFloatArray implements H5Array {
    private final FloatType type;
    private final Shape shape;
    private final byte[] bytes;
    private final double[] nearest;
    private final BitSet exact;

    /**
     * Wraps values of which none is known to be exactly its nearest double, without copying them.
     *
     * @param shape has as many elements as {@code nearest}
     * @param bytes the elements as the file stores them, {@code type.size()} bytes each; they belong to this array from
     *     now on
     * @param nearest the nearest double of each element; belongs to this array from now on
     * @throws IllegalArgumentException when shape and {@code nearest} differ in their number of elements
     */
    public WideFloatArray(FloatType type, Shape shape, byte[] bytes, double[] nearest) {
        this(type, shape, bytes, nearest, new BitSet());
    }

    /**
     * Wraps values without copying them.
     *
     * @param shape has as many elements as {@code nearest}
     * @param bytes the elements as the file stores them, {@code type.size()} bytes each; they belong to this array from
     *     now on
     * @param nearest the nearest double of each element; belongs to this array from now on
     * @param exact the elements that are exactly their nearest double; belongs to this array from now on
     * @throws IllegalArgumentException when shape and {@code nearest} differ in their number of elements
     */
    public WideFloatArray(FloatType type, Shape shape, byte[] bytes, double[] nearest, BitSet exact) {
        this.type = type;
        this.shape = ArrayRules.checked(shape, nearest.length);
        this.bytes = bytes;
        this.nearest = nearest;
        this.exact = exact;
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
        Objects.checkFromToIndex(from, to, length());
        return new WideFloatArray(
                type,
                Shape.of(to - from),
                Arrays.copyOfRange(bytes, from * type.size(), to * type.size()),
                Arrays.copyOfRange(nearest, from, to),
                exact.get(from, to));
    }

    @Override
    public WideFloatArray withShape(Shape other) {
        return new WideFloatArray(type, other, bytes, nearest, exact);
    }

    /**
     * Returns the elements as the file stores them, {@code type().size()} bytes each, in row-major order: the backing
     * array, not a copy.
     */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns whether element i is exactly its nearest double. Infinity is exactly itself, and NaN is NaN. */
    public boolean isExact(int i) {
        return exact.get(Objects.checkIndex(i, length()));
    }

    double[] nearest() {
        return nearest;
    }

    /** Returns the double that is nearest to element i. */
    @Override
    public double getDouble(int i) {
        return nearest[i];
    }

    @Override
    public String toString() {
        return ArrayText.of(this);
    }
}
