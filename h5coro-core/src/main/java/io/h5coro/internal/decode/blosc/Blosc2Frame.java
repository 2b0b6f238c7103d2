// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.blosc;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.lz.Lengths;
import io.h5coro.internal.decode.lz.WideBytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A contiguous Blosc2 frame: a header, chunks, a chunk of the chunks' offsets, a trailer that is not needed. The
 * header's integers are big-endian, each behind a MessagePack type byte:
 *
 * <pre>
 *  2   8  "b2frame" and a zero byte
 * 11   4  length of the header
 * 16   8  length of the frame
 * 26   1  type, 0 contiguous
 * 30   8  decoded length of all chunks
 * 39   8  encoded length of all chunks; the offsets are behind them
 * 48   4  element size
 * 53   4  decoded length of a block
 * 58   4  decoded length of a chunk
 * 87      metalayers: names with the places of their contents in the header
 * </pre>
 *
 * An offset counts from the end of the header; a negative one means that all elements are alike: its top byte has bit 0
 * set for zeros, 2 for not initialised, 1 for NaN.
 *
 * @param bytes the frame
 * @param headerLength length of the header
 * @param length decoded length of all chunks
 * @param itemSize element size
 * @param blockSize decoded length of a block as the header has it
 * @param chunkSize decoded length of each chunk but the last
 * @param chunksLength encoded length of all chunks
 * @param codecs what decodes chunks, one at a time
 * @see <a href="https://github.com/Blosc/c-blosc2/blob/main/README_CFRAME_FORMAT.rst">Blosc2 Contiguous Frame
 *     Format</a>
 */
