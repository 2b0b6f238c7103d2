// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zfp;

import io.h5coro.filter.FilterDataException;

/** Decodes the blocks of an array and puts their numbers in place. Confined to one task. */
final class ZfpArray {
    private final ZfpHeader header;
    private final byte[] output;
    private final ZfpBlock block;

    ZfpArray(ZfpHeader header, ZfpBits bits, byte[] output) {
        this.header = header;
        this.output = output;
        block = new ZfpBlock(header, bits);
    }

    void decode() throws FilterDataException {
        int[] origin = new int[4];
        while (origin[3] < header.dimension(3)) {
            block.decode();
            place(origin);
            advance(origin);
        }
    }

    /** The next block, the fastest dimension first. */
    private void advance(int[] origin) {
        for (int i = 0; i < 4; i++) {
            if (origin[i] < header.dimension(i) - 4 || i == 3) {
                origin[i] += 4;
                return;
            }
            origin[i] = 0;
        }
    }

    /**
     * Writes the part of the current block that lies in the array; blocks at its ends hold numbers beyond it.
     *
     * @param origin index of the block's first number in each dimension, the fastest first
     */
    private void place(int[] origin) {
        int nx = Math.min(4, header.dimension(0) - origin[0]);
        int ny = Math.min(4, header.dimension(1) - origin[1]);
        int nz = Math.min(4, header.dimension(2) - origin[2]);
        int nw = Math.min(4, header.dimension(3) - origin[3]);
        for (int w = 0; w < nw; w++) {
            for (int z = 0; z < nz; z++) {
                for (int y = 0; y < ny; y++) {
                    long row = (long) origin[3] + w;
                    row = row * header.dimension(2) + origin[2] + z;
                    row = row * header.dimension(1) + origin[1] + y;
                    int to = (int) (row * header.dimension(0) + origin[0]);
                    write(16 * (4 * w + z) + 4 * y, nx, to);
                }
            }
        }
    }

    private void write(int from, int count, int to) {
        int size = header.type().bytes();
        for (int i = 0; i < count; i++) {
            long value = block.numberBits(from + i);
            int at = (to + i) * size;
            for (int j = 0; j < size; j++) {
                output[header.bigEndian() ? at + size - 1 - j : at + j] = (byte) (value >>> 8 * j);
            }
        }
    }
}
