// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.blosc;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.lz.BlockCodec;
import io.h5coro.internal.decode.lz.Lengths;
import io.h5coro.internal.decode.lz.Lz4Block;
import io.h5coro.internal.decode.lz.WideBytes;
import java.util.Arrays;

/**
 * A Blosc2 chunk, decoded block by block. Behind the header are the starts of the blocks in the chunk, 4 bytes each. A
 * block is one stream or, if it is whole and may be split, one stream for each byte of an element. A stream is its
 * length (4 bytes) and that many encoded bytes; stored as they are when that is the decoded length. A length of 0 means
 * zeros; a negative one and a byte with bit 0 set mean that its negative is the value of every byte. Keeps scratch
 * space: confined to one task.
 *
 * @see Blosc2Header
 */
final class Blosc2Chunk {
    private final byte[] in;
    private final int start;
    private final Blosc2Header header;
    private final Blosc2Filters filters;
    private final BlockCodec codec;
    private final byte[] scratch;
    /** The decoded first block, to which a delta refers; empty until a block with a delta is read. */
    private byte[] first = new byte[0];

    private Blosc2Chunk(
            byte[] in, int start, Blosc2Header header, Blosc2Filters filters, BlockCodec codec, byte[] scratch) {
        this.in = in;
        this.start = start;
        this.header = header;
        this.filters = filters;
        this.codec = codec;
        this.scratch = scratch;
    }

    /**
     * Opens the chunk at the start of a span.
     *
     * @param itemSize bytes of an element of the frame, which exceeds that of the chunk when it is above 255
     * @param maximum largest decoded length of a block: a bound on scratch space
     * @param codecs whose room is this chunk's until another one is opened
     * @throws FilterDataException when the chunk is malformed or unsupported
     */
    static Blosc2Chunk open(Span chunk, int itemSize, int maximum, BloscCodecs codecs) throws FilterDataException {
        Blosc2Header header = Blosc2Header.parse(chunk);
        byte[] in = chunk.array();
        int start = chunk.offset();
        checkSize(header, start);
        if (header.blockSize() > maximum) {
            throw Blosc2Header.malformed("has blocks of " + header.blockSize() + " bytes, at most " + maximum);
        }
        boolean plain = header.special() != Blosc2Header.NONE || header.stored();
        Blosc2Filters filters = plain
                ? Blosc2Filters.none()
                : Blosc2Filters.read(in, start, codecs.bits(header.elementSize()), itemSize);
        BlockCodec codec = plain ? Lz4Block::decode : codecs.of(header.flags());
        return new Blosc2Chunk(
                in, start, header, filters, codec, codecs.room(filters.moves() ? header.blockSize() : 0));
    }

    private static void checkSize(Blosc2Header header, int start) throws FilterDataException {
        int payload = header.end() - start - Blosc2Header.BYTES;
        boolean whole = header.length() % header.elementSize() == 0;
        switch (header.special()) {
            case Blosc2Header.NONE -> {
                boolean fits = header.stored() ? payload == header.length() : header.blocks() <= payload / 4;
                if (!fits) {
                    throw Blosc2Header.malformed("of " + header.blocks() + " blocks has " + payload + " bytes");
                }
            }
            case Blosc2Header.VALUE -> {
                if (!whole || payload < header.elementSize()) {
                    throw Blosc2Header.malformed("repeats a value of " + header.elementSize() + " bytes");
                }
            }
            case Blosc2Header.NAN -> {
                if (!whole || (header.elementSize() != 4 && header.elementSize() != 8)) {
                    throw Blosc2Header.malformed("has NaN elements of " + header.elementSize() + " bytes");
                }
            }
            default -> {}
        }
    }

    /** A chunk that a frame does not store, since all its elements are alike. */
    static Blosc2Chunk alike(Blosc2Header header) throws FilterDataException {
        checkSize(header, 0);
        return new Blosc2Chunk(new byte[0], 0, header, Blosc2Filters.none(), Lz4Block::decode, new byte[0]);
    }

    /** The decoded length. */
    int length() {
        return header.length();
    }

    /** The decoded length of each block but the last. */
    int blockSize() {
        return header.blockSize();
    }

    /** The number of blocks. */
    int blocks() {
        return header.blocks();
    }

