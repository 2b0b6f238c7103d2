// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zstd;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.lz.WideBytes;

/**
 * One stream of Huffman coded literals, on its way into its part of the room. Confined to one task.
 *
 * <p>A stream is read from its end. Its state is a word that holds the next bits at its top, and the index in the array
 * of that word. The word's lowest bit was set when it was loaded, so that the number of its trailing zeros tells how
 * many bits were taken: no third variable. At most 55 bits (five codes) are taken before the word is loaded again.
 *
 * <p>Invariant: a word is loaded only from {@code start - 8} on, and every stream of a frame starts at least 8 bytes
 * behind the frame's start, so a load never leaves the array; bits from before the stream are noticed at its end.
 */
final class HuffmanStream {
    /**
     * Codes between two loads: five of up to 11 bits take at most 55, and a loaded word has at least 55 before its
     * mark.
     */
    static final int CODES = 5;

    /** Bytes that are written for five codes. */
    static final int WORD = 8;

    /** An index of constant width: a shift by a variable takes as long as three others. */
    private static final int SHIFT = Long.SIZE - HuffmanTable.MAXIMUM_BITS;

    /**
     * What streams share.
     *
     * @param entries those of {@link HuffmanTable#entries()}
     * @param in array of the streams
     * @param out array that gets the literals
     */
    @SuppressWarnings("ArrayRecordComponent") // a view by intention: equality is never asked for
    record Data(short[] entries, byte[] in, byte[] out) {}

    private final byte[] in;
    private final short[] entries;
    private final byte[] out;
    private final int start;
    private int at;
    private long bits;
    private int to;

    /**
     * Opens a stream.
     *
     * @param stream in the input's array
     * @param to index of the first literal
     * @throws FilterDataException when the stream has no end
     */
    HuffmanStream(Data data, Span stream, int to) throws FilterDataException {
        this.entries = data.entries();
        this.in = data.in();
        this.out = data.out();
        this.start = stream.offset();
        this.at = stream.end() - 8;
        this.bits = (WideBytes.longAt(in, at) | 1) << BackwardBits.padding(in, start, stream.end());
        this.to = to;
    }

    /** A copy over other arrays that hold the same. */
    HuffmanStream(HuffmanStream other, Data data) {
        this.entries = data.entries();
        this.in = data.in();
        this.out = data.out();
        this.start = other.start;
        goOnFrom(other);
    }

    /** Goes on where another has come to. */
    void goOnFrom(HuffmanStream other) {
        this.at = other.at;
        this.bits = other.bits;
        this.to = other.to;
    }

    /**
     * Decodes five literals; writes three bytes behind them.
     *
     * <p>Each literal is put beside those before and turned away to the top, so that none of the five waits in a
     * register of its own.
     */
    void five() throws FilterDataException {
        long b = bits;
        long e1 = entries[(int) (b >>> SHIFT)];
        b <<= e1;
        long word = Long.rotateRight(e1 & 0xff00, 8);
        long e2 = entries[(int) (b >>> SHIFT)];
        b <<= e2;
        word = Long.rotateRight(word | e2 & 0xff00, 8);
        long e3 = entries[(int) (b >>> SHIFT)];
        b <<= e3;
        word = Long.rotateRight(word | e3 & 0xff00, 8);
        long e4 = entries[(int) (b >>> SHIFT)];
        b <<= e4;
        word = Long.rotateRight(word | e4 & 0xff00, 8);
        long e5 = entries[(int) (b >>> SHIFT)];
        WideBytes.putLong(out, to, Long.rotateRight(word | e5 & 0xff00, 40));
        to += CODES;
        load(b << e5);
    }

    /** Loads the next word in place of one whose bits were taken. */
    private void load(long used) throws FilterDataException {
        int taken = Long.numberOfTrailingZeros(used);
        at -= taken >>> 3;
        if (at < start - 8) {
            throw malformed();
        }
        bits = (WideBytes.longAt(in, at) | 1) << (taken & 7);
    }

    /**
     * Decodes the literals up to {@code end}, which are all that are left.
     *
     * @throws FilterDataException when the stream does not hold exactly that many codes
     */
    void finish(int end) throws FilterDataException {
        while (to < end) {
            int run = Math.min(CODES, end - to);
            long b = bits;
            for (int i = 0; i < run; i++) {
                int entry = entries[(int) (b >>> SHIFT)];
                out[to++] = (byte) (entry >> 8);
                b <<= entry;
            }
            load(b);
        }
        if ((at - start) * 8 + Long.SIZE - Long.numberOfTrailingZeros(bits) != 0) {
            throw malformed();
        }
    }

    static FilterDataException malformed() {
        return new FilterDataException("Zstandard literals do not fill their streams");
    }
}
