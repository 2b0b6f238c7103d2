// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.jpegls;

/** The statistics of a context of regular samples (T.87 A.6): variables A, B, C and N. Confined to one task. */
final class JpegLsContext {
    /** Sum of the errors' sizes since the statistics were halved; with {@link #count} it gives the Golomb parameter. */
    private int errorSum;
    /** Sum of the errors less what the correction took of it. Invariant after an update: above -count, at most 0. */
    private int bias;
    /** What is added to predictions, -128 to 127. */
    private int correction;

    private int count = 1;

    JpegLsContext(int errorSum) {
        this.errorSum = errorSum;
    }

    int correction() {
        return correction;
    }

    /** The Golomb parameter. Errors have 17 bits at the most and the count 8, so it is below 26. */
    int golomb() {
        int k = 0;
        while (count << k < errorSum) {
            k++;
        }
        return k;
    }

    /** Whether errors are stored with their sign turned, when the Golomb parameter and the tolerance are 0. */
    boolean turned() {
        return 2 * bias + count - 1 < 0;
    }

    /**
     * Takes note of an error. The bias moves by at most one step of the correction for each sample.
     *
     * @param error before it is multiplied with the step of near-lossless coding
     * @param p of the scan
     */
    void update(int error, JpegLsParameters p) {
        errorSum += Math.abs(error);
        bias += error * (2 * p.near() + 1);
        if (count == p.reset()) {
            errorSum >>= 1;
            bias >>= 1;
            count >>= 1;
        }
        count++;
        if (bias + count <= 0) {
            bias = Math.max(bias + count, 1 - count);
            correction = Math.max(correction - 1, -128);
        } else if (bias > 0) {
            bias = Math.min(bias - count, 0);
            correction = Math.min(correction + 1, 127);
        }
    }
}
