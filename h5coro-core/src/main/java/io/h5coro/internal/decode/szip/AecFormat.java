// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.szip;

/**
 * How a stream was coded.
 *
 * @param bits bits of a sample, 1 to 24
 * @param blockSamples samples of a block
 * @param lineSamples samples of a scan line, without what fills its last block
 * @param differences whether differences were coded, with a reference sample at the start of each line
 * @param bigEndian byte order of decoded samples of several bytes
 */
record AecFormat(int bits, int blockSamples, long lineSamples, boolean differences, boolean bigEndian) {
    /** Bytes of a decoded sample; three-byte samples take four. */
    int sampleBytes() {
        return bits <= 8 ? 1 : bits <= 16 ? 2 : 4;
    }

    /** Bits of the option that starts each block. */
    int optionBits() {
        return bits <= 8 ? 3 : bits <= 16 ? 4 : 5;
    }

    /** Blocks of a scan line: after so many there is a new reference sample. */
    long lineBlocks() {
        return (lineSamples + blockSamples - 1) / blockSamples;
    }
}
