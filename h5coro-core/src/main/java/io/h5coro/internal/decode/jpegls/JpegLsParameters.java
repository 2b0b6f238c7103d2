// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.jpegls;

import io.h5coro.filter.FilterDataException;

/**
 * The numbers that a scan is coded with (T.87 A.2.1, C.2.4.1.1).
 *
 * <p>Example: 8 bits, lossless. Range 256, errors of 8 bits, limit 32, thresholds 3, 7 and 21, reset 64.
 *
 * @param largest largest sample, a power of two less one
 * @param near largest difference between a sample and what was coded; 0: lossless
 * @param range number of values of a prediction error
 * @param errorBits bits of a prediction error
 * @param limit most bits of a Golomb code
 * @param t1 first threshold of a gradient, then the second and the third
 * @param reset number of samples after which a context's statistics are halved
 * @param t2 second threshold, at least the first
 * @param t3 third threshold, at least the second
 */
record JpegLsParameters(int largest, int near, int range, int errorBits, int limit, int t1, int t2, int t3, int reset) {
    private static final int DEFAULT_RESET = 64;

    /** Parameters of a scan; {@code presets} are largest sample, three thresholds and reset, 0 for the default. */
    static JpegLsParameters of(int precision, int near, int[] presets) throws FilterDataException {
        int largest = (1 << precision) - 1;
        if (presets[0] != 0 && presets[0] != largest) {
            throw new FilterDataException("largest sample " + presets[0] + " of " + precision + " bits", true);
        }
        if (near > Math.min(255, largest / 2)) {
            throw new FilterDataException("near-lossless by " + near + " of " + largest);
        }
        int[] defaults = thresholds(largest, near);
        int t1 = presets[1] != 0 ? presets[1] : defaults[0];
        int t2 = presets[2] != 0 ? presets[2] : defaults[1];
        int t3 = presets[3] != 0 ? presets[3] : defaults[2];
        int reset = presets[4] != 0 ? presets[4] : DEFAULT_RESET;
        if (t1 <= near || t2 < t1 || t3 < t2 || t3 > largest || reset < 3 || reset > 255) {
            throw new FilterDataException("thresholds " + t1 + ", " + t2 + ", " + t3 + ", reset " + reset);
        }
        int range = (largest + 2 * near) / (2 * near + 1) + 1;
        int errorBits = Integer.SIZE - Integer.numberOfLeadingZeros(range - 1);
        int limit = 2 * (precision + Math.max(8, precision));
        return new JpegLsParameters(largest, near, range, errorBits, limit, t1, t2, t3, reset);
    }

    private static int[] thresholds(int largest, int near) {
        int t1;
        int t2;
        int t3;
        if (largest >= 128) {
            int factor = (Math.min(largest, 4095) + 128) / 256;
            t1 = factor + 2 + 3 * near;
            t2 = factor * 4 + 3 + 5 * near;
            t3 = factor * 17 + 4 + 7 * near;
        } else {
            int factor = 256 / (largest + 1);
            t1 = Math.max(2, 3 / factor + 3 * near);
            t2 = Math.max(3, 7 / factor + 5 * near);
            t3 = Math.max(4, 21 / factor + 7 * near);
        }
        t1 = inRange(t1, near + 1, largest);
        t2 = inRange(t2, t1, largest);
        t3 = inRange(t3, t2, largest);
        return new int[] {t1, t2, t3};
    }

    /** The value, or the least if it is out of range on either side. */
    private static int inRange(int value, int least, int most) {
        return value > most || value < least ? least : value;
    }

    /** The region of a gradient, -4 to 4. */
    int quantize(int gradient) {
        int size = Math.abs(gradient);
        int region = size <= near ? 0 : size < t1 ? 1 : size < t2 ? 2 : size < t3 ? 3 : 4;
        return gradient < 0 ? -region : region;
    }

    /** A sample from its prediction and the error, which wraps around at the ends of the range. */
    int reconstruct(int predicted, int error) {
        int step = 2 * near + 1;
        int value = predicted + error * step;
        if (value < -near) {
            value += range * step;
        } else if (value > largest + near) {
            value -= range * step;
        }
        return clamp(value);
    }

    /** The nearest sample. */
    int clamp(int value) {
        return Math.max(0, Math.min(largest, value));
    }
}
