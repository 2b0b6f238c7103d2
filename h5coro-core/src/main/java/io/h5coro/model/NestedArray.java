// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/** Small arrays as elements, stored one behind the other. */
public final class NestedArray implements H5Array {
    private final ArrayType type;
    private final Shape shape;
    private final H5Array elements;

    /** Wraps the values; their number is that of the shape. */
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
        int each = Math.toIntExact(type.shape().elementCount());
        return new NestedArray(type, Shape.of(to - from), elements.copyOfRange(from * each, to * each));
    }

    @Override
    public NestedArray withShape(Shape other) {
        return new NestedArray(type, other, elements);
    }

    /** The elements of all arrays: one dimension, {@code length() * type().shape().elementCount()} values. */
    public H5Array elements() {
        return elements;
    }

    /** The elements of array i under the shape of the array type; a copy. */
    public H5Array get(int i) {
        int each = Math.toIntExact(type.shape().elementCount());
        return elements.copyOfRange(i * each, (i + 1) * each).withShape(type.shape());
    }

    /** All values as one array: this shape followed by the shape of the array type. */
    public H5Array flat() {
        return elements.withShape(shape.append(type.shape()));
    }

    @Override
    public String toString() {
        return ArrayText.of(this);
    }
}
