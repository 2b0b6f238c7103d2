// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.lz;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;

/**
 * The LZ4 block format: sequences of a token (literal length, match length - 4; 15 is continued by bytes until one is
 * below 255), literals and a 16-bit little-endian distance; the last sequence ends after its literals.
 *
 * <pre>
 * 1    token: high half literals, low half match length - 4
 * 0-n  only for 15 literals: more of their number, until a byte is below 255
 * n    literals
 * 2    distance, little-endian, 1 to 65535; absent in the last sequence
 * 0-n  only for match length 19: more of it, likewise
 * </pre>
 *
 * <p>Example: 32 61 62 63 03 00 … is "abc" and a match of 2 + 4 bytes at distance 3: "abcabcabc".
 *
 * @see <a href="https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md">LZ4 Block Format Description</a>
 */
public final class Lz4Block {
    /** A short run of literals, copied as two words, and the distance behind it. */
    private static final int FAST_INPUT = 18;

    /** The same run and a short match, copied as three words. */
    private static final int FAST_OUTPUT = 14 + 24;

    private Lz4Block() {}

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
        int fastIn = end - FAST_INPUT;
        int fastOut = outEnd - FAST_OUTPUT;
        int ip = start;
        int op = outStart;
        while (ip < end) {
            int token = in[ip++] & 0xff;
            int literals = token >>> 4;
            boolean fast = literals != 15 && ip <= fastIn && op <= fastOut;
            if (fast) {
                WideBytes.putLong(out, op, WideBytes.longAt(in, ip));
                WideBytes.putLong(out, op + 8, WideBytes.longAt(in, ip + 8));
                ip += literals;
                op += literals;
            } else {
                if (literals == 15) {
                    int next;
                    do {
                        if (ip >= end || literals > outEnd - op) {
                            throw malformed("a literal run", ip - start);
                        }
                        next = in[ip++] & 0xff;
                        literals += next;
                    } while (next == 255);
                }
                if (literals > end - ip || literals > outEnd - op) {
                    throw malformed("a literal run", ip - start);
                }
                WideBytes.copyLiterals(in, ip, end, out, op, outEnd, literals);
                ip += literals;
                op += literals;
                if (ip == end) {
                    return op - outStart;
                }
                if (end - ip < 2) {
                    break;
                }
            }
            int distance = WideBytes.shortAt(in, ip);
            ip += 2;
            int length = (token & 15) + 4;
            if (fast && length != 19 && distance >= 8 && distance <= op - outStart) {
                int from = op - distance;
                WideBytes.putLong(out, op, WideBytes.longAt(out, from));
                WideBytes.putLong(out, op + 8, WideBytes.longAt(out, from + 8));
                WideBytes.putLong(out, op + 16, WideBytes.longAt(out, from + 16));
                op += length;
                continue;
            }
            if (length == 19) {
                int next;
                do {
                    if (ip >= end || length > outEnd - op) {
                        throw malformed("a match length", ip - start);
                    }
                    next = in[ip++] & 0xff;
                    length += next;
                } while (next == 255);
            }
            if (distance == 0 || distance > op - outStart || length > outEnd - op) {
                throw malformed("a match of " + length + " bytes at distance " + distance, ip - start);
            }
            WideBytes.copyMatch(out, op, distance, length, outEnd);
            op += length;
        }
        throw new FilterDataException("LZ4 block of " + (end - start) + " bytes ends within a sequence");
    }

    private static FilterDataException malformed(String what, int at) {
        return new FilterDataException("LZ4 block: " + what + " at byte " + at + " leaves its input or output");
    }
}
