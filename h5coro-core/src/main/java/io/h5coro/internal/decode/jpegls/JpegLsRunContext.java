// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.jpegls;

/** The statistics of samples that end a run (T.87 A.7.2). Confined to one task. */
final class JpegLsRunContext {
    private final int kind;
    private int errorSum;
    private int count = 1;
    private int negatives;

    /**
     * A context at the start of a scan.
     *
     * @param kind 1 when the neighbours to the left and above are alike, else 0
     */
    JpegLsRunContext(int errorSum, int kind) {
        this.errorSum = errorSum;
        this.kind = kind;
    }

    /** The Golomb parameter; as for regular contexts it is below 26. */
    int golomb() {
        int sum = errorSum + (count >> 1) * kind;
        int k = 0;
        while (count << k < sum) {
            k++;
        }
        return k;
    }

    /** Takes a coded error and returns it with its sign; {@code k} is the Golomb parameter it was coded with. */
    int error(int coded, int k, int reset) {
        int value = coded + kind;
        boolean odd = (value & 1) != 0;
        int size = (value + 1) >> 1;
        boolean negative = (k != 0 || 2 * negatives >= count) == odd;
        if (negative && size != 0) {
            negatives++;
        }
        errorSum += (coded + 1 - kind) >> 1;
        if (count == reset) {
            errorSum >>= 1;
            count >>= 1;
            negatives >>= 1;
        }
        count++;
        return negative ? -size : size;
    }
}
