// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format;

import io.h5coro.internal.bytes.Cursor;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages of one chunk of an object header, and where its further chunks are.
 *
 * <pre>
 * version 1 message: type(2) size(2, a multiple of 8) flags(1) 0(3) body
 * version 2 message: type(1) size(2) flags(1) [creation index(2)] body; a gap shorter than a message head may end the
 *                    chunk
 * </pre>
 *
 * @param messages the messages in their order, without NIL and continuation messages
 * @param continuations the chunks that continuation messages point to; addresses relative to the base address
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification IV.A.1</a>,
 *     H5Ocache.c
 */
public record ObjectHeaderChunk(List<RawMessage> messages, List<Continuation> continuations) {
    /** Type of a message that is only room for others. */
    private static final int NIL = 0;

    /**
     * Where a further chunk is.
     *
     * @param address its first byte, relative to the base address
     * @param length its bytes, signature and checksum included
     */
    public record Continuation(long address, long length) {}

    /**
     * Parses the messages of a version 1 chunk. Bodies are cursors over the chunk's bytes, not copies. Less than a
     * message head at the end is ignored.
     */
    public static ObjectHeaderChunk parseV1(Cursor c) {
        ObjectHeaderChunk chunk = new ObjectHeaderChunk(new ArrayList<>(), new ArrayList<>());
        while (c.remaining() >= 8) {
            int type = c.u16();
            int size = c.u16();
            int flags = c.u8();
            c.skip(3);
            chunk.add(new RawMessage(type, flags, -1, c.slice(size)));
        }
        return chunk;
    }

    /**
     * Parses the messages of a version 2 chunk, checksum excluded.
     *
     * @param c the messages only: behind the prefix of chunk 0 or the "OCHK" of a continuation
     * @param creationIndexes whether each message has one, which the prefix says
     */
    public static ObjectHeaderChunk parseV2(Cursor c, boolean creationIndexes) {
        ObjectHeaderChunk chunk = new ObjectHeaderChunk(new ArrayList<>(), new ArrayList<>());
        int head = creationIndexes ? 6 : 4;
        while (c.remaining() >= head) {
            int type = c.u8();
            int size = c.u16();
            int flags = c.u8();
            int index = creationIndexes ? c.u16() : -1;
            chunk.add(new RawMessage(type, flags, index, c.slice(size)));
        }
        return chunk;
    }

    /** Sorts a message in: continuations apart, NIL nowhere. */
    private void add(RawMessage message) {
        if (message.contradicts()) {
            throw message.cursor()
                    .malformed("header message of type " + message.type() + " with flags 0x"
                            + Integer.toHexString(message.flags()) + ", which contradict each other");
        }
        if (message.type() == RawMessage.CONTINUATION) {
            Cursor body = message.cursor();
            long address = body.address();
            long length = body.length();
            if (address < 0 || length <= 0) {
                throw body.malformed("object header continuation without address or length");
            }
            continuations.add(new Continuation(address, length));
        } else if (message.type() != NIL) {
            messages.add(message);
        }
    }
}
