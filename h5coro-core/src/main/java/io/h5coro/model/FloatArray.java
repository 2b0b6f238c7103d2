// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * An array of floating-point numbers that a {@code float} holds exactly: binary32, binary16, bfloat16 and smaller.
 *
 * <pre>{@code
 * if (file.read("/gt1l/heights/h_ph") instanceof FloatArray array) {
 *     float[] metres = array.values();
 * }
 * }</pre>
 */
public final class FloatArray implements H5Array {
    private final ElementType type;
    private final Shape shape;
    private final float[] values;

    /**
     * Wraps values without copying them.
     *
     * @param shape has as many elements as {@code values}
     * @param values belong to this array from now on
     * @throws IllegalArgumentException when the numbers of elements differ
     */
    public FloatArray(ElementType type, Shape shape, float[] values) {
        this.type = type;
        this.shape = ArrayRules.checked(shape, values.length);
        this.values = values;
    }

    /** Returns the backing array, not a copy, in row-major order. */
    public float[] values() {
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
    public FloatArray copyOfRange(int from, int to) {
        Objects.checkFromToIndex(from, to, length());
        return new FloatArray(type, Shape.of(to - from), Arrays.copyOfRange(values, from, to));
    }

    @Override
    public FloatArray withShape(Shape other) {
        return new FloatArray(type, other, values);
    }

    @Override
    public double getDouble(int i) {
        return values[i];
    }

    @Override
    public FloatBuffer asFloatBuffer() {
        return FloatBuffer.wrap(values);
    }

    @Override
    public String toString() {
        return ArrayText.of(this);
    }
}
