// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * A floating-point number of any geometry (class 1). Bit 0 is the least significant bit. Immutable.
 *
 * <pre>{@code
 * FloatType single = FloatType.ieee(4, ElementType.Order.LITTLE_ENDIAN);
 * boolean same = file.dataset("/gt1l/heights/h_ph").type().equals(single);
 * }</pre>
 *
 * @param size bytes of an element in the file
 * @param order order of these bytes
 * @param offset index of the lowest bit of the value
 * @param precision number of bits of the value
 * @param lowPadding what fills the bits below the value
 * @param highPadding what fills the bits above the value
 * @param internalPadding what fills unused bits between the fields
 * @param normalization how the mantissa's most significant bit is stored
 * @param signLocation bit of the sign
 * @param exponentLocation lowest bit of the exponent
 * @param exponentSize number of bits of the exponent
 * @param mantissaLocation lowest bit of the mantissa
 * @param mantissaSize number of bits of the mantissa
 * @param exponentBias number to subtract from the stored exponent; unsigned 32-bit
 */
public record FloatType(
        int size,
        Order order,
        int offset,
        int precision,
        BitPadding lowPadding,
        BitPadding highPadding,
        BitPadding internalPadding,
        Normalization normalization,
        int signLocation,
        int exponentLocation,
        int exponentSize,
        int mantissaLocation,
        int mantissaSize,
        long exponentBias)
        implements ElementType {
    /** How the most significant bit of the mantissa is stored. */
    public enum Normalization {
        /** No normalization: the mantissa is a fraction below 1. */
        NONE,
        /** The most significant bit is stored, and always set. */
        MSB_SET,
        /** The most significant bit is always set and not stored. */
        IMPLIED
    }

    /**
     * Returns the type of IEEE 754 binary16, binary32 or binary64.
     *
     * @param size bytes: 2, 4 or 8
     */
    public static FloatType ieee(int size, Order order) {
        int exponent = size == 2 ? 5 : size == 4 ? 8 : 11;
        int bits = 8 * size;
        return new FloatType(
                size,
                order,
                0,
                bits,
                BitPadding.ZERO,
                BitPadding.ZERO,
                BitPadding.ZERO,
                Normalization.IMPLIED,
                bits - 1,
                bits - 1 - exponent,
                exponent,
                0,
                bits - 1 - exponent,
                (1L << (exponent - 1)) - 1);
    }

    /** Returns whether this is IEEE 754 binary16, binary32 or binary64, whatever its byte order and padding. */
    public boolean isIeee() {
        if ((size != 2 && size != 4 && size != 8) || order == Order.VAX) {
            return false;
        }
        FloatType i = ieee(size, order);
        return offset == 0
                && precision == i.precision
                && normalization == i.normalization
                && signLocation == i.signLocation
                && exponentLocation == i.exponentLocation
                && exponentSize == i.exponentSize
                && mantissaLocation == 0
                && mantissaSize == i.mantissaSize
                && exponentBias == i.exponentBias;
    }
}
