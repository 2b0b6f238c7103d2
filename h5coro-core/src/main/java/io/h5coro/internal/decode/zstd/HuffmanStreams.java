// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zstd;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.lz.WideBytes;

/** Decodes Huffman coded literals, one stream or four at once. */
final class HuffmanStreams {
    /** The lengths of the first three streams. */
    private static final int LENGTHS = 6;

    private HuffmanStreams() {}

    /**
     * Decodes one stream, which fills the room.
     *
     * @throws FilterDataException when the stream does not hold exactly that many codes
     */
    static void decodeOne(HuffmanTable table, Span stream, Span room) throws FilterDataException {
        new HuffmanStream(table, stream, room.array(), room.offset()).finish(room.end());
    }

    /**
     * Decodes four streams that lie one behind the other, behind the 16-bit lengths of the first three, and fill the
     * room; each but the last gives a quarter of it, rounded up.
     *
     * <p>Each takes five codes at a time, so that the processor works at four chains of dependent loads. The loop ends
     * when the last stream, which is the shortest, has less than a word left; {@link HuffmanStream#finish} does the
     * rest.
     *
     * <pre>
     * 2 + 2 + 2   lengths of the first three streams; the fourth takes what is left
     * </pre>
     *
     * @throws FilterDataException when the streams do not hold exactly that many codes
     */
    static void decodeFour(HuffmanTable table, Span streams, Span room) throws FilterDataException {
        byte[] in = streams.array();
        int from = streams.offset();
        int end = streams.end();
        byte[] out = room.array();
        int first = room.offset();
        int quarter = (room.length() + 3) >>> 2;
        int last = room.length() - 3 * quarter;
        if (end - from < LENGTHS + 4 || last < 0) {
            throw HuffmanStream.malformed();
        }
        int s1 = from + LENGTHS;
        int s2 = s1 + WideBytes.shortAt(in, from);
        int s3 = s2 + WideBytes.shortAt(in, from + 2);
        int s4 = s3 + WideBytes.shortAt(in, from + 4);
        if (s4 >= end) {
            throw HuffmanStream.malformed();
        }
        HuffmanStream a = new HuffmanStream(table, new Span(in, s1, s2 - s1), out, first);
        HuffmanStream b = new HuffmanStream(table, new Span(in, s2, s3 - s2), out, first + quarter);
        HuffmanStream c = new HuffmanStream(table, new Span(in, s3, s4 - s3), out, first + 2 * quarter);
        HuffmanStream d = new HuffmanStream(table, new Span(in, s4, end - s4), out, first + 3 * quarter);
        for (int left = last; left >= HuffmanStream.WORD; left -= HuffmanStream.CODES) {
            a.five();
            b.five();
            c.five();
            d.five();
        }
        a.finish(first + quarter);
        b.finish(first + 2 * quarter);
        c.finish(first + 3 * quarter);
        d.finish(first + room.length());
    }
}
