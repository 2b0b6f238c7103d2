// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.jpegls;

/** The statistics of a context of regular samples (T.87 A.6): variables A, B, C and N. Confined to one task. */
final class JpegLsContext {
    private int errorSum;
    private int bias;
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
