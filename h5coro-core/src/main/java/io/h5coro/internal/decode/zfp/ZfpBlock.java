// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zfp;

import io.h5coro.filter.FilterDataException;
import java.util.Arrays;

/**
 * Decodes a block of 4^rank numbers. Confined to one task; numbers stay until the next block.
 *
 * <p>A block of floats starts with a bit that says whether any is not 0, then their common exponent. Coefficients are
 * in negabinary, bit plane after bit plane, in the order of {@link ZfpOrder}; the inverse transform makes integers of
 * them, which the exponent scales. A reversible block has its number of planes instead, uses another transform, and its
 * floats may be coded as integers of the same bits.
 */
final class ZfpBlock {
    private final ZfpHeader header;
    private final ZfpBits bits;
    private final ZfpPlanes planes;
    private final ZfpTransform transform;
    private final byte[] order;
    private final int size;
    private final long[] coefficients;
    private final long[] numbers;
    private Scale scale = Scale.NONE;
    private float floatScale;
    private double doubleScale;

    /** What the integers of the block are. */
    private enum Scale {
        /** the numbers */
        NONE,
        /** to be multiplied with the scale */
        EXPONENT,
        /** the bits of floats, with the negative ones in two's complement */
        BITS
    }

    ZfpBlock(ZfpHeader header, ZfpBits bits) {
        this.header = header;
        this.bits = bits;
        size = 1 << 2 * header.rank();
        order = ZfpOrder.ofRank(header.rank());
        planes = new ZfpPlanes(bits, 8 * header.type().bytes(), size);
        transform = new ZfpTransform(header.type().bytes() == 4, header.reversible());
        coefficients = new long[size];
        numbers = new long[size];
    }

    void decode() throws FilterDataException {
        scale = Scale.NONE;
        if (!header.type().isFloat()) {
            integers(0, header.mostPlanes());
        } else if (!bits.readBit()) {
            Arrays.fill(numbers, 0);
            bits.skip(header.leastBits() - 1);
        } else if (header.reversible() && bits.readBit()) {
            integers(2, header.mostPlanes());
            scale = Scale.BITS;
        } else {
            scaled();
        }
    }

    private void scaled() throws FilterDataException {
        ZfpType type = header.type();
        int exponent = (int) bits.read(type.exponentBits()) - type.exponentBias();
        integers((header.reversible() ? 2 : 1) + type.exponentBits(), header.planes(exponent));
        if (header.reversible() && exponent == -type.exponentBias()) {
            Arrays.fill(numbers, 0);
            return;
        }
        scale = Scale.EXPONENT;
        int shift = exponent - (8 * type.bytes() - 2);
        floatScale = Math.scalb(1f, shift);
        doubleScale = Math.scalb(1d, shift);
    }

    /**
     * The integers of the block; {@code used} bits of it have been read.
     *
     * <p>A negabinary number c is {@code (c ^ m) - m} with m = 0xaa…aa. Example: 6 is binary 110, so 4 - 2 = 2, and (6
     * ^ …1010) - …1010 is 2, too.
     *
     * @param used bits of the block's header
     * @param mostPlanes bit planes at the most; a reversible block has their number in its header
     */
    private void integers(int used, int mostPlanes) throws FilterDataException {
        int read = used;
        int most = mostPlanes;
        if (header.reversible()) {
            most = (int) bits.read(header.type().precisionBits()) + 1;
            read += header.type().precisionBits();
        }
        if (read > header.mostBits()) {
            throw new FilterDataException("blocks of " + header.mostBits() + " bits, whose headers have " + read);
        }
        read += planes.read(coefficients, header.mostBits() - read, most);
        bits.skip(header.leastBits() - read);
        long mask = 0xaaaaaaaaaaaaaaaaL;
        for (int i = 0; i < size; i++) {
            numbers[order[i] & 0xff] = (coefficients[i] ^ mask) - mask;
        }
        transform.invert(numbers);
    }

    /** The bits of a number of the block; of 4-byte types, the low 32. */
    long numberBits(int index) {
        long n = numbers[index];
        boolean single = header.type().bytes() == 4;
        return switch (scale) {
            case NONE -> n;
            case EXPONENT ->
                single ? Float.floatToRawIntBits(floatScale * (int) n) : Double.doubleToRawLongBits(doubleScale * n);
            case BITS -> single ? (int) n < 0 ? n ^ 0x7fffffffL : n : n < 0 ? n ^ Long.MAX_VALUE : n;
        };
    }
}
