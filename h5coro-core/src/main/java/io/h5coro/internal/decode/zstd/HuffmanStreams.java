// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zstd;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.lz.WideBytes;

/**
 * Decodes Huffman coded literals, one stream or four at once.
 *
 * <p>A stream is read from its end. Its state is a word that holds the next bits at its top, and the index in the array
 * of that word. The word's lowest bit was set when it was loaded, so that the number of its trailing zeros tells how
 * many bits were taken: no third variable. At most 55 bits (five codes) are taken before the word is loaded again.
 *
 * <p>Invariant: a word is loaded only from {@code start - 8} on, and every stream of a frame starts at least 8 bytes
 * behind the frame's start, so a load never leaves the array; bits from before the stream are noticed at its end.
 */
final class HuffmanStreams {
    /**
     * Codes between two loads: five of up to 11 bits take at most 55, and a loaded word has at least 55 before its
     * mark.
     */
    private static final int CODES = 5;

    private HuffmanStreams() {}

    /**
     * Decodes one stream, which fills the room.
     *
     * @throws FilterDataException when the stream does not hold exactly that many codes
     */
    static void decodeOne(HuffmanTable table, Span stream, Span room) throws FilterDataException {
        byte[] in = stream.array();
        int at = stream.end() - 8;
        long bits = (WideBytes.longAt(in, at) | 1) << BackwardBits.padding(in, stream.offset(), stream.end());
        finish(table, in, stream.offset(), at, bits, room.array(), room.offset(), room.end());
    }

    /**
     * Decodes what is left of a stream, whose word at {@code at} has become {@code word}.
     *
     * @param start first byte of the stream
     * @param at index in the array from which the word was loaded
     */
    private static void finish(
            HuffmanTable table, byte[] in, int start, int at, long word, byte[] out, int outStart, int outEnd)
            throws FilterDataException {
        short[] entries = table.entries();
        int shift = Long.SIZE - table.bits();
        int p = at;
        long bits = word;
        int o = outStart;
        while (true) {
            int run = Math.min(CODES, outEnd - o);
            for (int i = 0; i < run; i++) {
                int entry = entries[(int) (bits >>> shift)];
                out[o++] = (byte) (entry >> 8);
                bits <<= entry;
            }
            int taken = Long.numberOfTrailingZeros(bits);
            p -= taken >>> 3;
            if (p < start - 8) {
                throw malformed();
            }
            if (o == outEnd) {
                if ((p - start) * 8 + Long.SIZE - (taken & 7) != 0) {
                    throw malformed();
                }
                return;
            }
            bits = (WideBytes.longAt(in, p) | 1) << (taken & 7);
        }
    }

