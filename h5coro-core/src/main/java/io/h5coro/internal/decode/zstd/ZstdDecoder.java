// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zstd;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.lz.WideBytes;
import java.util.Arrays;

/**
 * Decodes Zstandard frames from and to byte arrays. Frames may follow each other, skippable frames are skipped, content
 * checksums are verified; dictionaries and the formats before version 0.8 are refused as unsupported.
 *
 * <p>Holds tables that later calls use again. Confined to one task.
 *
 * <pre>
 * frame         header ({@link FrameHeader}) | blocks, of which one is the last | 4 bytes checksum, if announced
 * skippable     4 bytes magic 0x184D2A50 to 5F | 4 bytes length | as many bytes
 * block         3 bytes: bit 0 last, bits 1-2 type, bits 3-23 size, then by type:
 * 0 raw         size bytes
 * 1 repeated    1 byte, which stands for size bytes
 * 2 compressed  size bytes: literals ({@link Literals}), then sequences
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-3">RFC 8878, 3</a>
 */
public final class ZstdDecoder {
    private static final int SKIPPABLE = 0x184D2A50;
    private static final int SKIPPABLE_MASK = 0xFFFFFFF0;

    /** Magic numbers of versions 0.2 to 0.7. */
    private static final int LEGACY_FIRST = 0xFD2FB522;

    private static final int LEGACY_LAST = 0xFD2FB527;
    private static final int LEGACY_1 = 0xFD2FB51E;

    private static final int RAW = 0;
    private static final int RLE = 1;
    private static final int COMPRESSED = 2;

    private final Literals literals = new Literals();
    private final Sequences sequences = new Sequences();

    /**
     * A bound of the decoded length, from the headers alone: exact for frames that tell their content size, else the
     * sum of what their blocks may give.
     *
     * @throws FilterDataException when the headers are malformed or unsupported
     */
    public static long lengthBound(Span frames) throws FilterDataException {
        byte[] in = frames.array();
        int end = frames.end();
        long bound = 0;
        for (int at = frames.offset(); at < end; ) {
            int skip = skippable(in, at, end);
            if (skip > 0) {
                at += skip;
                continue;
            }
            FrameHeader header = FrameHeader.parse(in, at, end);
            long blocks = 0;
            at += header.length();
            boolean last;
            do {
                int field = blockHeader(in, at, end);
                int size = field >>> 3;
                last = (field & 1) != 0;
                int kind = (field >>> 1) & 3;
                blocks += kind == COMPRESSED ? header.blockLimit() : size;
                at += 3 + (kind == RLE ? 1 : size);
                if (at > end || at < 0) {
                    throw malformed("block ends behind the data");
                }
            } while (!last);
            at += header.checksum() ? 4 : 0;
            bound += header.contentSize() < 0 ? blocks : Math.min(blocks, header.contentSize());
        }
        return bound;
    }

    /**
     * Decodes all frames.
     *
     * @param room gets the bytes, and may all be written, also behind the result
     * @return number of bytes decoded
     * @throws FilterDataException when a frame is malformed or unsupported, or there is more to decode than fits
     */
    public int decode(Span frames, Span room) throws FilterDataException {
        try {
            return decodeFrames(frames, room);
        } finally {
            literals.release();
        }
    }

    private int decodeFrames(Span frames, Span room) throws FilterDataException {
        byte[] in = frames.array();
        int end = frames.end();
        if (frames.length() == 0) {
            throw malformed("data are empty");
        }
        int op = room.offset();
        for (int at = frames.offset(); at < end; ) {
            int skip = skippable(in, at, end);
            if (skip > 0) {
                at += skip;
                continue;
            }
            FrameHeader header = FrameHeader.parse(in, at, end);
            int frameStart = op;
            literals.reset();
            sequences.reset();
            at += header.length();
            boolean last;
            do {
                int field = blockHeader(in, at, end);
                last = (field & 1) != 0;
                int size = field >>> 3;
                int encoded = ((field >>> 1) & 3) == RLE ? 1 : size;
                int from = at + 3;
                if (size > header.blockLimit() || encoded > end - from) {
                    throw malformed("block of " + size + " bytes exceeds its limit or the data");
                }
                BlockRoom blockRoom = new BlockRoom(room.array(), frameStart, op, room.end());
                op = decodeBlock(field, new Span(in, from, encoded), header.blockLimit(), blockRoom);
                at = from + encoded;
            } while (!last);
            at += endFrame(header, new Span(in, at, end - at), new Span(room.array(), frameStart, op - frameStart));
        }
        return op - room.offset();
    }

