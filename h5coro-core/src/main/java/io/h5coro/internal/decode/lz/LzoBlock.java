// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.lz;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;

/**
 * The LZO1X format. An instruction byte t, and what it may need from the bytes behind it:
 *
 * <pre>
 *   0- 15  after no literals: 3 + t literals; after 1-3 literals: match of 2, distance up to 1 KiB;
 *          after a long run of literals: match of 3, distance 2 KiB to 3 KiB
 *  16- 31  match of 2 + (t &amp; 7), distance 16 to 48 KiB; distance 16 KiB ends the block
 *  32- 63  match of 2 + (t &amp; 31), distance up to 16 KiB
 *  64-255  match of 3 to 8, distance up to 2 KiB
 * </pre>
 *
 * A length field of 0 is continued by zero bytes, 255 each, and a last byte. A match is followed by 0 to 3 literals:
 * two bits of it. A first byte above 17 is t - 17 literals.
 *
 * @see <a href="https://docs.kernel.org/staging/lzo.html">LZO stream format as understood by Linux' LZO
 *     decompressor</a>
 */
final class LzoBlock {
    private static final int AFTER_RUN = 4;

    private final byte[] in;
    private final int start;
    private final int end;
    private final byte[] out;
    private int ip;
    private int op;

    private LzoBlock(Span input, byte[] out) {
        this.in = input.array();
        this.start = input.offset();
        this.end = input.end();
        this.out = out;
        this.ip = start;
    }

    /**
     * What a block gave.
     *
     * @param length bytes decoded
     * @param end index in the input of the first byte behind its end mark
     */
    record Decoded(int length, int end) {}

    /**
     * Decodes the block that a span starts with.
     *
     * @param out array that gets the bytes; all of it may be written, also behind the result
     * @throws FilterDataException when the block is malformed, has no end mark, or gives more bytes than {@code out}
     *     has
     */
    static Decoded decode(Span input, byte[] out) throws FilterDataException {
        LzoBlock block = new LzoBlock(input, out);
        int length = block.decode();
        return new Decoded(length, block.ip);
    }

    private int decode() throws FilterDataException {
        int literals = 0;
        if (ip < end && (in[ip] & 0xff) > 17) {
            literals = (in[ip++] & 0xff) - 17;
            copyLiterals(literals);
            literals = Math.min(literals, AFTER_RUN);
        }
        while (true) {
            int t = next();
            int length;
            int distance;
            int after = t & 3;
            if (t >= 64) {
                length = (t >>> 5) + 1;
                distance = (next() << 3) + ((t >>> 2) & 7) + 1;
            } else if (t >= 16) {
                length = (t >= 32 ? length(t & 31, 31) : length(t & 7, 7)) + 2;
                int field = next() | next() << 8;
                after = field & 3;
                distance = (field >>> 2) + (t >= 32 ? 1 : 16384 + ((t & 8) << 11));
                if (t < 32 && distance == 16384) {
                    return finish(length);
                }
            } else if (literals == 0) {
                copyLiterals(length(t, 15) + 3);
                literals = AFTER_RUN;
                continue;
            } else {
                length = literals == AFTER_RUN ? 3 : 2;
                distance = (next() << 2) + (t >>> 2) + (literals == AFTER_RUN ? 2049 : 1);
            }
            if (distance > op || length > out.length - op) {
                throw malformed("match of " + length + " bytes at distance " + distance);
            }
            WideBytes.copyMatch(out, op, distance, length, out.length);
            op += length;
            literals = after;
            copyLiterals(literals);
        }
    }

    private int finish(int length) throws FilterDataException {
        if (length != 3) {
            throw malformed("end mark");
        }
        return op;
    }

    private int next() throws FilterDataException {
        if (ip >= end) {
            throw malformed("end of the data");
        }
        return in[ip++] & 0xff;
    }

    /** A length field, or what continues it when it is 0. */
    private int length(int field, int base) throws FilterDataException {
        if (field != 0) {
            return field;
        }
        int length = base;
        int next = next();
        while (next == 0) {
            length += 255;
            if (length > out.length - op) {
                throw malformed("length above " + length);
            }
            next = next();
        }
        return length + next;
    }

    private void copyLiterals(int length) throws FilterDataException {
        if (length > end - ip || length > out.length - op) {
            throw malformed("run of " + length + " literals");
        }
        WideBytes.copyLiterals(in, ip, end, out, op, out.length, length);
        ip += length;
        op += length;
    }

    private FilterDataException malformed(String what) {
        return new FilterDataException(
                "LZO block: " + what + " at byte " + (ip - start) + " leaves its input or output");
    }
}
