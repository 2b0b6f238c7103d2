// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * A small array of fixed shape as one element (class 10).
 *
 * @param base the type of its elements
 * @param shape its shape; at least one dimension
 */
public record ArrayType(ElementType base, Shape shape) implements ElementType {
    @Override
    public int size() {
        return Math.toIntExact(Math.multiplyExact(shape.elementCount(), base.size()));
    }
}
