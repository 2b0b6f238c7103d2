// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zfp;

import io.h5coro.filter.FilterDataException;
import java.util.Arrays;

/**
 * The header of a zfp stream. Immutable.
 *
 * <pre>
 * 32 bits  "zfp", codec version
 * 52 bits  type (2), rank - 1 (2), then each dimension - 1, the fastest first: 32, 2 * 24, 3 * 16 or 4 * 12 bits
 * 12 bits  mode; or 64 bits, of which the first 12 are ones
 * </pre>
 *
 * <p>Modes below 2048 fix the bits of a block; below 2176 the bit planes; 2176 is reversible; above, the exponent of
 * the least significant bit plane is fixed. The long form gives least and most bits, most planes and least exponent.
 */
final class ZfpHeader {
    private static final int CODEC_VERSION = 5;
    private static final int MOST_BITS = 16658;
    private static final int MOST_PLANES = 64;
    private static final int LEAST_EXPONENT = -1074;
    private static final int LONG_MODE = 4095;

    private final ZfpType type;
    private final int[] dimensions;
    private final boolean bigEndian;
    private int leastBits = 1;
    private int mostBits = MOST_BITS;
    private int mostPlanes = MOST_PLANES;
    private int leastExponent = LEAST_EXPONENT;

    private ZfpHeader(ZfpType type, int[] dimensions, boolean bigEndian) {
        this.type = type;
        this.dimensions = dimensions;
        this.bigEndian = bigEndian;
    }

    /** Reads the header from the client data behind the versions. */
    static ZfpHeader parse(int[] clientData) throws FilterDataException {
        byte[] little = bytes(clientData, false);
        boolean bigEndian = !startsWithMagic(little);
        byte[] header = bigEndian ? bytes(clientData, true) : little;
        if (!startsWithMagic(header)) {
            throw new FilterDataException("the client data have no zfp header");
        }
        if (header[3] != CODEC_VERSION) {
            throw new FilterDataException("zfp codec version " + (header[3] & 0xff) + ", supported is 5", true);
        }
        ZfpBits bits = new ZfpBits(header, 4, header.length - 4);
        long meta = bits.read(52);
        int rank = (int) (meta >>> 2 & 3) + 1;
        ZfpHeader result = new ZfpHeader(ZfpType.ofCode((int) meta & 3), dimensions(meta >>> 4, rank), bigEndian);
        result.readMode(bits);
        return result;
    }

    private static boolean startsWithMagic(byte[] b) {
        return b.length > 3 && b[0] == 'z' && b[1] == 'f' && b[2] == 'p';
    }

    private static byte[] bytes(int[] clientData, boolean swapped) {
        byte[] bytes = new byte[4 * (clientData.length - 1)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (clientData[1 + i / 4] >>> 8 * (swapped ? 3 - i % 4 : i % 4));
        }
        return bytes;
    }

    private static int[] dimensions(long meta, int rank) throws FilterDataException {
        int width = rank == 1 ? 32 : 48 / rank;
        int[] dimensions = new int[rank];
        for (int i = 0; i < rank; i++) {
            long size = (meta >>> i * width & (1L << width) - 1) + 1;
            if (size > Integer.MAX_VALUE) {
                throw new FilterDataException("a dimension of " + size);
            }
            dimensions[i] = (int) size;
        }
        return dimensions;
    }

    private void readMode(ZfpBits bits) throws FilterDataException {
        int mode = (int) bits.read(12);
        if (mode == LONG_MODE) {
            leastBits = (int) bits.read(15) + 1;
            mostBits = (int) bits.read(15) + 1;
            mostPlanes = (int) bits.read(7) + 1;
            leastExponent = (int) bits.read(15) - 16495;
        } else if (mode < 2048) {
            leastBits = mode + 1;
            mostBits = mode + 1;
        } else if (mode < 2048 + 128) {
            mostPlanes = mode - 2047;
        } else {
            leastExponent = mode - (2048 + 128 + 1) + LEAST_EXPONENT; // one less for 2176
        }
        if (leastBits > mostBits || mostPlanes > MOST_PLANES) {
            throw new FilterDataException(leastBits + " to " + mostBits + " bits in " + mostPlanes + " planes");
        }
    }

    ZfpType type() {
        return type;
    }

    int rank() {
        return dimensions.length;
    }

    /** Size of a dimension, the fastest is 0; 1 beyond the rank. */
    int dimension(int index) {
        return index < dimensions.length ? dimensions[index] : 1;
    }

    /** Byte order of the numbers of a chunk. */
    boolean bigEndian() {
        return bigEndian;
    }

    int leastBits() {
        return leastBits;
    }

    int mostBits() {
        return mostBits;
    }

    int mostPlanes() {
        return mostPlanes;
    }

    boolean reversible() {
        return leastExponent < LEAST_EXPONENT;
    }

    /**
     * Bit planes of a float block with the given common exponent.
     *
     * @param exponent common exponent of the block's numbers
     * @return 0 when all of them are below the tolerance
     */
    int planes(int exponent) {
        return Math.min(mostPlanes, Math.max(0, exponent - leastExponent + 2 * dimensions.length + 2));
    }

    @Override
    public String toString() {
        return type + Arrays.toString(dimensions);
    }
}
