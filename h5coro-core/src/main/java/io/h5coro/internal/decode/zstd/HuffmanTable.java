// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zstd;

import io.h5coro.filter.FilterDataException;
import java.util.Arrays;

/**
 * The decoding table of a Huffman tree of literals, read from its description: a weight for each symbol but the last,
 * in nibbles or FSE coded; weight w > 0 means a code of {@code maximum + 1 - w} bits. Confined to one task.
 *
 * <pre>
 * 1      header; 0-127: bytes of an FSE coded description; else header - 127 weights follow
 * n      FSE: table of accuracy up to 6, then a stream with two states that take turns
 *        else: weights of 4 bits, the first in the high half of its byte
 * </pre>
 *
 * <p>Example: weights 4, 3, 2, 0, 1 are given, which stand for 8 + 4 + 2 + 0 + 1 = 15 of 16 parts. The last symbol has
 * the part that is left, so weight 1. The longest code has 4 bits; the codes have 1, 2, 3, 0, 4 and 4 bits.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-4.2.1">RFC 8878, 4.2.1</a>
 */
final class HuffmanTable {
    /** Longest code of a literal. */
    static final int MAXIMUM_BITS = 11;

    /** Most weights that are described; the 256th symbol's follows from their sum. */
    private static final int MAXIMUM_WEIGHTS = 255;
    /** Largest accuracy of the table for weights (RFC 8878, 4.2.1.2). */
    private static final int WEIGHT_LOG = 6;

    private static final int[] WEIGHTS = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    private static final int[] NO_BITS = new int[WEIGHTS.length];

    private final short[] entries = new short[1 << MAXIMUM_BITS];
    private final byte[] weights = new byte[MAXIMUM_WEIGHTS + 1];
    private final FseTable weightTable = FseTable.empty();
    private int bits;

    /** For each value of the next {@link #bits()} bits: the symbol in bits 8-15, its code's length in bits 0-7. */
    short[] entries() {
        return entries;
    }

    /** Number of bits that index the table; 0 before a tree was read. */
    int bits() {
        return bits;
    }

    /**
     * Reads a tree.
     *
     * @return the index behind the tree's description
     * @throws FilterDataException when it is not a complete tree of at most 11 bits
     */
    int read(byte[] in, int start, int end) throws FilterDataException {
        if (start >= end) {
            throw malformed("has no description");
        }
        int header = in[start] & 0xff;
        int at = start + 1;
        int size = header < 128 ? header : (header - 126) >> 1;
        if (size > end - at) {
            throw malformed("description ends behind its block");
        }
        int count = header < 128 ? readCoded(in, at, at + size) : readNibbles(in, at, header - 127);
        fill(complete(count));
        return at + size;
    }

    private int readNibbles(byte[] in, int start, int count) {
        for (int i = 0; i < count; i++) {
            weights[i] = (byte) ((in[start + i / 2] >>> ((i & 1) == 0 ? 4 : 0)) & 15);
        }
        return count;
    }

    private int readCoded(byte[] in, int start, int end) throws FilterDataException {
        int streamStart = weightTable.build(in, start, end, WEIGHT_LOG, WEIGHTS, NO_BITS);
        BackwardBits stream = new BackwardBits(in, streamStart, end);
        int[] state = {stream.take(weightTable.log()), stream.take(weightTable.log())};
        long[] table = weightTable.entries();
        int count = 0;
        // The two states take turns; the stream ends where one of them lacks bits: then the other's symbol is the last.
        for (int turn = 0; ; turn ^= 1) {
            if (count >= MAXIMUM_WEIGHTS - 1) {
                throw malformed("has more than " + MAXIMUM_WEIGHTS + " weights");
            }
            long entry = table[state[turn]];
            weights[count++] = (byte) entry;
            int width = (int) (entry >>> 48) & 0xff;
            if (width > stream.remaining()) {
                weights[count++] = (byte) table[state[turn ^ 1]];
                return count;
            }
            state[turn] = ((int) (entry >>> 32) & 0xffff) + stream.take(width);
        }
    }

    /** Adds the weight of the last symbol, which makes the codes complete, and tells the number of symbols. */
    private int complete(int count) throws FilterDataException {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            if (weights[i] > MAXIMUM_BITS) {
                throw malformed("has weight " + weights[i]);
            }
            sum += (1 << weights[i]) >> 1;
        }
        if (sum == 0) {
            throw malformed("has no weights");
        }
        bits = Integer.SIZE - Integer.numberOfLeadingZeros(sum);
        int rest = (1 << bits) - sum;
        if (bits > MAXIMUM_BITS || Integer.bitCount(rest) != 1) {
            bits = 0;
            throw malformed("weights sum to " + sum);
        }
        weights[count] = (byte) (Integer.numberOfTrailingZeros(rest) + 1);
        return count + 1;
    }

    /**
     * Fills the table in the order of weights, so from the longest codes to the shortest, and within a weight in that
     * of the symbols. A symbol of weight w takes {@code 1 << (w - 1)} entries.
     */
    private void fill(int symbols) {
        int[] starts = new int[MAXIMUM_BITS + 2];
        int spare = MAXIMUM_BITS - bits;
        for (int i = 0; i < symbols; i++) {
            starts[weights[i] + 1] += (1 << weights[i]) >> 1;
        }
        for (int weight = 1; weight < starts.length; weight++) {
            starts[weight] += starts[weight - 1];
        }
        for (int i = 0; i < symbols; i++) {
            int weight = weights[i];
            if (weight > 0) {
                int start = starts[weight] << spare;
                starts[weight] += 1 << (weight - 1);
                Arrays.fill(entries, start, starts[weight] << spare, (short) (i << 8 | (bits + 1 - weight)));
            }
        }
    }

    private static FilterDataException malformed(String what) {
        return new FilterDataException("Zstandard Huffman tree " + what);
    }
}
