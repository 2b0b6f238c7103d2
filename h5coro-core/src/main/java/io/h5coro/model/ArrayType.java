// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * A type whose elements are small arrays of one fixed shape (class 10). Immutable.
 *
 * <pre>{@code
 * if (file.dataset("/gt1l/heights/h_ph").type() instanceof ArrayType array) {
 *     System.out.println("arrays of " + array.base().shortName() + " " + array.shape());
 * }
 * }</pre>
 *
 * @param base type of the elements of each array
 * @param shape shape of each array; at least one dimension
 */
public record ArrayType(ElementType base, Shape shape) implements ElementType {
    @Override
    public int size() {
        return Math.toIntExact(Math.multiplyExact(shape.elementCount(), base.size()));
    }
}
