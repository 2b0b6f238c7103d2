// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.inflate;

import io.h5coro.filter.FilterDataException;
import java.util.Arrays;

/**
 * Builds the table of a canonical Huffman code, for codes that come with their first bit lowest. Confined to one task.
 *
 * <p>The first {@code rootBits} bits of the input index the table. An entry is
 *
 * <pre>
 * literal    bit 31, value in bits 16 to 23
 * number     base in bits 16 to 30, code length in bits 8 to 11
 * end        bits 15 and 13
 * sub-table  bits 15 and 14, its place in bits 16 to 30, its index bits in bits 8 to 11
 * no code    bit 15
 * </pre>
 *
 * and has in its low 8 bits how many bits it takes: the code's own and, of a number, the extra bits behind it; of a
 * code in a sub-table only those beyond the root.
 *
 * <p>Sub-tables stand behind the root's {@code 1 << rootBits} entries, each in the size that the codes with its prefix
 * need. A code shorter than the root fills each entry whose low bits it is.
 */
final class HuffmanCode {
    static final int LITERAL = 0x80000000;
    static final int SPECIAL = 0x8000;
    static final int SUB_TABLE = 0x4000;
    static final int END = 0x2000;

    private static final int LONGEST = 15;
    private static final int NO_CODE = SPECIAL | 1;

    private final int[] counts = new int[LONGEST + 1];
    private final int[] starts = new int[LONGEST + 2];
    private final short[] sorted = new short[320];

    /**
     * Fills a table.
     *
     * @param lengths code lengths; those of this code are at {@code [from, from + symbols.length)}, 0 is unused
     * @param symbols entries of the symbols without code lengths; extra bits are in the low 8 bits
     * @param mayBeEmpty whether there may be no code at all (of distances)
     * @param from index of the first length
     * @param count number of symbols, at most 320
     * @param rootBits index bits of the root
     * @param table receives the entries; long enough for the root and all sub-tables
     * @throws FilterDataException when the lengths are no code
     */
    void build(byte[] lengths, int from, int count, int[] symbols, int rootBits, int[] table, boolean mayBeEmpty)
            throws FilterDataException {
        sort(lengths, from, count);
        int longest = longest();
        if (!isComplete(longest, mayBeEmpty)) {
            Arrays.fill(table, 0, 1 << rootBits, NO_CODE);
        }
        int next = 1 << rootBits;
        int index = 0;
        int code = 0;
        int prefix = -1;
        int place = 0;
        int subBits = 0;
        for (int length = 1; length <= longest; length++, code <<= 1) {
            for (; counts[length] > 0; counts[length]--, code++) {
                int bits = Integer.reverse(code) >>> (Integer.SIZE - length);
                int symbol = symbols[sorted[index++]];
                if (length <= rootBits) {
                    fill(table, bits, 1 << length, 1 << rootBits, entry(symbol, length));
                    continue;
                }
                if ((bits & (1 << rootBits) - 1) != prefix) {
                    prefix = bits & (1 << rootBits) - 1;
                    subBits = subTableBits(length, rootBits, longest);
                    place = next;
                    next += 1 << subBits;
                    table[prefix] = place << 16 | SPECIAL | SUB_TABLE | subBits << 8 | rootBits;
                }
                int rest = length - rootBits;
                fill(table, place + (bits >>> rootBits), 1 << rest, place + (1 << subBits), entry(symbol, rest));
            }
        }
    }

    private void sort(byte[] lengths, int from, int count) {
        Arrays.fill(counts, 0);
        for (int i = 0; i < count; i++) {
            counts[lengths[from + i]]++;
        }
        starts[1] = 0;
        for (int length = 1; length <= LONGEST; length++) {
            starts[length + 1] = starts[length] + counts[length];
        }
        for (int i = 0; i < count; i++) {
            if (lengths[from + i] != 0) {
                sorted[starts[lengths[from + i]]++] = (short) i;
            }
        }
    }

    private int longest() {
        int longest = LONGEST;
        while (longest > 0 && counts[longest] == 0) {
            longest--;
        }
        return longest;
    }

    /** Whether each sequence of bits is a code; if not, it must be a lone code of one bit, or none, as zlib has it. */
    private boolean isComplete(int longest, boolean mayBeEmpty) throws FilterDataException {
        int left = 1;
        for (int length = 1; length <= LONGEST; length++) {
            left = 2 * left - counts[length];
            if (left < 0) {
                throw new FilterDataException("a zlib block with an impossible code");
            }
        }
        if (left > 0 && (longest > 1 || longest == 0 && !mayBeEmpty)) {
            throw new FilterDataException("a zlib block with an incomplete code");
        }
        return left == 0;
    }

    /**
     * Index bits of the sub-table that starts with a code of the given length.
     *
     * <p>Codes come in ascending order, so those that follow have the same prefix until the sub-table is full. It has
     * the fewest index bits with which they fill it.
     */
    private int subTableBits(int length, int rootBits, int longest) {
        int bits = length - rootBits;
        int left = 1 << bits;
        while (bits + rootBits < longest) {
            left -= counts[bits + rootBits];
            if (left <= 0) {
                break;
            }
            bits++;
            left <<= 1;
        }
        return bits;
    }

    private static void fill(int[] table, int first, int step, int end, int entry) {
        for (int i = first; i < end; i += step) {
            table[i] = entry;
        }
    }

    private static int entry(int symbol, int length) {
        return symbol + (length << 8 | length);
    }
}
