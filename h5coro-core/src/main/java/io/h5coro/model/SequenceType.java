// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * A sequence of variable length (class 9). Immutable.
 *
 * <pre>{@code
 * if (file.dataset("/gt1l/heights/h_ph").type() instanceof SequenceType sequence) {
 *     System.out.println("sequences of " + sequence.base().shortName());
 * }
 * }</pre>
 *
 * @param size bytes of an element in the file: a count and a reference into the global heap
 * @param base type of a sequence's elements
 */
public record SequenceType(int size, ElementType base) implements ElementType {}
