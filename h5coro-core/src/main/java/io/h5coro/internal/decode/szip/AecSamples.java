// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.szip;

import io.h5coro.internal.decode.lz.WideBytes;
import java.util.Arrays;

/**
 * Turns coded samples into bytes: undoes the differences, drops what fills a scan line, writes samples in their byte
 * order. Confined to one task.
 *
 * <p>A difference d to the sample before is coded as 2d, or -2d - 1 if negative, while both signs are possible; beyond
 * the distance to the nearer end of the range all go one way, and the code is the distance from that end.
 *
 * <p>Example: 8 bits, sample before 3. Codes 0 to 6 are the samples 3, 2, 4, 1, 5, 0, 6. Code 7 and those above it are
 * the samples 7, 8 and so on, since below 3 there is nothing left.
 *
 * <p>Codes are gathered, so that each of these steps is a loop over many.
 */
final class AecSamples {
    /** Codes that are gathered: the blocks of a segment, when they are of the usual 32 samples. */
    private static final int MOST = 2048;

    private final AecFormat format;
    private final byte[] output;
    private final int largest;

    private final int[] codes = new int[MOST];
    private int count;

    /** Samples of the scan line that are still to be written; behind those are the ones that fill its last block. */
    private long lineLeft;

    /** Whether the next code is the sample itself. */
    private boolean reference;

    private int previous;
    private int at;

    AecSamples(AecFormat format, byte[] output) {
        this.format = format;
        this.output = output;
        largest = (1 << format.bits()) - 1;
    }

    /** Begins a scan line of so many samples. */
    void startLine(long samples) {
        lineLeft = samples;
        reference = format.differences();
    }

    /** Where codes go. */
    int[] codes() {
        return codes;
    }

    /** Makes room for so many codes, a block at the most; returns the place of the first. */
    int room(int more) {
        if (count + more > MOST) {
            flush();
        }
        return count;
    }

    /** Says that so many codes were put where there is room. */
    void added(int more) {
        count += more;
    }

    /** Adds codes that are 0. */
    void addZeros(long zeros) {
        long left = zeros;
        while (left > 0) {
            int from = room(1);
            int more = (int) Math.min(left, MOST - from);
            Arrays.fill(codes, from, from + more, 0);
            added(more);
            left -= more;
        }
    }

    /** Writes the samples that were gathered. */
    void flush() {
        int samples = (int) Math.min(count, lineLeft);
        if (format.differences()) {
            undoDifferences(samples);
        }
        switch (format.sampleBytes()) {
            case 1 -> writeBytes(samples);
            case 2 -> writeShorts(samples);
            default -> writeInts(samples);
        }
        at += samples * format.sampleBytes();
        lineLeft -= samples;
        count = 0;
    }

    private void undoDifferences(int samples) {
        int[] values = codes;
        int most = largest;
        int highest = format.bits() - 1;
        int value = previous;
        int i = 0;
        if (reference && samples > 0) {
            reference = false;
            value = values[i++];
        }
        for (; i < samples; i++) {
            int code = values[i];
            int half = (code >>> 1) + (code & 1);
            int flip =
                    -(value >>> highest & 1) & most; // turns a value in the upper half into its distance from the top
            if (Integer.compareUnsigned(half, value ^ flip) <= 0) {
                value += code >>> 1 ^ -(code & 1);
            } else {
                value = code ^ flip;
            }
            values[i] = value;
        }
        previous = value;
    }

    private void writeBytes(int samples) {
        int[] values = codes;
        for (int i = 0, to = at; i < samples; i++, to++) {
            output[to] = (byte) values[i];
        }
    }

    private void writeShorts(int samples) {
        int[] values = codes;
        boolean bigEndian = format.bigEndian();
        for (int i = 0, to = at; i < samples; i++, to += 2) {
            int value = values[i];
            WideBytes.putShort(output, to, bigEndian ? Short.reverseBytes((short) value) : value);
        }
    }

    private void writeInts(int samples) {
        int[] values = codes;
        boolean bigEndian = format.bigEndian();
        for (int i = 0, to = at; i < samples; i++, to += 4) {
            WideBytes.putInt(output, to, bigEndian ? Integer.reverseBytes(values[i]) : values[i]);
        }
    }
}
