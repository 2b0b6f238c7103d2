// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.blosc;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.lz.WideBytes;

/**
 * The shape of an n-dimensional Blosc2 array: MessagePack, big-endian.
 *
 * <pre>
 * array of 7, 1 byte   version, 1 byte   number of dimensions, 1 byte
 * array, 1 byte, of    0xd3 and 8 bytes: the array's shape
 * array, 1 byte, of    0xd2 and 4 bytes: the shape of a chunk
 * array, 1 byte, of    0xd2 and 4 bytes: the shape of a block
 * </pre>
 *
 * @param array elements of the array along each dimension
 * @param chunk elements of a chunk; chunks at the end are stored whole
 * @param block elements of a block; likewise in each chunk
 * @see <a href="https://github.com/Blosc/c-blosc2/blob/main/README_B2ND_METALAYER.rst">b2nd metalayer</a>
 */
@SuppressWarnings("ArrayRecordComponent") // not shared beyond its decoder
record B2ndShape(long[] array, long[] chunk, long[] block) {
    private static final int MOST_DIMENSIONS = 16;
    private static final int LONG = 0xd3;
    private static final int INT = 0xd2;

    /**
     * Parses the metalayer.
     *
     * @throws FilterDataException when it is malformed or its product overflows
     */
    static B2ndShape parse(Span content) throws FilterDataException {
        byte[] in = content.array();
        int at = content.offset();
        int rank = content.length() < 3 ? 0 : in[at + 2];
        if (rank < 1 || rank > MOST_DIMENSIONS || content.length() < 6 + rank * (9 + 5 + 5)) {
            throw malformed("of " + rank + " dimensions in " + content.length() + " bytes");
        }
        at += 4;
        long[] array = new long[rank];
        long[] chunk = new long[rank];
        long[] block = new long[rank];
        for (int i = 0; i < rank; i++, at += 9) {
            expect(in[at], LONG);
            array[i] = WideBytes.bigEndianLongAt(in, at + 1);
        }
        at++;
        for (int i = 0; i < rank; i++, at += 5) {
            expect(in[at], INT);
            chunk[i] = WideBytes.bigEndianIntAt(in, at + 1);
        }
        at++;
        for (int i = 0; i < rank; i++, at += 5) {
            expect(in[at], INT);
            block[i] = WideBytes.bigEndianIntAt(in, at + 1);
            if (array[i] < 0 || chunk[i] <= 0 || block[i] <= 0 || block[i] > chunk[i]) {
                throw malformed("has " + array[i] + " elements in chunks of " + chunk[i] + ", blocks of " + block[i]);
            }
        }
        return new B2ndShape(array, chunk, block);
    }

    private static void expect(byte found, int type) throws FilterDataException {
        if ((found & 0xff) != type) {
            throw malformed("has type 0x" + Integer.toHexString(found & 0xff));
        }
    }

    int rank() {
        return array.length;
    }

    /**
     * How many parts each dimension is cut into.
     *
     * @param whole elements along each dimension
     * @param part elements of a part
     */
    static long[] counts(long[] whole, long[] part) {
        long[] counts = new long[whole.length];
        for (int i = 0; i < whole.length; i++) {
            counts[i] = whole[i] == 0 ? 0 : (whole[i] - 1) / part[i] + 1;
        }
        return counts;
    }

    /**
     * The product of some numbers and a factor.
     *
     * @throws FilterDataException when it exceeds {@code maximum}
     */
    static int product(long[] numbers, long factor, int maximum) throws FilterDataException {
        long product = factor;
        for (long number : numbers) {
            product = number == 0 ? 0 : product;
        }
        for (long number : numbers) {
            if (product > 0 && number > maximum / product) {
                throw malformed("has more than " + maximum + " bytes");
            }
            product *= number;
        }
        if (product > maximum) {
            throw malformed("has more than " + maximum + " bytes");
        }
        return (int) product;
    }

    private static FilterDataException malformed(String what) {
        return new FilterDataException("Blosc2 array " + what);
    }
}
