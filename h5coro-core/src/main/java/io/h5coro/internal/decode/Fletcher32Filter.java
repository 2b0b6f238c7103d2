// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;

/**
 * Filter 3, fletcher32: the data, then their checksum in 4 bytes, little-endian. The result is the input without its
 * last four bytes.
 *
 * <p>Also accepted is the checksum with the bytes of each half swapped, which libhdf5 before 1.6.3 wrote on
 * little-endian machines (H5Zfletcher32.c).
 */
public final class Fletcher32Filter implements ChunkFilter {
    private static final int CHECKSUM_BYTES = 4;

    /** Words after which the sums are folded: {@code n * n / 2 * 65535} has to stay below 2^63. */
    private static final int WORDS_BETWEEN_FOLDS = 1 << 20;

    @Override
    public int id() {
        return 3;
    }

    @Override
    public String name() {
        return "fletcher32";
    }

    @Override
    public Span decode(Span input, FilterContext context) throws FilterDataException {
        int length = input.length() - CHECKSUM_BYTES;
        if (length < 0) {
            throw new FilterDataException(input.length() + " bytes, too few for a checksum of 4");
        }
        int stored = littleEndianInt(input.array(), input.offset() + length);
        int computed = checksum(input.array(), input.offset(), length);
        if (stored != computed && stored != swapHalves(computed)) {
            throw new FilterDataException(
                    String.format("checksum 0x%08x, computed 0x%08x over %d bytes", stored, computed, length));
        }
        return new Span(input.array(), input.offset(), length);
    }

    private static int littleEndianInt(byte[] b, int at) {
        return b[at] & 0xff | (b[at + 1] & 0xff) << 8 | (b[at + 2] & 0xff) << 16 | b[at + 3] << 24;
    }

    private static int swapHalves(int checksum) {
        return checksum >>> 8 & 0x00ff00ff | (checksum & 0x00ff00ff) << 8;
    }

    /**
     * Fletcher's checksum over big-endian 16-bit words; an odd last byte is the high byte of a word. Each sum is folded
     * into 16 bits at the end, so that a multiple of 65535 is 65535 unless all words are 0.
     */
    static int checksum(byte[] data, int offset, int length) {
        long sum1 = 0;
        long sum2 = 0;
        int at = offset;
        int words = length / 2;
        while (words > 0) {
            int block = Math.min(words, WORDS_BETWEEN_FOLDS);
            for (int end = at + 2 * block; at < end; at += 2) {
                sum1 += (data[at] & 0xff) << 8 | data[at + 1] & 0xff;
                sum2 += sum1;
            }
            words -= block;
            sum1 = fold(sum1);
            sum2 = fold(sum2);
        }
        if ((length & 1) != 0) {
            sum1 += (data[at] & 0xff) << 8;
            sum2 += sum1;
        }
        return (int) (fold(sum2) << 16 | fold(sum1));
    }

    private static long fold(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return folded;
    }
}
