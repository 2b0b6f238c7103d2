// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A run of bits of whole numbers that is printed instead of the numbers.
 *
 * @param offset the lowest bit
 * @param length the number of bits
 */
public record PackedBits(int offset, int length) {
    /** Most runs of one option, as in h5dump. */
    private static final int MOST = 8;
    /** Bits of the widest number; a run has to lie within. */
    private static final int BITS = 64;

    /**
     * Reads "offset,length,offset,length,...".
     *
     * @throws IllegalArgumentException when it is not of this form
     */
    public static List<PackedBits> parse(String list) {
        String[] numbers = list.split(",", -1);
        if (numbers.length % 2 != 0) {
            throw new IllegalArgumentException("bad mask list (" + list + "): offset and length come in pairs");
        }
        if (numbers.length > 2 * MOST) {
            throw new IllegalArgumentException("too many masks requested (at most " + MOST + "): " + list);
        }
        List<PackedBits> masks = new ArrayList<>();
        for (int i = 0; i < numbers.length; i += 2) {
            int offset = number(numbers[i], list);
            int length = number(numbers[i + 1], list);
            if (offset >= BITS || length == 0 || offset + length > BITS) {
                throw new IllegalArgumentException("packed bits: offset " + offset + " and length " + length
                        + " are not a run of at least one of " + BITS + " bits");
            }
            masks.add(new PackedBits(offset, length));
        }
        return List.copyOf(masks);
    }

    private static int number(String text, String list) {
        if (!text.matches("[0-9]{1,6}")) {
            throw new IllegalArgumentException("bad mask list (" + list + "): '" + text + "' is not a number");
        }
        return Integer.parseInt(text);
    }

    /**
     * Returns the bits of a value, moved to bit 0. Those of a signed number of which the run takes all bits keep
     * its sign.
     *
     * <pre>
     * value      run (offset, length)  bytes  signed  bits
     * 0xab       0, 4                  1      no      11
     * 0xab       4, 4                  1      no      10
     * -1         2, 3                  1      yes     7
     * -1         0, 8                  1      yes     -1
     * 0xab       6, 4                  1      no      0: the run does not lie in the number
     * </pre>
     *
     * @param nativeBytes size of the number in memory; bits outside are 0
     */
    long of(long value, int nativeBytes, boolean signed) {
        if (offset >= 8 * nativeBytes || offset + length > 8 * nativeBytes) {
            return 0;
        }
        long shifted = signed ? value >> offset : value >>> offset;
        long bits = length == BITS ? shifted : shifted & ((1L << length) - 1);
        int spare = BITS - 8 * nativeBytes;
        return signed ? bits << spare >> spare : bits << spare >>> spare;
    }
}
