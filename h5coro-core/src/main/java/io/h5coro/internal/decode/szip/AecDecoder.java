// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.szip;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;

/**
 * The blocks of a stream. Confined to one task.
 *
 * <pre>
 * option id  block
 * 0, then 0  [reference] unary n: a run of n + 1 zero blocks; n = 4: to the end of the segment; n > 4: n blocks
 * 0, then 1  [reference] second extension: each unary code stands for a pair of samples
 * 1 … max-1  [reference] k = id - 1: the samples' high parts in unary, then their k low bits each
 * max        samples as they are
 * </pre>
 *
 * The first block of a scan line has the reference sample when differences are coded. A segment is 64 blocks.
 *
 * <p>Example: blocks of 8 samples of 8 bits, so options of 3 bits. The bits 011 0001 01 … are option 3: k = 2, and the
 * first sample's high part is 3, the second's 1. When all 8 high parts are read, 8 times 2 low bits follow; with low
 * bits 10 the first sample is 3 * 4 + 2 = 14.
 */
final class AecDecoder {
    static final int MOST_BLOCK_SAMPLES = 64;

    private static final int SEGMENT_BLOCKS = 64;
    private static final int REST_OF_SEGMENT = 4;

    /** Second extension: a pair with sum s is coded as s (s + 1) / 2 + second; sums up to 12 are used. */
    private static final int MOST_PAIR_SUM = 12;

    private final AecFormat format;
    private final AecBits bits;
    private final AecSamples samples;
    private final int[] highParts = new int[MOST_BLOCK_SAMPLES];

    AecDecoder(AecFormat format, Span input, byte[] output) {
        this.format = format;
        bits = new AecBits(input);
        samples = new AecSamples(format, output);
    }

    void decode() throws FilterDataException {
        long lineBlocks = format.lineBlocks();
        long block = 0;
        while (!samples.complete()) {
            block += decodeBlocks(block, lineBlocks);
            if (block > lineBlocks) {
                throw new FilterDataException("a run of zero blocks goes beyond its scan line");
            }
            if (block == lineBlocks) {
                block = 0;
            }
        }
    }

    /** Decodes a block or a run of zero blocks; returns how many. */
    private long decodeBlocks(long block, long lineBlocks) throws FilterDataException {
        int id = bits.read(format.optionBits());
        int uncompressed = (1 << format.optionBits()) - 1;
        boolean reference = format.differences() && block == 0;
        if (id == 0) {
            boolean pairs = bits.read(1) != 0;
            readReference(reference);
            if (!pairs) {
                return zeroBlocks(block, lineBlocks, reference);
            }
            pairs(reference ? 1 : 0);
        } else if (id < uncompressed) {
            readReference(reference);
            split(id - 1, reference ? 1 : 0);
        } else {
            for (int i = 0; i < format.blockSamples(); i++) {
                samples.add(bits.read(format.bits()), reference && i == 0);
            }
        }
        return 1;
    }

    private void readReference(boolean reference) throws FilterDataException {
        if (reference) {
            samples.add(bits.read(format.bits()), true);
        }
    }

    /**
     * Adds a run of zero blocks, the current one included.
     *
     * @param block number of the current block in its scan line
     * @return number of blocks in the run; not beyond the line when the output is full
     */
    private long zeroBlocks(long block, long lineBlocks, boolean reference) throws FilterDataException {
        int code = bits.readUnary();
        long blocks = code < REST_OF_SEGMENT ? code + 1 : code;
        if (code == REST_OF_SEGMENT) {
            blocks = Math.min(lineBlocks - block, SEGMENT_BLOCKS - block % SEGMENT_BLOCKS);
        }
        long zeros = blocks * format.blockSamples() - (reference ? 1 : 0);
        for (long i = 0; i < zeros && !samples.complete(); i++) {
            samples.add(0, false);
        }
        return samples.complete() ? Math.min(blocks, lineBlocks - block) : blocks;
    }

    /**
     * Adds a block in the second extension. A reference takes the first place of the first pair, whose coded first half
     * is dropped.
     *
     * <p>Example: code 7 is sum 3, since 3 * 4 / 2 = 6 is the largest below it. The second sample is 1, the first 2.
     */
    private void pairs(int from) throws FilterDataException {
        int i = from;
        while (i < format.blockSamples()) {
            int code = bits.readUnary();
            int sum = (int) (Math.sqrt(8.0 * code + 1) - 1) / 2;
            if (sum > MOST_PAIR_SUM) {
                throw new FilterDataException("second extension code " + code);
            }
            int second = code - sum * (sum + 1) / 2;
            if ((i & 1) == 0) {
                samples.add(sum - second, false);
                i++;
            }
            if (i < format.blockSamples()) {
                samples.add(second, false);
                i++;
            }
        }
    }

    /**
     * Adds a block whose samples are split in a high part and {@code lowBits} low ones.
     *
     * @param from 1 when the block's first sample was the reference, else 0
     */
    private void split(int lowBits, int from) throws FilterDataException {
        for (int i = from; i < format.blockSamples(); i++) {
            highParts[i] = bits.readUnary();
        }
        for (int i = from; i < format.blockSamples(); i++) {
            samples.add((highParts[i] << lowBits) + bits.read(lowBits), false);
        }
    }
}
