// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.jpegls;

import io.h5coro.filter.FilterDataException;
import java.util.Arrays;

/**
 * Decodes the lines of a scan of one or several components. Confined to one task.
 *
 * <p>Where the gradients around a sample (of all components, if they alternate sample by sample) are about 0 a run of
 * equal samples follows, else a single prediction error; statistics of 365 contexts choose its code (T.87 annex A).
 */
final class JpegLsScan {
    /** Bits of the rest of a run, by the index that says how runs have gone so far. */
    private static final int[] RUN_BITS = {
        0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15
    };

    private static final int CONTEXTS = 365;
    private static final int MOST_ERROR = 1 << 17;

    private final JpegLsParameters p;
    private final int width;
    private final int components;
    private final boolean together;
    private final JpegLsContext[] contexts = new JpegLsContext[CONTEXTS];
    private final JpegLsRunContext unlike;
    private final JpegLsRunContext alike;
    private final int[] runIndexes;
    private final int[] regions;
    /** The line above of each component, with a sample more on either side. Swapped with the current one. */
    private int[][] previous;

    private int[][] current;
    private JpegLsBits bits = new JpegLsBits(new byte[0], 0, 0);

    /**
     * A scan at its start.
     *
     * @param together whether components alternate sample by sample, else line by line
     */
    JpegLsScan(JpegLsParameters p, int width, int components, boolean together) {
        this.p = p;
        this.width = width;
        this.components = components;
        this.together = together;
        int start = Math.max(2, (p.range() + 32) / 64);
        Arrays.setAll(contexts, i -> new JpegLsContext(start));
        unlike = new JpegLsRunContext(start, 0);
        alike = new JpegLsRunContext(start, 1);
        runIndexes = new int[components];
        regions = new int[components];
        previous = new int[components][width + 2];
        current = new int[components][width + 2];
    }

    int components() {
        return components;
    }

    void begin(JpegLsBits data) {
        bits = data;
    }

    /** A sample of the line decoded last. */
    int sample(int component, int x) {
        return current[component][x + 1];
    }

    void decodeLine() throws FilterDataException {
        int[][] swap = previous;
        previous = current;
        current = swap;
        for (int c = 0; c < components; c++) {
            previous[c][width + 1] = previous[c][width];
            current[c][0] = previous[c][1];
        }
        if (together) {
            line(0, components);
        } else {
            for (int c = 0; c < components; c++) {
                line(c, c + 1);
            }
        }
    }

    /** Decodes a line of components {@code [from, to)}; index x + 1 of a line is sample x. */
    private void line(int from, int to) throws FilterDataException {
        int x = 1;
        while (x <= width) {
            boolean flat = true;
            for (int c = from; c < to; c++) {
                regions[c] = region(previous[c], current[c], x);
                flat &= regions[c] == 0;
            }
            if (flat) {
                x = run(from, to, x);
            } else {
                for (int c = from; c < to; c++) {
                    current[c][x] = regular(regions[c], previous[c], current[c], x);
                }
                x++;
            }
        }
    }

    /** The context, -364 to 364, of the three gradients; a negative one is its mirror image with turned errors. */
    private int region(int[] above, int[] line, int x) {
        int first = p.quantize(above[x + 1] - above[x]);
        int second = p.quantize(above[x] - above[x - 1]);
        int third = p.quantize(above[x - 1] - line[x - 1]);
        return (first * 9 + second) * 9 + third;
    }

    private int regular(int region, int[] above, int[] line, int x) throws FilterDataException {
        int sign = region < 0 ? -1 : 1;
        JpegLsContext context = contexts[sign * region];
        int predicted = p.clamp(predict(line[x - 1], above[x], above[x - 1]) + sign * context.correction());
        int k = context.golomb();
        int coded = golomb(k, p.limit());
        int error = (coded & 1) != 0 ? -(coded >> 1) - 1 : coded >> 1;
        if (k == 0 && p.near() == 0 && context.turned()) {
            error = -error - 1;
        }
        context.update(error, p);
        return p.reconstruct(predicted, sign * error);
    }

    /**
     * The edge detector (T.87 A.4.1): the smaller neighbour at a step up, the larger at a step down, else their plane.
     */
    private static int predict(int left, int above, int aboveLeft) {
        if (aboveLeft >= Math.max(left, above)) {
            return Math.min(left, above);
        }
        if (aboveLeft <= Math.min(left, above)) {
            return Math.max(left, above);
        }
        return left + above - aboveLeft;
    }

    /** Decodes a run and the sample that ends it, if the line goes on; returns where the line goes on. */
    private int run(int from, int to, int x) throws FilterDataException {
        int left = width + 1 - x;
        int length = runLength(from, left);
        for (int c = from; c < to; c++) {
            Arrays.fill(current[c], x, x + length, current[c][x - 1]);
        }
        if (length == left) {
            return x + length;
        }
        int end = x + length;
        for (int c = from; c < to; c++) {
            current[c][end] = interruption(from, current[c][end - 1], previous[c][end]);
        }
        runIndexes[from] = Math.max(0, runIndexes[from] - 1);
        return end + 1;
    }

    private int runLength(int component, int left) throws FilterDataException {
        int length = 0;
        while (bits.read(1) != 0) {
            int whole = 1 << RUN_BITS[runIndexes[component]];
            if (whole <= left - length) {
                length += whole;
                runIndexes[component] = Math.min(31, runIndexes[component] + 1);
            } else {
                length = left;
            }
            if (length == left) {
                return length;
            }
        }
        length += bits.read(RUN_BITS[runIndexes[component]]);
        if (length > left) {
            throw new FilterDataException("a run of " + length + " samples, " + left + " are left in the line");
        }
        return length;
    }

    private int interruption(int component, int left, int above) throws FilterDataException {
        boolean same = !together && Math.abs(left - above) <= p.near();
        JpegLsRunContext context = same ? alike : unlike;
        int k = context.golomb();
        int coded = golomb(k, p.limit() - RUN_BITS[runIndexes[component]] - 1);
        int error = context.error(coded, k, p.reset());
        if (same) {
            return p.reconstruct(left, error);
        }
        return p.reconstruct(above, above < left ? -error : error);
    }

    /** A number in limited-length Golomb code (T.87 A.5.3). */
    private int golomb(int k, int limit) throws FilterDataException {
        int high = bits.readUnary();
        long value =
                high >= limit - (p.errorBits() + 1) ? bits.read(p.errorBits()) + 1L : ((long) high << k) + bits.read(k);
        if (value > MOST_ERROR) {
            throw new FilterDataException("a prediction error coded as " + value);
        }
        return (int) value;
    }
}
