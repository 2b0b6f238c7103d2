// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.vbz;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;

/**
 * Integers of variable length: first a 2-bit code for each, lowest bits first, then their data. The codes 0 to 3 mean 1
 * to 4 bytes (Stream VByte), or 0, 1, 2 and 4 half bytes, the low half first ({@code v1/vbz_streamvbyte_impl.h}).
 *
 * <p>Example: bytes 04 07 2C 01 decode to 7 and 300. The codes in 0x04 are 0 and 1, so one byte, then two.
 */
final class VariableIntegers {
    private VariableIntegers() {}

    /**
     * Decodes a stream.
     *
     * @param stream codes and data
     * @param count number of integers
     * @param halves whether data are half bytes
     * @throws FilterDataException when the stream is not exactly that long
     */
    static int[] decode(Span stream, int count, boolean halves) throws FilterDataException {
        int codes = (count + 3) >>> 2;
        if (codes > stream.length()) {
            throw new FilterDataException("VBZ stream of " + stream.length() + " bytes for " + count + " integers");
        }
        long end = 2L * (stream.length() - codes);
        int[] values = new int[count];
        long used = halves ? halves(stream, codes, values, end) : bytes(stream, codes, values, end);
        if ((used + 1) / 2 != end / 2) {
            throw new FilterDataException("VBZ stream of " + stream.length() + " bytes ends elsewhere");
        }
        return values;
    }

    /** Decodes to {@code values} and tells how many half bytes were used. */
    private static long bytes(Span stream, int codes, int[] values, long end) throws FilterDataException {
        byte[] in = stream.array();
        int data = stream.offset() + codes;
        int last = data + (int) (end / 2);
        int at = data;
        for (int i = 0; i < values.length; i++) {
            int length = code(stream, i) + 1;
            if (length > last - at) {
                throw new FilterDataException("VBZ stream ends within integer " + i);
            }
            int value = 0;
            for (int b = 0; b < length; b++) {
                value |= (in[at++] & 0xff) << (8 * b);
            }
            values[i] = value;
        }
        return 2L * (at - data);
    }

    private static long halves(Span stream, int codes, int[] values, long end) throws FilterDataException {
        byte[] in = stream.array();
        int data = stream.offset() + codes;
        long at = 0;
        for (int i = 0; i < values.length; i++) {
            int length = (1 << code(stream, i)) >> 1;
            if (length > end - at) {
                throw new FilterDataException("VBZ stream ends within integer " + i);
            }
            int value = 0;
            for (int h = 0; h < length; h++, at++) {
                int half = (in[data + (int) (at >>> 1)] >>> (int) (4 * (at & 1))) & 15;
                value |= half << (4 * h);
            }
            values[i] = value;
        }
        return at;
    }

    private static int code(Span stream, int index) {
        return (stream.array()[stream.offset() + (index >>> 2)] >>> (2 * (index & 3))) & 3;
    }
}
