// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zstd;

import io.h5coro.filter.FilterDataException;

/**
 * A decoding table for finite state entropy: a state gives a value and, with some bits of the stream, the next state.
 *
 * <p>An entry packs all of that in one word: bits 0-31 the value's base, 32-47 the base of the next state, 48-55 the
 * number of bits to add to that, 56-63 the number of bits to add to the value. Confined to one task while it is
 * rebuilt; the predefined tables are never rebuilt.
 *
 * <pre>
 * description, lowest bits first:
 * 4 bits        accuracy - 5; the probabilities sum to 2^accuracy
 * for each symbol, until the sum is reached:
 *   n-1 or n    probability + 1; n is the width of (what is left + 1)
 *   2 bits      only after probability 0: how many more zeros; 3 is followed by another such field
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-4.1">RFC 8878, 4.1</a>
 */
final class FseTable {
    /** Largest accuracy of any table: 9 bits, of literal lengths and match lengths. */
    private static final int MAXIMUM_LOG = 9;

    private final long[] entries;
    /** Bits of a state; 0 for a table of a single symbol. */
    private int log;

    private FseTable(int maximumLog) {
        this.entries = new long[1 << maximumLog];
    }

    /** A table that is to be built. */
    static FseTable empty() {
        return new FseTable(MAXIMUM_LOG);
    }

    /** A table of a distribution that is known to be right. */
    static FseTable predefined(int log, int[] counts, int[] bases, int[] extraBits) {
        FseTable table = new FseTable(log);
        table.fill(log, counts, counts.length, bases, extraBits);
        return table;
    }

    /** The entries; the first {@code 1 << log} are valid. */
    long[] entries() {
        return entries;
    }

    /** Number of bits of a state. */
    int log() {
        return log;
    }

    /** Makes a table of one state that takes no bits. */
    void single(int base, int extraBits) {
        log = 0;
        entries[0] = (base & 0xffffffffL) | (long) extraBits << 56;
    }

    /**
     * Builds the table from a described distribution.
     *
     * @param in array of the description, which begins at {@code start} and lies before {@code end}
     * @param maximumLog largest accuracy allowed here
     * @param bases value of each symbol; their number is the number of symbols
     * @param extraBits bits to add to each symbol's value
     * @return the index behind the description
     * @throws FilterDataException when the description is not a distribution over those symbols
     */
    int build(byte[] in, int start, int end, int maximumLog, int[] bases, int[] extraBits) throws FilterDataException {
        int[] counts = new int[bases.length];
        ForwardBits bits = new ForwardBits(in, start, end);
        int accuracy = bits.take(4) + 5;
        if (accuracy > maximumLog) {
            throw new FilterDataException("Zstandard distribution of accuracy " + accuracy + ", at most " + maximumLog);
        }
        int symbols = readCounts(bits, 1 << accuracy, counts);
        fill(accuracy, counts, symbols, bases, extraBits);
        return bits.endOfBytes();
    }

    /**
     * Reads the probabilities.
     *
     * @param total their sum, {@code 1 << accuracy}
     * @param counts receives them; -1 stands for "less than 1", which takes one state
     * @return number of symbols up to the last one with a probability
     */
    private static int readCounts(ForwardBits bits, int total, int[] counts) throws FilterDataException {
        int remaining = total;
        int symbol = 0;
        while (remaining > 0) {
            if (symbol >= counts.length) {
                throw new FilterDataException("Zstandard distribution of more than " + counts.length + " symbols");
            }
            int count = readCount(bits, remaining);
            counts[symbol++] = count;
            remaining -= Math.abs(count);
            if (count == 0) {
                int zeros;
                do {
                    zeros = bits.take(2);
                    symbol += zeros;
                } while (zeros == 3 && symbol < counts.length);
            }
        }
        return symbol;
    }

    /**
     * Reads one probability, -1 ("less than 1") to {@code remaining}: small values take a bit less than large ones.
     *
     * <p>Example: with 156 left the value is 0 to 157. The 98 values 0 to 97 take 7 bits; the other 60 take 8. RFC
     * 8878, 4.1.1 has the same example.
     *
     * @param remaining what the probabilities read so far lack of the total
     */
    private static int readCount(ForwardBits bits, int remaining) throws FilterDataException {
        int largest = remaining + 1;
        int width = Integer.SIZE - Integer.numberOfLeadingZeros(largest);
        int shorter = (1 << width) - 1 - largest;
        int half = 1 << (width - 1);
        int low = bits.take(width - 1);
        if (low < shorter) {
            return low - 1;
        }
        return bits.take(1) == 0 ? low - 1 : low + half - shorter - 1;
    }

    /**
     * Spreads the symbols over the states (RFC 8878, 4.1.1).
     *
     * <p>Symbols of probability -1 take the last states. The others take every {@code step}-th state of the rest; the
     * step has no factor in common with the number of states, so each is met once. The n-th state of a symbol of
     * probability p has number p + n; that is shifted up to at least the number of states, and the shift is the number
     * of bits to read. Example: accuracy 5, p = 5. Its states have numbers 5 to 9 and read 3, 3, 3, 2, 2 bits.
     */
    private void fill(int accuracy, int[] counts, int symbols, int[] bases, int[] extraBits) {
        int size = 1 << accuracy;
        int[] next = new int[symbols];
        byte[] symbolAt = new byte[size];
        int high = size - 1;
        for (int symbol = 0; symbol < symbols; symbol++) {
            next[symbol] = Math.abs(counts[symbol]);
            if (counts[symbol] == -1) {
                symbolAt[high--] = (byte) symbol;
            }
        }
        int step = (size >> 1) + (size >> 3) + 3;
        int at = 0;
        for (int symbol = 0; symbol < symbols; symbol++) {
            for (int i = 0; i < counts[symbol]; i++) {
                symbolAt[at] = (byte) symbol;
                do {
                    at = (at + step) & (size - 1);
                } while (at > high);
            }
        }
        log = accuracy;
        for (int state = 0; state < size; state++) {
            int symbol = symbolAt[state];
            int number = next[symbol]++;
            int width = accuracy - (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(number));
            long base = ((long) number << width) - size;
            entries[state] =
                    (bases[symbol] & 0xffffffffL) | base << 32 | (long) width << 48 | (long) extraBits[symbol] << 56;
        }
    }
}
