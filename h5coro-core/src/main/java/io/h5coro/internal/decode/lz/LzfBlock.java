// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.lz;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;

/**
 * A LibLZF block without a header. A control byte below 32 is followed by that many literals plus one; else its top
 * three bits are the match length - 2 (7 is continued by one byte) and its low five bits with the byte behind are the
 * distance - 1. (LibLZF {@code lzf_d.c})
 *
 * <pre>
 * 000nnnnn                        n + 1 literals follow, 1 to 32
 * lllddddd dddddddd               match of l + 2 bytes, l = 1 to 6, distance d + 1
 * 111ddddd nnnnnnnn dddddddd      match of n + 9 bytes, distance d + 1
 * </pre>
 */
final class LzfBlock {
    private LzfBlock() {}

    /**
     * The decoded length, which only a walk over the control bytes tells.
     *
     * @throws FilterDataException when the block ends within an instruction
     */
    static long decodedLength(byte[] in, int start, int end) throws FilterDataException {
        long length = 0;
        int ip = start;
        while (ip < end) {
            int control = in[ip++] & 0xff;
            if (control < 32) {
                length += control + 1;
                ip += control + 1;
            } else if (control < 7 << 5) {
                length += (control >>> 5) + 2;
                ip++;
            } else {
                length += (ip < end ? in[ip] & 0xff : 0) + 9;
                ip += 2;
            }
        }
        if (ip != end) {
            throw new FilterDataException("LZF block of " + (end - start) + " bytes ends within an instruction");
        }
        return length;
    }

    /**
     * Decodes one block whose {@link #decodedLength} has been asked for and is that of the room.
     *
     * @throws FilterDataException when a match begins before the output
     */
    static void decode(Span block, Span room) throws FilterDataException {
        byte[] in = block.array();
        byte[] out = room.array();
        int start = block.offset();
        int end = block.end();
        int outStart = room.offset();
        int outEnd = room.end();
        int ip = start;
        int op = outStart;
        while (ip < end) {
            int control = in[ip++] & 0xff;
            if (control < 32) {
                int length = control + 1;
                WideBytes.copyLiterals(in, ip, end, out, op, outEnd, length);
                ip += length;
                op += length;
                continue;
            }
            int length = (control >>> 5) + 2;
            if (length == 9) {
                length += in[ip++] & 0xff;
            }
            int distance = ((control & 31) << 8 | (in[ip++] & 0xff)) + 1;
            if (distance > op - outStart) {
                throw new FilterDataException(
                        "LZF match at byte " + (ip - start) + " has distance " + distance + " in " + (op - outStart));
            }
            WideBytes.copyMatch(out, op, distance, length, outEnd);
            op += length;
        }
    }
}
