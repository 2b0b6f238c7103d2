// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

/**
 * Two boxes of as many elements, in two arrays: element i of one, in row-major order, is element i of the other.
 *
 * @param first box of the first array
 * @param second box of the second array, whose rank may be another
 */
public record BoxPair(Box first, Box second) {}
