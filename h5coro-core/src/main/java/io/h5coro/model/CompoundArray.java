// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.List;
import java.util.Objects;

/**
 * An array of records, stored member by member: the values of each member are an array of this array's shape.
 *
 * <pre>{@code
 * if (file.read("/gt1l/heights/h_ph") instanceof CompoundArray records) {
 *     double first = records.field("temperature").getDouble(0);
 * }
 * }</pre>
 */
public final class CompoundArray implements H5Array {
    private final CompoundType type;
    private final Shape shape;
    private final List<H5Array> fields;

    /**
     * Wraps the values of the members.
     *
     * @param fields one array for each member, in the order of {@link CompoundType#members()}
     * @throws IllegalArgumentException when the first member's number of values is not that of the shape
     */
    public CompoundArray(CompoundType type, Shape shape, List<H5Array> fields) {
        this.type = type;
        this.shape = ArrayRules.checked(
                shape,
                fields.isEmpty()
                        ? Math.toIntExact(shape.elementCount())
                        : fields.get(0).length());
        this.fields = fields;
    }

    @Override
    public CompoundType type() {
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
    public CompoundArray copyOfRange(int from, int to) {
        Objects.checkFromToIndex(from, to, length());
        return new CompoundArray(
                type,
                Shape.of(to - from),
                fields.stream().<H5Array>map(f -> f.copyOfRange(from, to)).toList());
    }

    @Override
    public CompoundArray withShape(Shape other) {
        return new CompoundArray(
                type,
                other,
                fields.stream().<H5Array>map(f -> f.withShape(other)).toList());
    }

    /**
     * Returns the values of the members, in the order of {@link CompoundType#members()}.
     *
     * @return unmodifiable
     */
    public List<H5Array> fields() {
        return List.copyOf(fields);
    }

    @Override
    public H5Array field(String name) {
        return fields.get(type.indexOf(name));
    }

    @Override
    public String toString() {
        return ArrayText.of(this);
    }
}
