// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Objects;

/**
 * An array whose elements are small arrays of one shape, concatenated.
 *
 * <pre>{@code
 * IntegerType number = IntegerType.of(4, ElementType.Order.LITTLE_ENDIAN, true);
 * IntArray elements = new IntArray(number, Shape.of(6), new int[] {1, 2, 3, 4, 5, 6});
 * NestedArray array = new NestedArray(new ArrayType(number, Shape.of(3)), Shape.of(2), elements);
 * int[] second = array.get(1).toInts();
 * int[][] all = array.flat().toNested(int[][].class);
 * }</pre>
 */
public final class NestedArray implements H5Array {
    private final ArrayType type;
    private final Shape shape;
    private final H5Array elements;

    /**
     * Wraps the elements of all arrays without copying them.
     *
     * @param elements has {@code type.shape().elementCount()} elements for each element of {@code shape}
     * @throws IllegalArgumentException when the numbers of elements do not agree
     */
    public NestedArray(ArrayType type, Shape shape, H5Array elements) {
        this.type = type;
        this.shape = ArrayRules.checked(
                shape,
                Math.toIntExact(elements.length() / Math.max(1, type.shape().elementCount())));
        this.elements = elements;
    }

    @Override
    public ArrayType type() {
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
    public NestedArray copyOfRange(int from, int to) {
        Objects.checkFromToIndex(from, to, length());
        int each = Math.toIntExact(type.shape().elementCount());
        return new NestedArray(type, Shape.of(to - from), elements.copyOfRange(from * each, to * each));
    }

    @Override
    public NestedArray withShape(Shape other) {
        return new NestedArray(type, other, elements);
    }

    /** Returns the elements of all arrays: one dimension, {@code length() * type().shape().elementCount()} values. */
    public H5Array elements() {
        return elements;
    }

    /** Copies the elements of array i, under the shape of the array type. */
    @Override
    public H5Array get(int i) {
        Objects.checkIndex(i, length());
        int each = Math.toIntExact(type.shape().elementCount());
        return elements.copyOfRange(i * each, (i + 1) * each).withShape(type.shape());
    }

    /**
     * Returns all values as one array, whose shape is this one followed by the shape of the array type. The backing
     * array is shared.
     */
    public H5Array flat() {
        return elements.withShape(shape.append(type.shape()));
    }

    @Override
    public String toString() {
        return ArrayText.of(this);
    }
}
