// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.List;
import java.util.Objects;

/**
 * An array of references to objects, regions or attributes.
 *
 * <pre>{@code
 * if (file.read("/gt1l/heights/h_ph") instanceof ReferenceArray references) {
 *     H5Object object = file.dereference(references.get(0));
 * }
 * }</pre>
 */
public final class ReferenceArray implements H5Array {
    private final ReferenceType type;
    private final Shape shape;
    private final List<Reference> values;

    /**
     * Wraps references without copying the list.
     *
     * @throws IllegalArgumentException when the numbers of elements differ
     */
    public ReferenceArray(ReferenceType type, Shape shape, List<Reference> values) {
        this.type = type;
        this.shape = ArrayRules.checked(shape, values.size());
        this.values = values;
    }

    @Override
    public ReferenceType type() {
        return type;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public int length() {
        return values.size();
    }

    @Override
    public ReferenceArray copyOfRange(int from, int to) {
        Objects.checkFromToIndex(from, to, length());
        return new ReferenceArray(type, Shape.of(to - from), values.subList(from, to));
    }

    @Override
    public ReferenceArray withShape(Shape other) {
        return new ReferenceArray(type, other, values);
    }

    /** Returns element i. */
    @Override
    public Reference get(int i) {
        return values.get(i);
    }

    @Override
    public String toString() {
        return ArrayText.of(this);
    }
}
