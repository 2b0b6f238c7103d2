// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.cf;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.labels.time.Durations;
import io.h5coro.model.H5Array;
import java.util.BitSet;

/**
 * Numbers of a unit of time to durations in nanoseconds. Whole numbers give exact ones. A floating-point number is
 * multiplied by 1000 until it is whole or counts nanoseconds, and then cut off, as xarray does. Pure.
 */
final class DurationDecoder {
    private DurationDecoder() {}

    /**
     * Decodes an array.
     *
     * @param missing elements without a duration; NaN is one too, and so is the least 64-bit number, as in numpy
     * @throws MalformedFileException when a duration does not fit into 64 bits of nanoseconds
     */
    static Durations decode(Where where, H5Array numbers, BitSet missing, TimeUnit unit) {
        long[] nanos = new long[numbers.length()];
        BitSet without = (BitSet) missing.clone();
        boolean whole = NumberKind.of(numbers.type()).isInteger();
        for (int i = 0; i < nanos.length; i++) {
            if (without.get(i)) {
                continue;
            }
            boolean none = whole
                    ? numbers.getBits(i) == Long.MIN_VALUE && numbers.getDouble(i) < 0
                    : Double.isNaN(numbers.getDouble(i));
            if (none) {
                without.set(i);
                continue;
            }
            try {
                nanos[i] = whole
                        ? Math.multiplyExact(numbers.getLong(i), unit.nanos())
                        : nanos(numbers.getDouble(i), unit.nanos());
            } catch (ArithmeticException e) {
                throw new MalformedFileException(where, "duration " + numbers.getDouble(i) + " is out of range", e);
            }
        }
        return new Durations(numbers.shape(), nanos, without);
    }

    private static long nanos(double count, long unitNanos) {
        double value = count;
        long left = unitNanos;
        if (left > TimeUnit.SECOND) {
            long seconds = left / TimeUnit.SECOND;
            value *= seconds;
            left = TimeUnit.SECOND;
        }
        while (left > 1 && value != Math.rint(value)) {
            value *= 1000;
            left /= 1000;
        }
        if (!(Math.abs(value) < 0x1p63)) {
            throw new ArithmeticException("nanoseconds");
        }
        return Math.multiplyExact((long) value, left);
    }
}
