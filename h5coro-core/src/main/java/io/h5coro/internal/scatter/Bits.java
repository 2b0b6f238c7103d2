// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import io.h5coro.model.ElementType.Order;
import java.math.BigInteger;

/** Reads the bits of a number whatever the order of its bytes. Pure. */
final class Bits {
    private Bits() {}

    /** All bits of a number of at most eight bytes, unsigned. */
    static long of(byte[] bytes, int at, int size, Order order) {
        long bits = 0;
        for (int i = 0; i < size; i++) {
            bits = bits << 8 | (bytes[at + place(i, size, order)] & 0xff);
        }
        return bits;
    }

    /** All bits of a number of any size, unsigned. */
    static BigInteger wide(byte[] bytes, int at, int size, Order order) {
        byte[] bigEndian = new byte[size];
        for (int i = 0; i < size; i++) {
            bigEndian[i] = bytes[at + place(i, size, order)];
        }
        return new BigInteger(1, bigEndian);
    }

    /**
     * A field of some bits of a number.
     *
     * @param location the field's lowest bit
     * @param size number of bits; 0 gives 0
     */
    static long field(long bits, int location, int size) {
        if (size == 0) {
            return 0;
        }
        long shifted = bits >>> location;
        return size >= Long.SIZE ? shifted : shifted & ((1L << size) - 1);
    }

    /** A field of some bits of a number. */
    static BigInteger field(BigInteger bits, int location, int size) {
        BigInteger mask = BigInteger.ONE.shiftLeft(size).subtract(BigInteger.ONE);
        return bits.shiftRight(location).and(mask);
    }

    /**
     * Where byte i, counted from the most significant one, stands. VAX order has little-endian words of 16 bits, the
     * most significant word first (H5T__conv_f_f exchanges pairs of bytes for it), and whole words only.
     *
     * <p>Example, 4 bytes, the most significant first: little-endian 3 2 1 0, VAX 1 0 3 2.
     */
    private static int place(int i, int size, Order order) {
        return switch (order) {
            case BIG_ENDIAN -> i;
            case LITTLE_ENDIAN -> size - 1 - i;
            case VAX -> i ^ 1;
        };
    }
}
