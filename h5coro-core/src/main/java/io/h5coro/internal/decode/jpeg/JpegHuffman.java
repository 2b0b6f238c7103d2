// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.jpeg;

import io.h5coro.filter.FilterDataException;

/**
 * A Huffman code (T.81 annex C, F.2.2.3). Immutable.
 *
 * <p>Example: codes 00, 01, 10 and 110. The limits, in 16 bits, are 0 for length 1, 0xC000 for length 2, 0xE000 for
 * length 3. The next bits 1011… are below 0xC000, so they begin with a code of length 2; its number is 0b10 = 2.
 */
final class JpegHuffman {
    private static final int LONGEST = 16;

    private final byte[] symbols;

    /** By code length: the code behind the last of this length, aligned to 16 bits; and where its symbols are. */
    private final int[] limits = new int[LONGEST + 1];

    private final int[] starts = new int[LONGEST + 1];

    /** A code without codes. */
    JpegHuffman() {
        symbols = new byte[0];
    }

    /**
     * A code.
     *
     * @param counts number of codes of each length, 1 to 16
     * @param symbols as many symbols
     */
    JpegHuffman(int[] counts, byte[] symbols) throws FilterDataException {
        this.symbols = symbols;
        int code = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST; length++) {
            starts[length] = index - code;
            code += counts[length];
            index += counts[length];
            if (code > 1 << length) {
                throw new FilterDataException("a Huffman table with an impossible code");
            }
            limits[length] = code << (LONGEST - length);
            code <<= 1;
        }
    }

    int decode(JpegBits bits) throws FilterDataException {
        int next = bits.peek16();
        for (int length = 1; length <= LONGEST; length++) {
            if (next < limits[length]) {
                bits.drop(length);
                return symbols[starts[length] + (next >>> (LONGEST - length))] & 0xff;
            }
        }
        throw new FilterDataException("bits that are no Huffman code");
    }
}