    /**
     * Decodes four streams that lie one behind the other, behind the 16-bit lengths of the first three, and fill the
     * room; each but the last gives a quarter of it, rounded up.
     *
     * <p>Each stream's state is in variables of the loop, so the four chains of dependent loads run side by side. The
     * loop ends when the last stream, which is the shortest, has less than five codes left; {@link #finish} does the
     * rest. Of each five bytes the first four are gathered in a word: one store, and one check of its index, for four.
     *
     * <pre>
     * 2 + 2 + 2   lengths of the first three streams; the fourth takes what is left
     * </pre>
     *
     * @throws FilterDataException when the streams do not hold exactly that many codes
     */
    static void decodeFour(HuffmanTable table, Span streams, Span room) throws FilterDataException {
        byte[] in = streams.array();
        int start = streams.offset();
        int end = streams.end();
        byte[] out = room.array();
        int outStart = room.offset();
        int outEnd = room.end();
        int quarter = (outEnd - outStart + 3) >>> 2;
        int lastLength = outEnd - outStart - 3 * quarter;
        if (end - start < 10 || lastLength < 0) {
            throw malformed();
        }
        int s1 = start + 6;
        int s2 = s1 + WideBytes.shortAt(in, start);
        int s3 = s2 + WideBytes.shortAt(in, start + 2);
        int s4 = s3 + WideBytes.shortAt(in, start + 4);
        if (s4 >= end) {
            throw malformed();
        }
        int p1 = s2 - 8;
        int p2 = s3 - 8;
        int p3 = s4 - 8;
        int p4 = end - 8;
        long b1 = (WideBytes.longAt(in, p1) | 1) << BackwardBits.padding(in, s1, s2);
        long b2 = (WideBytes.longAt(in, p2) | 1) << BackwardBits.padding(in, s2, s3);
        long b3 = (WideBytes.longAt(in, p3) | 1) << BackwardBits.padding(in, s3, s4);
        long b4 = (WideBytes.longAt(in, p4) | 1) << BackwardBits.padding(in, s4, end);
        int l1 = s1 - 8;
        int l2 = s2 - 8;
        int l3 = s3 - 8;
        int l4 = s4 - 8;
        short[] entries = table.entries();
        int shift = Long.SIZE - table.bits();
        int o1 = outStart;
        int o2 = o1 + quarter;
        int o3 = o2 + quarter;
        int o4 = o3 + quarter;
        int fastEnd = o4 + lastLength - CODES;
        while (o4 <= fastEnd) {
            int w1 = 0;
            int w2 = 0;
            int w3 = 0;
            int w4 = 0;
            for (int i = 0; i < CODES - 1; i++) {
                int e1 = entries[(int) (b1 >>> shift)];
                int e2 = entries[(int) (b2 >>> shift)];
                int e3 = entries[(int) (b3 >>> shift)];
                int e4 = entries[(int) (b4 >>> shift)];
                b1 <<= e1;
                b2 <<= e2;
                b3 <<= e3;
                b4 <<= e4;
                w1 = w1 >>> 8 | (e1 & 0xff00) << 16;
                w2 = w2 >>> 8 | (e2 & 0xff00) << 16;
                w3 = w3 >>> 8 | (e3 & 0xff00) << 16;
                w4 = w4 >>> 8 | (e4 & 0xff00) << 16;
            }
            int e1 = entries[(int) (b1 >>> shift)];
            int e2 = entries[(int) (b2 >>> shift)];
            int e3 = entries[(int) (b3 >>> shift)];
            int e4 = entries[(int) (b4 >>> shift)];
            b1 <<= e1;
            b2 <<= e2;
            b3 <<= e3;
            b4 <<= e4;
            WideBytes.putInt(out, o1, w1);
            WideBytes.putInt(out, o2, w2);
            WideBytes.putInt(out, o3, w3);
            WideBytes.putInt(out, o4, w4);
            out[o1 + 4] = (byte) (e1 >> 8);
            out[o2 + 4] = (byte) (e2 >> 8);
            out[o3 + 4] = (byte) (e3 >> 8);
            out[o4 + 4] = (byte) (e4 >> 8);
            o1 += CODES;
            o2 += CODES;
            o3 += CODES;
            o4 += CODES;
            int t1 = Long.numberOfTrailingZeros(b1);
            int t2 = Long.numberOfTrailingZeros(b2);
            int t3 = Long.numberOfTrailingZeros(b3);
            int t4 = Long.numberOfTrailingZeros(b4);
            p1 -= t1 >>> 3;
            p2 -= t2 >>> 3;
            p3 -= t3 >>> 3;
            p4 -= t4 >>> 3;
            if ((p1 - l1 | p2 - l2 | p3 - l3 | p4 - l4) < 0) {
                throw malformed();
            }
            b1 = (WideBytes.longAt(in, p1) | 1) << (t1 & 7);
            b2 = (WideBytes.longAt(in, p2) | 1) << (t2 & 7);
            b3 = (WideBytes.longAt(in, p3) | 1) << (t3 & 7);
            b4 = (WideBytes.longAt(in, p4) | 1) << (t4 & 7);
        }
        finish(table, in, s1, p1, b1, out, o1, outStart + quarter);
        finish(table, in, s2, p2, b2, out, o2, outStart + 2 * quarter);
        finish(table, in, s3, p3, b3, out, o3, outStart + 3 * quarter);
        finish(table, in, s4, p4, b4, out, o4, outEnd);
    }

    private static FilterDataException malformed() {
        return new FilterDataException("Zstandard literals do not fill their streams");
    }
}