    /**
     * Decodes one block.
     *
     * @param block from 0 to {@link #blocks()} - 1
     * @param out array with room for the block from {@code to} on
     * @return the decoded length
     * @throws FilterDataException when the block is malformed
     */
    int decodeBlock(int block, byte[] out, int to) throws FilterDataException {
        int at = block * header.blockSize();
        int length = Math.min(header.blockSize(), header.length() - at);
        if (header.special() != Blosc2Header.NONE) {
            fill(out, to, length, at);
        } else if (header.stored()) {
            System.arraycopy(in, start + Blosc2Header.BYTES + at, out, to, length);
        } else if (filters.delta()) {
            decodeDelta(block, out, to, length);
        } else {
            decodeFiltered(block, out, to, length);
        }
        return length;
    }

    private void fill(byte[] out, int to, int length, int at) {
        int size = header.elementSize();
        if (header.special() == Blosc2Header.ZEROS || header.special() == Blosc2Header.UNINITIALISED) {
            Arrays.fill(out, to, to + length, (byte) 0);
            return;
        }
        byte[] value = new byte[size];
        if (header.special() == Blosc2Header.VALUE) {
            System.arraycopy(in, start + Blosc2Header.BYTES, value, 0, size);
        } else {
            value[size - 1] = 0x7f;
            value[size - 2] = (byte) (size == 4 ? 0xc0 : 0xf8);
        }
        for (int i = 0; i < length; i++) {
            out[to + i] = value[(at + i) % size];
        }
    }

    private void decodeDelta(int block, byte[] out, int to, int length) throws FilterDataException {
        if (first.length == 0) {
            byte[] bytes = new byte[header.blockSize()];
            decodeFiltered(0, bytes, 0, bytes.length);
            Blosc2Filters.undoFirstDelta(bytes, 0, bytes.length, header.elementSize());
            first = bytes;
        }
        if (block == 0) {
            System.arraycopy(first, 0, out, to, length);
        } else {
            decodeFiltered(block, out, to, length);
            Blosc2Filters.undoDelta(first, out, to, length, header.elementSize());
        }
    }

    private void decodeFiltered(int block, byte[] out, int to, int length) throws FilterDataException {
        if (filters.moves()) {
            readStreams(block, scratch, 0, length);
            filters.undo(scratch, out, to, length);
        } else {
            readStreams(block, out, to, length);
            filters.undo(out, out, to, length);
        }
    }

    private void readStreams(int block, byte[] out, int to, int length) throws FilterDataException {
        int from = WideBytes.intAt(in, start + Blosc2Header.BYTES + 4 * block);
        if (from < Blosc2Header.BYTES || from > header.end() - start) {
            throw Blosc2Header.malformed("has block " + block + " at " + from);
        }
        int streams = header.split() && length == header.blockSize() ? header.elementSize() : 1;
        int streamLength = length / streams;
        if (streamLength * streams != length) {
            throw Blosc2Header.malformed("splits " + length + " bytes in " + streams + " streams");
        }
        int at = start + from;
        for (int stream = 0; stream < streams; stream++) {
            at = readStream(at, out, to + stream * streamLength, streamLength);
        }
    }

    /**
     * Decodes one stream.
     *
     * @param from index of the stream's length
     * @return the index behind the stream
     */
    private int readStream(int from, byte[] out, int to, int length) throws FilterDataException {
        int at = from + 4;
        if (header.end() < at) {
            throw Blosc2Header.malformed("ends within the length of a stream");
        }
        int encoded = WideBytes.intAt(in, from);
        if (encoded > header.end() - at) {
            throw Blosc2Header.malformed("has a stream that ends behind it");
        }
        if (encoded > 0 && encoded != length) {
            Lengths.exact("Blosc2 stream", codec.decode(new Span(in, at, encoded), new Span(out, to, length)), length);
            return at + encoded;
        }
        if (encoded > 0) {
            System.arraycopy(in, at, out, to, length);
            return at + encoded;
        }
        if (encoded < 0 && (encoded < -255 || at >= header.end() || (in[at] & 1) == 0)) {
            throw Blosc2Header.malformed("has a stream of length " + encoded);
        }
        Arrays.fill(out, to, to + length, (byte) -encoded);
        return encoded == 0 ? at : at + 1;
    }
}
