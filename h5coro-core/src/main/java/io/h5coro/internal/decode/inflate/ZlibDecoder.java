// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.inflate;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.stage.StageBuffers;
import java.util.zip.Adler32;

/**
 * Decodes a zlib stream (RFC 1950): 2 bytes of header, blocks of RFC 1951, Adler-32 in 4 bytes, big-endian. Bytes
 * behind the stream are ignored.
 *
 * <p>Holds tables that later calls use again. Confined to one task.
 */
public final class ZlibDecoder {
    private static final int HEADER_BYTES = 2;
    private static final int CHECKSUM_BYTES = 4;

    /** Longer results get room of their own, so that what is kept between calls is bounded. */
    private static final int MOST_KEPT_BYTES = 1 << 20;

    private final InflateTables tables = new InflateTables();
    private byte[] spare = new byte[0];

    /**
     * Decodes a stream.
     *
     * @param expectedLength number of bytes to make room for at first
     * @param maximumLength number of bytes that the stream may give at the most
     * @return the decoded bytes, in an array of their own that may be longer
     * @throws FilterDataException when the stream is malformed, cut off, too long, or its checksum is wrong
     */
    public Span decode(Span input, int expectedLength, int maximumLength) throws FilterDataException {
        return decode(input, expectedLength, maximumLength, new StageBuffers());
    }

    /**
     * Decodes a stream into a buffer.
     *
     * @param buffers give the array of the decoded bytes, which may be longer
     * @return the decoded bytes
     * @throws FilterDataException as {@link #decode(Span, int, int)} does
     */
    public Span decode(Span input, int expectedLength, int maximumLength, StageBuffers buffers)
            throws FilterDataException {
        return decode(input, new InflateOutput(expectedLength, maximumLength, InflateBlocks.FAST_OUTPUT, buffers));
    }

    /**
     * Decodes a stream into given room.
     *
     * @return number of bytes decoded
     * @throws FilterDataException when the stream is malformed, cut off, or its checksum is wrong, or it gives more
     *     than there is room for
     */
    public int decode(Span input, Span room) throws FilterDataException {
        int needed = Math.addExact(room.length(), InflateBlocks.FAST_OUTPUT);
        byte[] array = spare.length < needed ? new byte[needed] : spare;
        spare = needed <= MOST_KEPT_BYTES ? array : spare;
        Span decoded = decode(input, new InflateOutput(array, room.length(), InflateBlocks.FAST_OUTPUT));
        System.arraycopy(decoded.array(), 0, room.array(), room.offset(), decoded.length());
        return decoded.length();
    }

    private Span decode(Span input, InflateOutput output) throws FilterDataException {
        checkHeader(input);
        Span blocks = new Span(input.array(), input.offset() + HEADER_BYTES, input.length() - HEADER_BYTES);
        int end = new InflateBlocks(blocks, output, tables).decode();
        Span decoded = output.span();
        if (input.end() - end < CHECKSUM_BYTES) {
            throw new FilterDataException("the zlib stream is cut off in its checksum");
        }
        Adler32 adler = new Adler32();
        adler.update(decoded.array(), 0, decoded.length());
        int stored = bigEndianInt(input.array(), end);
        if (stored != (int) adler.getValue()) {
            throw new FilterDataException(String.format(
                    "Adler-32 0x%08x, computed 0x%08x over %d bytes", stored, adler.getValue(), decoded.length()));
        }
        return decoded;
    }

    private static void checkHeader(Span input) throws FilterDataException {
        if (input.length() < HEADER_BYTES) {
            throw new FilterDataException("the zlib stream is cut off in its header");
        }
        int method = input.array()[input.offset()] & 0xff;
        int flags = input.array()[input.offset() + 1] & 0xff;
        if ((method << 8 | flags) % 31 != 0 || (method & 15) != 8 || method >> 4 > 7) {
            throw new FilterDataException(String.format("no zlib stream: it starts with 0x%02x%02x", method, flags));
        }
        if ((flags & 0x20) != 0) {
            throw new FilterDataException("the zlib stream needs a preset dictionary", true);
        }
    }

    private static int bigEndianInt(byte[] b, int at) {
        return b[at] << 24 | (b[at + 1] & 0xff) << 16 | (b[at + 2] & 0xff) << 8 | b[at + 3] & 0xff;
    }
}
