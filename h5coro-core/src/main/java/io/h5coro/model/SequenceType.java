// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * A sequence of variable length (class 9). Immutable.
 *
 * @param size bytes of an element in the file: a count and a reference into the global heap
 * @param base type of a sequence's elements
 */
public record SequenceType(int size, ElementType base) implements ElementType {}
