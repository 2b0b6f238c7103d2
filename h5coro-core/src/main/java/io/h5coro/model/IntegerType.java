// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * A whole number in two's complement (class 0). Immutable.
 *
 * <pre>{@code
 * IntegerType type = (IntegerType) file.dataset("/gt1l/heights/signal_conf_ph").type();
 * boolean signed = type.signed();
 * }</pre>
 *
 * @param size bytes of an element in the file
 * @param order order of these bytes
 * @param signed whether values can be negative
 * @param offset index of the lowest bit of the value; bit 0 is the least significant one
 * @param precision number of bits of the value
 * @param lowPadding what fills the bits below the value
 * @param highPadding what fills the bits above the value
 */
public record IntegerType(
        int size, Order order, boolean signed, int offset, int precision, BitPadding lowPadding, BitPadding highPadding)
        implements ElementType {
    /** Returns the type of a number that uses all of its bytes. */
    public static IntegerType of(int size, Order order, boolean signed) {
        return new IntegerType(size, order, signed, 0, 8 * size, BitPadding.ZERO, BitPadding.ZERO);
    }

    /** Returns whether the value uses all bits, so that its bytes are the value. */
    public boolean isPlain() {
        return offset == 0 && precision == 8 * size && order != Order.VAX;
    }
}
