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
 * literals   bit 31, their number (1 or 2) in bits 24 and 25, the second in bits 16 to 23, the first in bits 8 to 15
 * number     base in bits 16 to 30, code length in bits 8 to 11
 * end        bits 15 and 13
 * sub-table  bits 15 and 14, its place in bits 16 to 30, its index bits in bits 8 to 11
 * no code    bit 15
 * </pre>
 *
 * and has in its low 8 bits how many bits it takes: the codes' own and, of a number, the extra bits behind it; of a
 * code in a sub-table only those beyond the root.
 *
 * <p>Sub-tables stand behind the root's {@code 1 << rootBits} entries, each in the size that the codes with its prefix
 * need. A code shorter than the root fills each entry whose low bits it is. Where the bits behind a literal's code hold
 * the whole code of another literal, {@link #pair} makes one entry of both.
 */
final class HuffmanCode {
    static final int LITERAL = 0x80000000;
    static final int ONE = 0x1000000;
    static final int SPECIAL = 0x8000;
    static final int SUB_TABLE = 0x4000;
    static final int END = 0x2000;

    private static final int LONGEST = 15;
    private static final int NO_CODE = SPECIAL | 1;

    /** Making pairs costs about as much as looking up a twentieth of a block's symbols, so they must save more. */
    private static final int WORTHWHILE_PAIRS = 12;

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
            if (longest > 0) {
                fill(table, 0, 2, 1 << rootBits, entry(symbols[sorted[0]], 1));
            }
            return;
        }
        int index = 0;
        int code = 0;
        for (int length = 1; length <= Math.min(longest, rootBits); length++) {
            // The entries of shorter codes, which repeat with each bit more.
            int size = 1 << length;
            System.arraycopy(table, 0, table, size >> 1, size >> 1);
            for (int left = counts[length]; left > 0; left--) {
                table[code] = entry(symbols[sorted[index++]], length);
                code = next(code, size);
            }
        }
        for (int length = longest; length < rootBits; length++) {
            System.arraycopy(table, 0, table, 1 << length, 1 << length);
        }
        if (longest > rootBits) {
            subTables(symbols, index, code, rootBits, longest, table);
        }
    }

    /** The code behind one of the same length, whose bits are reversed: the highest bit that is 0 carries. */
    private static int next(int code, int size) {
        int zero = Integer.highestOneBit(code ^ (size - 1));
        return code & (zero - 1) | zero;
    }

    /** Codes that are longer than the root; the first is {@code first}, of the root's bits, which are its prefix. */
    private void subTables(int[] symbols, int from, int first, int rootBits, int longest, int[] table) {
        int next = 1 << rootBits;
        int index = from;
        int prefix = -1;
        int place = 0;
        int subBits = 0;
        int code = first;
        for (int length = rootBits + 1; length <= longest; length++) {
            for (int left = counts[length]; left > 0; left--) {
                if ((code & (1 << rootBits) - 1) != prefix) {
                    prefix = code & (1 << rootBits) - 1;
                    subBits = subTableBits(length, left, rootBits, longest);
                    place = next;
                    next += 1 << subBits;
                    table[prefix] = place << 16 | SPECIAL | SUB_TABLE | subBits << 8 | rootBits;
                }
                int rest = length - rootBits;
                int entry = entry(symbols[sorted[index++]], rest);
                fill(table, place + (code >>> rootBits), 1 << rest, place + (1 << subBits), entry);
                code = next(code, 1 << length);
            }
        }
    }

    /**
     * Joins literals in the root whose codes together have at most its bits, if that is often enough the case.
     *
     * <p>The entry of what follows a literal is found in the table at the bits behind its code, which is a lower index:
     * so entries are joined from the last on, while those below still are single.
     */
    void pair(int rootBits, int[] table, byte[] lengths) {
        if (!pairsAreWorthwhile(rootBits, lengths)) {
            return;
        }
        for (int i = (1 << rootBits) - 1; i >= 0; i--) {
            int first = table[i];
            int bits = first & 0xff;
            int second = table[i >>> bits];
            if ((first & second) < 0 && bits + (second & 0xff) <= rootBits) {
                table[i] = first + ONE + (second & 0xff) + ((second & 0xff00) << 8);
            }
        }
    }

    /** Whether a pair is where a literal may be, in one of so many cases, by the lengths of their codes. */
    private boolean pairsAreWorthwhile(int rootBits, byte[] lengths) {
        int[] literals = starts;
        Arrays.fill(literals, 0);
        for (int i = 0; i < 256; i++) {
            literals[lengths[i]]++;
        }
        int pairs = 0;
        for (int first = 1; first < rootBits; first++) {
            for (int second = 1; first + second <= rootBits; second++) {
                pairs += literals[first] * literals[second] << (rootBits - first - second);
            }
        }
        return pairs > (1 << rootBits) / WORTHWHILE_PAIRS;
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
     *
     * @param codes number of codes of this length that are left
     */
    private int subTableBits(int length, int codes, int rootBits, int longest) {
        int bits = length - rootBits;
        int left = (1 << bits) - codes;
        while (left > 0 && bits + rootBits < longest) {
            bits++;
            left = 2 * left - counts[bits + rootBits];
        }
        return bits;
    }

    private static void fill(int[] table, int first, int step, int end, int entry) {
        for (int i = first; i < end; i += step) {
            table[i] = entry;
        }
    }

    private static int entry(int symbol, int length) {
        return symbol < 0 ? symbol + length : symbol + (length << 8 | length);
    }
}
