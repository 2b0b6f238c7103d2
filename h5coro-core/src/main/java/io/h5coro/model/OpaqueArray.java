// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Arrays;
import java.util.Objects;

/**
 * An array of elements that are given as bytes: opaque values, and bit fields of more than eight bytes.
 *
 * <pre>{@code
 * OpaqueArray array = new OpaqueArray(new OpaqueType(2, "tag"), Shape.of(2), new byte[] {1, 2, 3, 4});
 * byte[] second = array.bytes(1);
 * }</pre>
 */
public final class OpaqueArray implements H5Array {
    private final ElementType type;
    private final Shape shape;
    private final byte[] bytes;

    /**
     * Wraps bytes without copying them.
     *
     * @param bytes {@code type.size()} bytes for each element; they belong to this array from now on
     * @throws IllegalArgumentException when the numbers of elements do not agree
     */
    public OpaqueArray(ElementType type, Shape shape, byte[] bytes) {
        this.type = type;
        this.shape = ArrayRules.checked(
                shape, type.size() == 0 ? Math.toIntExact(shape.elementCount()) : bytes.length / type.size());
        this.bytes = bytes;
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
        return Math.toIntExact(shape.elementCount());
    }

    @Override
    public OpaqueArray copyOfRange(int from, int to) {
        Objects.checkFromToIndex(from, to, length());
        return new OpaqueArray(
                type, Shape.of(to - from), Arrays.copyOfRange(bytes, from * type.size(), to * type.size()));
    }

    @Override
    public OpaqueArray withShape(Shape other) {
        return new OpaqueArray(type, other, bytes);
    }

    /**
     * Returns the bytes of all elements, {@code type().size()} each, in row-major order: the backing array, not a copy.
     */
    public byte[] bytes() {
        return bytes;
    }

    /** Copies the bytes of element i. */
    public byte[] bytes(int i) {
        Objects.checkIndex(i, length());
        return Arrays.copyOfRange(bytes, i * type.size(), (i + 1) * type.size());
    }

    @Override
    public String toString() {
        return ArrayText.of(this);
    }
}
