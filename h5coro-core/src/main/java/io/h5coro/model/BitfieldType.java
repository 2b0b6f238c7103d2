// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * A set of bits (class 4): values are given as unsigned whole numbers.
 *
 * @param size bytes in the file
 * @param order byte order
 * @param offset index of the lowest bit of the value, counted from the least significant bit
 * @param precision number of bits of the value
 * @param lowPadding what fills the bits below the value
 * @param highPadding what fills the bits above the value
 */
public record BitfieldType(
        int size, Order order, int offset, int precision, BitPadding lowPadding, BitPadding highPadding)
        implements ElementType {}
