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
    /** A token, a short run of literals, copied as two words, and the distance behind at the most 14 of them. */
    private static final int FAST_INPUT = 1 + 16;

    /** The same run and a short match, copied as three words; a repeated pattern of up to 18 bytes writes no more. */
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
            // Sequences with short runs, in a loop of its own, so that what it needs stays in registers.
            while (ip <= fastIn && op <= fastOut) {
                int token = in[ip] & 0xff;
                if (token >= 0xf0 || (token & 15) == 15) {
                    break;
                }
                WideBytes.putLong(out, op, WideBytes.longAt(in, ip + 1));
                WideBytes.putLong(out, op + 8, WideBytes.longAt(in, ip + 9));
                int behind = ip + (token >>> 4);
                int to = op + (token >>> 4);
                int distance = WideBytes.shortAt(in, behind + 1);
                if (distance == 0 || distance > to - outStart) {
                    break;
                }
                ip = behind + 3;
                op = to + 4 + (token & 15);
                if (distance >= 8) {
                    int from = to - distance;
                    WideBytes.putLong(out, to, WideBytes.longAt(out, from));
                    WideBytes.putLong(out, to + 8, WideBytes.longAt(out, from + 8));
                    WideBytes.putLong(out, to + 16, WideBytes.longAt(out, from + 16));
                } else {
                    WideBytes.repeatShort(out, to, distance, op);
                }
            }
            if (ip >= end) {
                break;
            }
            int token = in[ip++] & 0xff;
            int literals = token >>> 4;
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
            int distance = WideBytes.shortAt(in, ip);
            ip += 2;
            int length = (token & 15) + 4;
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
