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
        HuffmanStream.Data data = new HuffmanStream.Data(table.entries(), stream.array(), room.array());
        new HuffmanStream(data, stream, room.offset()).finish(room.end());
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
        HuffmanStream.Data data = new HuffmanStream.Data(table.entries(), in, room.array());
        HuffmanStream[] four = {
            new HuffmanStream(data, new Span(in, s1, s2 - s1), first),
            new HuffmanStream(data, new Span(in, s2, s3 - s2), first + quarter),
            new HuffmanStream(data, new Span(in, s3, s4 - s3), first + 2 * quarter),
            new HuffmanStream(data, new Span(in, s4, end - s4), first + 3 * quarter)
        };
        decodeFives(four, data, last);
        four[0].finish(first + quarter);
        four[1].finish(first + 2 * quarter);
        four[2].finish(first + 3 * quarter);
        four[3].finish(first + room.length());
    }

    /**
     * Decodes nearly {@code length} literals of each stream.
     *
     * <p>The streams' copies do not leave this method, so that their state is in registers; the table's copy has a
     * length that the compiler knows, so that it checks no index and keeps no values for the case that one is wrong.
     */
    private static void decodeFives(HuffmanStream[] four, HuffmanStream.Data data, int length)
            throws FilterDataException {
        short[] entries = new short[1 << HuffmanTable.MAXIMUM_BITS];
        System.arraycopy(data.entries(), 0, entries, 0, 1 << HuffmanTable.MAXIMUM_BITS);
        HuffmanStream.Data copied = new HuffmanStream.Data(entries, data.in(), data.out());
        HuffmanStream a = new HuffmanStream(four[0], copied);
        HuffmanStream b = new HuffmanStream(four[1], copied);
        HuffmanStream c = new HuffmanStream(four[2], copied);
        HuffmanStream d = new HuffmanStream(four[3], copied);
        for (int left = length; left >= HuffmanStream.WORD; left -= HuffmanStream.CODES) {
            a.five();
            b.five();
            c.five();
            d.five();
        }
        four[0].goOnFrom(a);
        four[1].goOnFrom(b);
        four[2].goOnFrom(c);
        four[3].goOnFrom(d);
    }
}
