// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.inflate;

/** The alphabets of RFC 1951 3.2.5 as entries of {@link HuffmanCode} without their code lengths. Pure functions. */
final class InflateSymbols {
    private static final int INVALID = HuffmanCode.SPECIAL;

    private InflateSymbols() {}

    /** Symbols 0 to 15 and the three repeats of code lengths: base is the symbol. */
    static int[] codeLengths() {
        int[] symbols = new int[19];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = i << 16;
        }
        return symbols;
    }

    /** Literals, end of block, lengths. */
    static int[] literalsAndLengths() {
        int[] symbols = new int[288];
        for (int i = 0; i < 256; i++) {
            symbols[i] = HuffmanCode.LITERAL | HuffmanCode.ONE | i << 8;
        }
        symbols[256] = HuffmanCode.SPECIAL | HuffmanCode.END;
        int base = 3;
        for (int i = 0; i < 28; i++) {
            int extra = Math.max(0, i / 4 - 1);
            symbols[257 + i] = base << 16 | extra;
            base += 1 << extra;
        }
        symbols[285] = 258 << 16;
        symbols[286] = INVALID;
        symbols[287] = INVALID;
        return symbols;
    }

    /** Distances. */
    static int[] distances() {
        int[] symbols = new int[32];
        int base = 1;
        for (int i = 0; i < 30; i++) {
            int extra = Math.max(0, i / 2 - 1);
            symbols[i] = base << 16 | extra;
            base += 1 << extra;
        }
        symbols[30] = INVALID;
        symbols[31] = INVALID;
        return symbols;
    }
}
