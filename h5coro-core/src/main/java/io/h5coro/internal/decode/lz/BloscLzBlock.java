// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.lz;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;

/**
 * The BloscLZ block format, a descendant of FastLZ level 2. A control byte below 32 (the first one always, after its
 * low five bits) is followed by that many literals plus one. Else its top three bits are the match length - 2, where 7
 * is continued by bytes until one is below 255; then one byte, below the control's low five bits, is the distance - 1.
 * 13 set bits mean: a 16-bit big-endian distance follows, less 8192. The last instruction is a literal run. (c-blosc
 * {@code blosclz.c})
 *
 * <pre>
 * 000nnnnn                        n + 1 literals follow, 1 to 32
 * lllddddd dddddddd               match of l + 2 bytes, l = 1 to 6, distance d + 1, up to 8191
 * 111ddddd 255 … n dddddddd       match of 9 bytes and those continued, distance likewise
 * …11111 … 11111111 2 bytes       distance 8192 + those bytes, high one first
 * </pre>
 */
public final class BloscLzBlock {
    /** Distances up to here need 13 bits. */
    private static final int NEAR = 8192;

    private BloscLzBlock() {}

    /**
     * Decodes one block.
     *
     * @param room gets the bytes, and may all be written, also behind the result
     * @return number of bytes decoded
     * @throws FilterDataException when the block is malformed or gives more than there is room for
     */
    public static int decode(Span block, Span room) throws FilterDataException {
        byte[] in = block.array();
        byte[] out = room.array();
        int start = block.offset();
        int end = block.end();
        int outStart = room.offset();
        int outEnd = room.end();
        int ip = start;
        int op = outStart;
        while (ip < end) {
            int control = ip == start ? in[ip] & 31 : in[ip] & 0xff;
            ip++;
            if (control < 32) {
                int length = control + 1;
                if (length > end - ip || length > outEnd - op) {
                    throw malformed(ip - start);
                }
                WideBytes.copyLiterals(in, ip, end, out, op, outEnd, length);
                ip += length;
                op += length;
                if (ip == end) {
                    return op - outStart;
                }
                continue;
            }
            int length = (control >>> 5) + 2;
            if (length == 9) {
                int next;
                do {
                    if (ip >= end || length > outEnd - op) {
                        throw malformed(ip - start);
                    }
                    next = in[ip++] & 0xff;
                    length += next;
                } while (next == 255);
            }
            if (ip >= end) {
                break;
            }
            int distance = ((control & 31) << 8 | (in[ip++] & 0xff)) + 1;
            if (distance == NEAR) {
                if (end - ip < 2) {
                    break;
                }
                distance += (in[ip] & 0xff) << 8 | (in[ip + 1] & 0xff);
                ip += 2;
            }
            if (distance > op - outStart || length > outEnd - op) {
                throw malformed(ip - start);
            }
            WideBytes.copyMatch(out, op, distance, length, outEnd);
            op += length;
        }
        throw new FilterDataException("BloscLZ block of " + (end - start) + " bytes ends within an instruction");
    }

    private static FilterDataException malformed(int at) {
        return new FilterDataException("BloscLZ instruction at byte " + at + " leaves its input or output");
    }
}
