// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * An array of whole numbers of one byte: integers, enumerations, bit fields, times. An unsigned value keeps its bits in
 * the {@code byte}; the accessors widen it as unsigned.
 *
 * <pre>{@code
 * if (file.read("/gt1l/heights/signal_conf_ph") instanceof ByteArray array) {
 *     byte[] values = array.values();
 *     long first = array.getLong(0);
 * }
 * }</pre>
 */
public final class ByteArray implements H5Array {
    private final ElementType type;
    private final Shape shape;
    private final byte[] values;
    private final boolean unsigned;

    /**
     * Wraps values without copying them.
     *
     * @param shape has as many elements as {@code values}
     * @param values belong to this array from now on
     * @throws IllegalArgumentException when the numbers of elements differ
     */
    public ByteArray(ElementType type, Shape shape, byte[] values) {
        this.type = type;
        this.shape = ArrayRules.checked(shape, values.length);
        this.values = values;
        this.unsigned = ArrayRules.isUnsigned(type);
    }

    /** Returns the backing array, not a copy, in row-major order. */
    public byte[] values() {
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
    public ByteArray copyOfRange(int from, int to) {
        Objects.checkFromToIndex(from, to, length());
        return new ByteArray(type, Shape.of(to - from), Arrays.copyOfRange(values, from, to));
    }

    @Override
    public ByteArray withShape(Shape other) {
        return new ByteArray(type, other, values);
    }

    @Override
    public long getLong(int i) {
        return unsigned ? Byte.toUnsignedLong(values[i]) : values[i];
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
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(values);
    }

    @Override
    public String toString() {
        return ArrayText.of(this);
    }
}
