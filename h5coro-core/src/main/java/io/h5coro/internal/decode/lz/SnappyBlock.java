// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.lz;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;

/**
 * The raw Snappy format: the decoded length as a variable-length integer, then elements whose low two tag bits say
 * literal, or copy with an offset of 11, 16 or 32 bits.
 *
 * <pre>
 * tag bits 7-2, then kind in bits 1-0
 * nnnnnn 00   n below 60: n + 1 literals; 60 to 63: 1 to 4 bytes follow with the number less one, then the literals
 * dddlll 01   match of l + 4 bytes; distance d (high three bits) and 1 byte
 * llllll 10   match of l + 1 bytes; distance in 2 bytes, little-endian
 * llllll 11   match of l + 1 bytes; distance in 4 bytes, little-endian
 * </pre>
 *
 * @see <a href="https://github.com/google/snappy/blob/main/format_description.txt">Snappy format description</a>
 */
public final class SnappyBlock {
    private static final int MAXIMUM_LENGTH_BYTES = 5;

    private SnappyBlock() {}

    /**
     * The decoded length that a block declares, unsigned 32-bit.
     *
     * @throws FilterDataException when the length is truncated or longer than 32 bits
     */
    static long decodedLength(Span block) throws FilterDataException {
        long length = 0;
        for (int i = 0; i < MAXIMUM_LENGTH_BYTES && i < block.length(); i++) {
            int next = block.array()[block.offset() + i];
            length |= (long) (next & 0x7f) << (7 * i);
            if (next >= 0) {
                if (length >>> 32 != 0) {
                    break;
                }
                return length;
            }
        }
        throw new FilterDataException("Snappy block has no valid length");
    }

    /**
     * Decodes one block.
     *
     * @param room gets the bytes
     * @return number of bytes decoded: what the block declares
     * @throws FilterDataException when the block is malformed or its length is not what it declares, or it declares
     *     more than there is room for
     */
    public static int decode(Span block, Span room) throws FilterDataException {
        long declared = decodedLength(block);
        if (declared > room.length()) {
            throw new FilterDataException(
                    "Snappy block declares " + declared + " bytes, at most " + room.length() + " expected");
        }
        int ip = block.offset();
        while (block.array()[ip] < 0) {
            ip++;
        }
        Span elements = new Span(block.array(), ip + 1, block.end() - ip - 1);
        int length = decodeElements(elements, new Span(room.array(), room.offset(), (int) declared));
        if (length != declared) {
            throw new FilterDataException("Snappy block gives " + length + " bytes, " + declared + " declared");
        }
        return length;
    }

    private static int decodeElements(Span elements, Span room) throws FilterDataException {
        byte[] in = elements.array();
        byte[] out = room.array();
        int start = elements.offset();
        int end = elements.end();
        int outStart = room.offset();
        int limit = room.end();
        int ip = start;
        int op = outStart;
        while (ip < end) {
            int tag = in[ip++] & 0xff;
            int kind = tag & 3;
            int extra = kind == 0 ? Math.max(0, (tag >>> 2) - 59) : kind == 3 ? 4 : kind;
            if (extra > end - ip) {
                throw malformed(ip - start);
            }
            int field = extra == 0 ? 0 : littleEndian(in, ip, extra);
            ip += extra;
            if (kind == 0) {
                int length = extra == 0 ? (tag >>> 2) + 1 : field + 1;
                if (length <= 0 || length > end - ip || length > limit - op) {
                    throw malformed(ip - start);
                }
                WideBytes.copyLiterals(in, ip, end, out, op, limit, length);
                ip += length;
                op += length;
                continue;
            }
            int length = kind == 1 ? 4 + ((tag >>> 2) & 7) : (tag >>> 2) + 1;
            int distance = kind == 1 ? (tag & 0xe0) << 3 | field : field;
            if (distance <= 0 || distance > op - outStart || length > limit - op) {
                throw malformed(ip - start);
            }
            WideBytes.copyMatch(out, op, distance, length, limit);
            op += length;
        }
        return op - outStart;
    }

    private static int littleEndian(byte[] in, int at, int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value |= (in[at + i] & 0xff) << (8 * i);
        }
        return value;
    }

    private static FilterDataException malformed(int at) {
        return new FilterDataException("Snappy element at byte " + at + " leaves its input or output");
    }
}
