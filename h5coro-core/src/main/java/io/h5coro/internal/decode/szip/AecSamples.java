// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.szip;

/**
 * Turns coded samples into bytes: undoes the differences, drops what fills a scan line, writes samples in their byte
 * order. Confined to one task.
 *
 * <p>A difference d to the sample before is coded as 2d, or -2d - 1 if negative, while both signs are possible; beyond
 * the distance to the nearer end of the range all go one way, and the code is the distance from that end.
 *
 * <p>Example: 8 bits, sample before 3. Codes 0 to 6 are the samples 3, 2, 4, 1, 5, 0, 6. Code 7 and those above it are
 * the samples 7, 8 and so on, since below 3 there is nothing left.
 */
final class AecSamples {
    private final AecFormat format;
    private final byte[] output;
    private final int sampleBytes;
    private final long paddedLine;
    private final long largest;
    /** Place of the next sample in its padded scan line; those from {@code lineSamples} on fill the last block only. */
    private long column;

    private long previous;
    private int at;

    AecSamples(AecFormat format, byte[] output) {
        this.format = format;
        this.output = output;
        sampleBytes = format.sampleBytes();
        paddedLine = format.lineBlocks() * format.blockSamples();
        largest = (1L << format.bits()) - 1;
    }

    /** Whether the output is full; more samples are dropped. */
    boolean complete() {
        return at == output.length;
    }

    /** Takes a coded sample; a reference is the sample itself. */
    void add(int coded, boolean reference) {
        long sample = format.differences() && !reference ? undo(Integer.toUnsignedLong(coded)) : coded;
        previous = sample;
        if (column < format.lineSamples() && at < output.length) {
            write((int) sample);
        }
        column = column + 1 == paddedLine ? 0 : column + 1;
    }

    private long undo(long code) {
        long half = code + 1 >> 1;
        boolean lower = previous <= largest >> 1;
        long reach = lower ? previous : largest - previous;
        if (half <= reach) {
            return (code & 1) != 0 ? previous - half : previous + half;
        }
        // the mask only matters to malformed codes
        return (lower ? code : largest - code) & largest;
    }

    private void write(int sample) {
        for (int i = 0; i < sampleBytes; i++) {
            int shift = 8 * (format.bigEndian() ? sampleBytes - 1 - i : i);
            output[at++] = (byte) (sample >>> shift);
        }
    }
}