    /** Decodes a block with a {@linkplain #blockHeader header}; returns the index behind its last byte. */
    private int decodeBlock(int field, Span encoded, int blockLimit, BlockRoom room) throws FilterDataException {
        int kind = (field >>> 1) & 3;
        int size = field >>> 3;
        byte[] in = encoded.array();
        if (kind == COMPRESSED) {
            int at = literals.read(in, encoded.offset(), encoded.end(), blockLimit);
            return sequences.decode(new Span(in, at, encoded.end() - at), literals, room.limitedTo(blockLimit));
        }
        if (kind > COMPRESSED) {
            throw malformed("block has the reserved type");
        }
        int to = room.start();
        if (size > room.end() - to) {
            throw malformed("block exceeds the expected length");
        }
        if (kind == RAW) {
            System.arraycopy(in, encoded.offset(), room.array(), to, size);
        } else {
            Arrays.fill(room.array(), to, to + size, in[encoded.offset()]);
        }
        return to + size;
    }

    /**
     * Checks the declared content size and the checksum, which is the low half of the hash.
     *
     * @param rest what follows the blocks
     * @param decoded the frame's bytes
     * @return bytes of the checksum, if there is one
     */
    private static int endFrame(FrameHeader header, Span rest, Span decoded) throws FilterDataException {
        if (header.contentSize() >= 0 && header.contentSize() != decoded.length()) {
            throw malformed("frame gives " + decoded.length() + " bytes, " + header.contentSize() + " declared");
        }
        if (!header.checksum()) {
            return 0;
        }
        if (rest.length() < 4) {
            throw malformed("frame ends within its checksum");
        }
        int expected = WideBytes.intAt(rest.array(), rest.offset());
        int found = (int) XxHash64.of(decoded.array(), decoded.offset(), decoded.end());
        if (expected != found) {
            throw malformed("checksum is 0x" + Integer.toHexString(found) + ", 0x" + Integer.toHexString(expected)
                    + " expected");
        }
        return 4;
    }

    /** The length of a skippable frame at {@code at}, 0 for a Zstandard frame. */
    private static int skippable(byte[] in, int at, int end) throws FilterDataException {
        if (end - at < 4) {
            throw malformed("data end within a magic number");
        }
        int magic = WideBytes.intAt(in, at);
        if (magic == FrameHeader.MAGIC) {
            return 0;
        }
        if ((magic & SKIPPABLE_MASK) != SKIPPABLE) {
            boolean legacy = (magic >= LEGACY_FIRST && magic <= LEGACY_LAST) || magic == LEGACY_1;
            throw new FilterDataException("Zstandard magic number is 0x" + Integer.toHexString(magic), legacy);
        }
        long length = end - at < 8 ? Long.MAX_VALUE : 8 + (WideBytes.intAt(in, at + 4) & 0xffffffffL);
        if (length > end - at) {
            throw malformed("skippable frame ends behind the data");
        }
        return (int) length;
    }

    /** A block's header: bit 0 last, bits 1-2 type, the rest its size. */
    private static int blockHeader(byte[] in, int at, int end) throws FilterDataException {
        if (end - at < 3) {
            throw malformed("data end within a block header");
        }
        return (in[at] & 0xff) | (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff) << 16;
    }

    private static FilterDataException malformed(String what) {
        return new FilterDataException("Zstandard " + what);
    }
}