record Blosc2Frame(
        Span bytes,
        int headerLength,
        long length,
        int itemSize,
        int blockSize,
        int chunkSize,
        long chunksLength,
        BloscCodecs codecs) {
    private static final int METALAYERS = 87;
    private static final int FIRST_METALAYER = METALAYERS + 7;
    private static final byte[] MAGIC = "b2frame\0".getBytes(StandardCharsets.US_ASCII);
    private static final int CONTENT = 0xc6;

    /**
     * Parses the header of the frame that a span begins with.
     *
     * @throws FilterDataException when it is malformed; unsupported, when the frame is not contiguous
     */
    static Blosc2Frame parse(Span bytes, BloscCodecs codecs) throws FilterDataException {
        Lengths.header("Blosc2 frame", bytes, FIRST_METALAYER);
        byte[] in = bytes.array();
        int start = bytes.offset();
        for (int i = 0; i < MAGIC.length; i++) {
            if (in[start + 2 + i] != MAGIC[i]) {
                throw malformed("has no signature");
            }
        }
        if (in[start + 26] != 0) {
            throw new FilterDataException("Blosc2 frame of type " + in[start + 26], true);
        }
        int headerLength = WideBytes.bigEndianIntAt(in, start + 11);
        long frameLength = WideBytes.bigEndianLongAt(in, start + 16);
        long chunksLength = WideBytes.bigEndianLongAt(in, start + 39);
        if (headerLength < FIRST_METALAYER
                || frameLength > bytes.length()
                || frameLength < headerLength
                || chunksLength < 0
                || chunksLength > frameLength - headerLength) {
            throw malformed("has a header of " + headerLength + ", chunks of " + chunksLength + ", a length of "
                    + frameLength + " in " + bytes.length() + " bytes");
        }
        Blosc2Frame frame = new Blosc2Frame(
                new Span(in, start, (int) frameLength),
                headerLength,
                WideBytes.bigEndianLongAt(in, start + 30),
                WideBytes.bigEndianIntAt(in, start + 48),
                WideBytes.bigEndianIntAt(in, start + 53),
                WideBytes.bigEndianIntAt(in, start + 58),
                chunksLength,
                codecs);
        if (frame.length < 0 || frame.itemSize <= 0 || frame.chunkSize < 0) {
            throw malformed("has " + frame.length + " bytes in chunks of " + frame.chunkSize + ", elements of "
                    + frame.itemSize);
        }
        return frame;
    }

    /**
     * The number of chunks.
     *
     * @throws FilterDataException when there cannot be that many, or their decoded length varies
     */
    int chunks() throws FilterDataException {
        if (length == 0) {
            return 0;
        }
        if (chunkSize == 0) {
            throw new FilterDataException("Blosc2 frame with chunks of different lengths", true);
        }
        long count = (length - 1) / chunkSize + 1;
        if (count > Integer.MAX_VALUE / 8) {
            throw malformed("has " + count + " chunks");
        }
        return (int) count;
    }

    /**
     * Where the chunks are: one word for each.
     *
     * @throws FilterDataException when the chunk that holds them is malformed
     */
    byte[] offsets() throws FilterDataException {
        int chunks = chunks();
        Blosc2Chunk index = Blosc2Chunk.open(behindHeader(chunksLength), 8, 8 * chunks, codecs);
        Lengths.exact("Blosc2 chunk of offsets", index.length(), 8 * chunks);
        byte[] offsets = new byte[8 * chunks];
        for (int block = 0; block < index.blocks(); block++) {
            index.decodeBlock(block, offsets, block * index.blockSize());
        }
        return offsets;
    }

    /**
     * Opens a chunk.
     *
     * @param offsets what {@link #offsets()} gave
     * @param maximum largest decoded length of a block
     * @throws FilterDataException when the chunk is malformed or unsupported
     */
    Blosc2Chunk chunk(byte[] offsets, int number, int maximum) throws FilterDataException {
        long offset = WideBytes.longAt(offsets, 8 * number);
        int expected = (int) Math.min(chunkSize, length - (long) number * chunkSize);
        Blosc2Chunk chunk = offset < 0
                ? alike(offset, expected)
                : Blosc2Chunk.open(behindHeader(offset), itemSize, maximum, codecs);
        Lengths.exact("Blosc2 chunk", chunk.length(), expected);
        return chunk;
    }

    private Blosc2Chunk alike(long offset, int expected) throws FilterDataException {
        int mark = (int) (offset >>> 56);
        int special = (mark & 1) != 0
                ? Blosc2Header.ZEROS
                : (mark & 4) != 0 ? Blosc2Header.UNINITIALISED : (mark & 2) != 0 ? Blosc2Header.NAN : -1;
        if (special < 0) {
            throw malformed("has special value 0x" + Integer.toHexString(mark));
        }
        // Elements of more than 255 bytes count as bytes, which are alike all the same.
        int size = special == Blosc2Header.NAN ? itemSize : 1;
        return Blosc2Chunk.alike(Blosc2Header.implied(special, size, expected, blockSize == 0 ? expected : blockSize));
    }

    private Span behindHeader(long offset) throws FilterDataException {
        if (offset > bytes.length() - headerLength) {
            throw malformed("has a chunk at " + offset);
        }
        int from = headerLength + (int) offset;
        return new Span(bytes.array(), bytes.offset() + from, bytes.length() - from);
    }

    /**
     * The content of a metalayer.
     *
     * @throws FilterDataException when the list of metalayers is malformed
     */
    Optional<Span> metalayer(String name) throws FilterDataException {
        byte[] in = bytes.array();
        int start = bytes.offset();
        int end = start + headerLength;
        int count = WideBytes.shortAt(in, start + METALAYERS + 5);
        count = (count & 0xff) << 8 | count >>> 8;
        int at = start + FIRST_METALAYER;
        for (int i = 0; i < count; i++) {
            int nameLength = at < end ? in[at] & 0x1f : 0;
            if (end - at < 6 + nameLength || (in[at] & 0xe0) != 0xa0 || (in[at + 1 + nameLength] & 0xff) != 0xd2) {
                throw malformed("has a broken list of metalayers");
            }
            String found = new String(in, at + 1, nameLength, StandardCharsets.US_ASCII);
            at += 6 + nameLength;
            if (found.equals(name)) {
                return Optional.of(content(WideBytes.bigEndianIntAt(in, at - 4)));
            }
        }
        return Optional.empty();
    }

    private Span content(int offset) throws FilterDataException {
        byte[] in = bytes.array();
        int at = bytes.offset() + offset;
        if (offset < 0 || offset > headerLength - 5 || (in[at] & 0xff) != CONTENT) {
            throw malformed("has a metalayer at " + offset);
        }
        int size = WideBytes.bigEndianIntAt(in, at + 1);
        if (size < 0 || size > headerLength - 5 - offset) {
            throw malformed("has a metalayer of " + size + " bytes at " + offset);
        }
        return new Span(in, at + 5, size);
    }

    private static FilterDataException malformed(String what) {
        return new FilterDataException("Blosc2 frame " + what);
    }
}
