// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.blosc;

import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.bitshuffle.BitTranspose;
import io.h5coro.internal.decode.bitshuffle.ByteTranspose;
import io.h5coro.internal.decode.lz.BlockCodec;
import io.h5coro.internal.decode.lz.Lengths;
import io.h5coro.internal.decode.lz.WideBytes;

/**
 * A Blosc 1 chunk. Little-endian:
 *
 * <pre>
 * 1  format version, 2
 * 1  version of the codec's format
 * 1  flags: bit 0 bytes transposed, 1 stored, 2 bits transposed, 4 blocks are not split, 5-7 codec
 * 1  element size
 * 4  decoded length
 * 4  decoded length of a block; the last one may be shorter
 * 4  length of the chunk, this header included
 *    stored: the bytes; else for each block 4 bytes: its start in the chunk, then the blocks
 * </pre>
 *
 * A block is one stream, or, unless it is short or must not be, one stream for each byte of an element; a stream is its
 * encoded length (4 bytes) and that many bytes, stored as they are when that is the decoded length. (c-blosc
 * {@code README_CHUNK_FORMAT.rst}, {@code blosc.c})
 */
final class Blosc1Chunk {
    private static final int HEADER = 16;
    private static final int VERSION = 2;
    private static final int BYTES_TRANSPOSED = 1;
    private static final int STORED = 2;
    private static final int BITS_TRANSPOSED = 4;
    private static final int RESERVED = 8;
    private static final int NOT_SPLIT = 16;
    /** A block of longer elements is one stream, as the encoder does. */
    private static final int MOST_STREAMS = 16;
    /** A block is only split into streams of at least so many bytes, as the encoder does. */
    private static final int SHORTEST_STREAM = 128;

    private final byte[] in;
    private final int start;
    private final int end;
    private final int flags;
    private final int elementSize;
    private final int blockSize;
    private final byte[] out;
    private final int outLength;
    private final BloscCodecs codecs;
    private final BlockCodec codec;

    private Blosc1Chunk(Span chunk, int end, Span out, BloscCodecs codecs) throws FilterDataException {
        this.in = chunk.array();
        this.start = chunk.offset();
        this.end = end;
        this.flags = in[start + 2] & 0xff;
        this.elementSize = in[start + 3] & 0xff;
        this.blockSize = WideBytes.intAt(in, start + 8);
        this.out = out.array();
        this.outLength = out.length();
        this.codecs = codecs;
        this.codec = codecs.of(flags);
    }

    /**
     * The decoded length of a chunk.
     *
     * @throws FilterDataException when it is malformed, unsupported or gives more than it may
     */
    static int length(Span chunk, FilterContext context) throws FilterDataException {
        Lengths.header("Blosc", chunk, HEADER);
        byte[] in = chunk.array();
        int start = chunk.offset();
        if (in[start] != VERSION || (in[start + 2] & RESERVED) != 0) {
            throw new FilterDataException("Blosc chunk of version " + in[start] + ", flags " + in[start + 2], true);
        }
        return Lengths.output("Blosc chunk", WideBytes.intAt(in, start + 4) & 0xffffffffL, context);
    }

    /**
     * Decodes a chunk.
     *
     * @param out an array's first bytes, as many as {@link #length} tells
     * @throws FilterDataException when it is malformed or unsupported
     */
    static void decode(Span chunk, Span out, BloscCodecs codecs) throws FilterDataException {
        int start = chunk.offset();
        long encoded = WideBytes.intAt(chunk.array(), start + 12) & 0xffffffffL;
        if (encoded < HEADER || encoded > chunk.length()) {
            throw malformed("has " + chunk.length() + " bytes, " + encoded + " declared");
        }
        if (out.length() > 0) {
            new Blosc1Chunk(chunk, start + (int) encoded, out, codecs).decode();
        }
    }

    private void decode() throws FilterDataException {
        if ((flags & STORED) != 0) {
            if (end - start - HEADER != outLength) {
                throw malformed("stores " + (end - start - HEADER) + " bytes of " + outLength);
            }
            System.arraycopy(in, start + HEADER, out, 0, outLength);
            return;
        }
        if (blockSize <= 0 || blockSize > outLength || elementSize == 0) {
            throw malformed("has blocks of " + blockSize + " bytes, elements of " + elementSize);
        }
        int blocks = (outLength - 1) / blockSize + 1;
        if (blocks > (end - start - HEADER) / 4) {
            throw malformed("has " + blocks + " blocks in " + (end - start) + " bytes");
        }
        boolean bytes = (flags & BYTES_TRANSPOSED) != 0 && elementSize > 1;
        boolean bits = !bytes && (flags & BITS_TRANSPOSED) != 0;
        BitTranspose bitTranspose = codecs.bits(elementSize);
        byte[] transposed = bytes || bits ? codecs.room(blockSize) : out;
        for (int block = 0; block < blocks; block++) {
            int to = block * blockSize;
            int size = Math.min(blockSize, outLength - to);
            int from = WideBytes.intAt(in, start + HEADER + 4 * block);
            if (from < HEADER || from > end - start) {
                throw malformed("has block " + block + " at " + from);
            }
            readBlock(start + from, transposed, transposed == out ? to : 0, size);
            int elements = size / elementSize;
            if (bytes) {
                ByteTranspose.undo(elementSize, transposed, 0, out, to, size);
            } else if (bits && elements % 8 == 0) {
                // Else the encoder leaves the block as it is.
                bitTranspose.undo(transposed, 0, out, to, elements);
                int moved = elements * elementSize;
                System.arraycopy(transposed, moved, out, to + moved, size - moved);
            } else if (bits) {
                System.arraycopy(transposed, 0, out, to, size);
            }
        }
    }

    /**
     * Decodes the streams of one block, one behind the other.
     *
     * @param from index in the input of the first stream's length
     * @param target array that gets the block, still transposed
     * @param to where in it
     * @param length decoded length of the block
     */
    private void readBlock(int from, byte[] target, int to, int length) throws FilterDataException {
        boolean split = (flags & NOT_SPLIT) == 0
                && elementSize <= MOST_STREAMS
                && length / elementSize >= SHORTEST_STREAM
                && length == blockSize;
        int streams = split ? elementSize : 1;
        int streamLength = length / streams;
        int at = from;
        for (int stream = 0; stream < streams; stream++) {
            int encoded = end - at < 4 ? -1 : WideBytes.intAt(in, at);
            at += 4;
            if (encoded < 0 || encoded > end - at) {
                throw malformed("has a stream that ends behind it");
            }
            int op = to + stream * streamLength;
            if (encoded == streamLength) {
                System.arraycopy(in, at, target, op, streamLength);
            } else {
                int found = codec.decode(new Span(in, at, encoded), new Span(target, op, streamLength));
                Lengths.exact("Blosc stream", found, streamLength);
            }
            at += encoded;
        }
        if (streams * streamLength != length) {
            throw malformed("splits " + length + " bytes in " + streams + " streams");
        }
    }

    private static FilterDataException malformed(String what) {
        return new FilterDataException("Blosc chunk " + what);
    }
}
