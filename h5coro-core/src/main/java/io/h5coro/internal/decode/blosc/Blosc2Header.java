// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.blosc;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.lz.WideBytes;

/**
 * The header of a Blosc2 chunk, which is that of Blosc 1 and as much again. Little-endian:
 *
 * <pre>
 *  0   1  format version, 3 to 5
 *  2   1  flags: bits 0 and 2 extended header, 1 stored, 4 blocks are not split, 5-7 codec
 *  3   1  element size
 *  4   4  decoded length
 *  8   4  decoded length of a block; the last one may be shorter
 * 12   4  length of the chunk, this header included
 * 16   6  filters in the order in which the encoder applied them
 * 24   6  a parameter of each filter
 * 31   1  flags: bit 0 dictionary, 1 big-endian data, 3 lazy, 4-6 special value, 7 instrumented
 * </pre>
 *
 * @param flags byte 2
 * @param elementSize bytes of an element as the filters see it
 * @param length decoded length
 * @param blockSize decoded length of each block but the last
 * @param end index behind the chunk in its array
 * @param special 0 none, 1 zeros, 2 NaN, 3 the value behind the header, 4 not initialised
 * @see <a href="https://github.com/Blosc/c-blosc2/blob/main/README_CHUNK_FORMAT.rst">Blosc Chunk Format</a>
 */
record Blosc2Header(int flags, int elementSize, int length, int blockSize, int end, int special) {
    /** Bytes of the header. */
    static final int BYTES = 32;

    static final int NONE = 0;
    static final int ZEROS = 1;
    static final int NAN = 2;
    static final int VALUE = 3;
    static final int UNINITIALISED = 4;

    private static final int EXTENDED = 5;
    private static final int STORED = 2;
    private static final int NOT_SPLIT = 16;
    private static final int OLDEST = 3;
    private static final int NEWEST = 5;
    private static final int UNSUPPORTED = 0x8f;

    /**
     * Parses the header at the start of a span, which may be longer than the chunk.
     *
     * @throws FilterDataException when it is malformed or its chunk is longer than the span; unsupported, when it has
     *     another version or needs a dictionary or another file
     */
    static Blosc2Header parse(Span chunk) throws FilterDataException {
        if (chunk.length() < BYTES) {
            throw malformed("header ends after " + chunk.length() + " bytes");
        }
        byte[] in = chunk.array();
        int start = chunk.offset();
        int version = in[start];
        int flags = in[start + 2] & 0xff;
        if (version < OLDEST || version > NEWEST || (flags & EXTENDED) != EXTENDED) {
            throw new FilterDataException("Blosc2 chunk of version " + version + ", flags " + flags, true);
        }
        int more = in[start + 31] & 0xff;
        if ((more & UNSUPPORTED) != 0) {
            throw new FilterDataException(
                    "Blosc2 chunk with a dictionary, lazy or instrumented: flags 0x" + Integer.toHexString(more), true);
        }
        int elementSize = in[start + 3] & 0xff;
        int length = WideBytes.intAt(in, start + 4);
        int blockSize = WideBytes.intAt(in, start + 8);
        int encoded = WideBytes.intAt(in, start + 12);
        if (encoded < BYTES || encoded > chunk.length()) {
            throw malformed("has " + chunk.length() + " bytes, " + encoded + " declared");
        }
        if (elementSize == 0 || length < 0 || blockSize <= 0 || (length > 0 && blockSize > length)) {
            throw malformed("of " + length + " bytes has blocks of " + blockSize + ", elements of " + elementSize);
        }
        int special = (more >>> 4) & 7;
        if (special > UNINITIALISED) {
            throw malformed("has special value " + special);
        }
        return new Blosc2Header(flags, elementSize, length, blockSize, start + encoded, special);
    }

    /** A header as a frame implies it for a chunk that it does not store. */
    static Blosc2Header implied(int special, int elementSize, int length, int blockSize) throws FilterDataException {
        if (elementSize <= 0 || length <= 0 || blockSize <= 0) {
            throw malformed("of " + length + " bytes has blocks of " + blockSize + ", elements of " + elementSize);
        }
        return new Blosc2Header(0, elementSize, length, Math.min(blockSize, length), 0, special);
    }

    boolean stored() {
        return (flags & STORED) != 0;
    }

    boolean split() {
        return (flags & NOT_SPLIT) == 0;
    }

    int blocks() {
        return length == 0 ? 0 : (length - 1) / blockSize + 1;
    }

    static FilterDataException malformed(String what) {
        return new FilterDataException("Blosc2 chunk " + what);
    }
}
