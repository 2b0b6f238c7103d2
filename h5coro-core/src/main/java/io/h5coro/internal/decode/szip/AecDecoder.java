// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.szip;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.util.Arrays;

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

    /** Pairs by their code: the second sample, and the first one in the upper half. */
    private static final int[] PAIRS = pairCodes();

    private final AecFormat format;
    private final AecBits bits;
    private final AecSamples samples;
    private final int[] pairCodes = new int[MOST_BLOCK_SAMPLES];

    AecDecoder(AecFormat format, Span input, byte[] output) {
        this.format = format;
        bits = new AecBits(input);
        samples = new AecSamples(format, output);
    }

    /** Decodes so many samples, from the start of the output on. */
    void decode(int count) throws FilterDataException {
        long left = count;
        while (left > 0) {
            long wanted = Math.min(format.lineSamples(), left);
            samples.startLine(wanted);
            long blocks = decodeLine((wanted + format.blockSamples() - 1) / format.blockSamples());
            left -= wanted;
            if (blocks > format.lineBlocks() && left > 0) {
                throw new FilterDataException("a run of zero blocks goes beyond its scan line");
            }
            samples.flush();
        }
    }

    /** Decodes blocks until there are {@code wanted}; returns how many there are. */
    private long decodeLine(long wanted) throws FilterDataException {
        long block = 0;
        while (block < wanted) {
            block += decodeBlocks(block, wanted);
        }
        return block;
    }

    /** Decodes a block or a run of zero blocks; returns how many. */
    private long decodeBlocks(long block, long wanted) throws FilterDataException {
        int id = bits.read(format.optionBits());
        int uncompressed = (1 << format.optionBits()) - 1;
        int from = samples.room(format.blockSamples());
        int to = from + format.blockSamples();
        int first = from + (format.differences() && block == 0 ? 1 : 0);
        if (id == 0) {
            boolean pairs = bits.read(1) != 0;
            readReference(from, first);
            if (!pairs) {
                samples.added(first - from);
                long blocks = zeroBlocks(block);
                samples.addZeros(Math.min(blocks, wanted - block) * format.blockSamples() - (first - from));
                return blocks;
            }
            pairs(first, to, (first - from) == 1);
        } else if (id < uncompressed) {
            readReference(from, first);
            bits.readUnary(samples.codes(), first, to);
            bits.append(id - 1, samples.codes(), first, to);
        } else {
            Arrays.fill(samples.codes(), from, to, 0);
            bits.append(format.bits(), samples.codes(), from, to);
        }
        samples.added(format.blockSamples());
        return 1;
    }

    private void readReference(int from, int first) throws FilterDataException {
        if (first > from) {
            samples.codes()[from] = bits.read(format.bits());
        }
    }

    /**
     * The number of zero blocks of a run, the current one included.
     *
     * @param block number of the current block in its scan line
     */
    private long zeroBlocks(long block) throws FilterDataException {
        int code = bits.readUnary();
        if (code == REST_OF_SEGMENT) {
            return Math.min(format.lineBlocks() - block, SEGMENT_BLOCKS - block % SEGMENT_BLOCKS);
        }
        return code < REST_OF_SEGMENT ? code + 1 : code;
    }

    /**
     * Decodes a block in the second extension. A reference takes the first place of the first pair, whose coded first
     * half is dropped.
     *
     * <p>Example: code 7 is sum 3, since 3 * 4 / 2 = 6 is the largest below it. The second sample is 1, the first 2.
     *
     * @param half whether {@code from} is the second place of a pair
     */
    private void pairs(int from, int to, boolean half) throws FilterDataException {
        int[] codes = samples.codes();
        int pairs = (to - from + 1) / 2;
        bits.readUnary(pairCodes, 0, pairs);
        int i = half ? from - 1 : from;
        for (int p = 0; p < pairs; p++, i += 2) {
            int code = pairCodes[p];
            if (code >= PAIRS.length) {
                throw new FilterDataException("second extension code " + code);
            }
            if (i >= from) {
                codes[i] = PAIRS[code] >>> Short.SIZE;
            }
            if (i + 1 < to) {
                codes[i + 1] = PAIRS[code] & 0xffff;
            }
        }
    }

    private static int[] pairCodes() {
        int[] pairs = new int[(MOST_PAIR_SUM + 1) * (MOST_PAIR_SUM + 2) / 2];
        int code = 0;
        for (int sum = 0; sum <= MOST_PAIR_SUM; sum++) {
            for (int second = 0; second <= sum; second++) {
                pairs[code++] = sum - second << Short.SIZE | second;
            }
        }
        return pairs;
    }
}
