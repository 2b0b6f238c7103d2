// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * A set of bits (class 4), read as an unsigned whole number. Immutable.
 *
 * <pre>{@code
 * if (file.dataset("/gt1l/heights/signal_conf_ph").type() instanceof BitfieldType bits) {
 *     System.out.println(bits.precision() + " bits");
 * }
 * }</pre>
 *
 * @param size bytes of an element in the file
 * @param order order of these bytes
 * @param offset index of the lowest bit of the value; bit 0 is the least significant one
 * @param precision number of bits of the value
 * @param lowPadding what fills the bits below the value
 * @param highPadding what fills the bits above the value
 */
public record BitfieldType(
        int size, Order order, int offset, int precision, BitPadding lowPadding, BitPadding highPadding)
        implements ElementType {}
