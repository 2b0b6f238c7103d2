// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.cf;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.labels.time.CfCalendar;
import io.h5coro.labels.time.Times;
import io.h5coro.model.H5Array;
import java.util.BitSet;

/**
 * Numbers since a reference date to times. Whole numbers give exact times. Floating-point numbers give what xarray
 * gives:
 *
 * <ul>
 *   <li>where numpy's {@code datetime64[ns]} holds date and result: the product of number and unit in double precision,
 *       cut off to nanoseconds,
 *   <li>elsewhere the product rounded to microseconds, as cftime does.
 * </ul>
 *
 * One decoder decodes one array.
 */
final class TimeDecoder {
    /** First second of the Gregorian calendar, 1582-10-15. */
    private static final long REFORM = -141427L * 86400;
    /** Seconds of about a thousand million years: more than a year of an int could count. */
    private static final long MOST_SECONDS = 31_000_000_000_000_000L;
    /** Least and greatest whole second that 64 bits of nanoseconds hold. */
    private static final long NANO_SECONDS = 9_223_372_036L;

    private final Where where;
    private final TimeUnits units;
    private final long referenceSecond;
    private final boolean nanosFirst;

    private long[] seconds = {};
    private int[] nanos = {};

    TimeDecoder(Where where, TimeUnits units) {
        this.where = where;
        this.units = units;
        this.referenceSecond = units.reference().epochSecond();
        this.nanosFirst = isNumpyDate(referenceSecond) && units.unit().spelledOut();
    }

    /** Whether all times are whole microseconds, when they are decoded from whole numbers or from others. */
    boolean hasMicroseconds(boolean whole) {
        boolean steps = whole ? units.unit().nanos() % TimeUnit.MICRO == 0 : !nanosFirst;
        return steps && units.reference().nano() % TimeUnit.MICRO == 0;
    }

    private boolean isNumpyDate(long second) {
        CfCalendar calendar = units.calendar();
        boolean gregorian =
                calendar == CfCalendar.PROLEPTIC_GREGORIAN || (calendar == CfCalendar.STANDARD && second >= REFORM);
        return gregorian && Math.abs(second) < NANO_SECONDS;
    }

    /**
     * Decodes an array.
     *
     * @param missing elements without a time; NaN is one too, and so is the least 64-bit number, as in numpy
     */
    Times decode(H5Array numbers, BitSet missing) {
        int length = numbers.length();
        seconds = new long[length];
        nanos = new int[length];
        BitSet without = (BitSet) missing.clone();
        boolean whole = NumberKind.of(numbers.type()).isInteger();
        for (int i = 0; i < length; i++) {
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
                if (whole) {
                    addWhole(i, numbers.getLong(i), units.unit().nanos());
                } else {
                    addFraction(i, numbers.getDouble(i));
                }
            } catch (ArithmeticException e) {
                throw new MalformedFileException(where, "time " + numbers.getDouble(i) + " is out of range", e);
            }
        }
        return new Times(units.calendar(), numbers.shape(), seconds, nanos, without);
    }

    /** Adds a number of units of some nanoseconds to the reference. */
    private void addWhole(int i, long count, long unitNanos) {
        long second;
        long nano = units.reference().nano();
        if (unitNanos >= TimeUnit.SECOND) {
            second = Math.multiplyExact(count, unitNanos / TimeUnit.SECOND);
        } else {
            long perSecond = TimeUnit.SECOND / unitNanos;
            second = Math.floorDiv(count, perSecond);
            nano += Math.floorMod(count, perSecond) * unitNanos;
        }
        second = Math.addExact(Math.addExact(second, referenceSecond), nano / TimeUnit.SECOND);
        if (Math.abs(second) > MOST_SECONDS) {
            throw new ArithmeticException("year");
        }
        seconds[i] = second;
        nanos[i] = (int) (nano % TimeUnit.SECOND);
    }

    private void addFraction(int i, double count) {
        if (nanosFirst) {
            double product = count * units.unit().nanos();
            double sum = referenceSecond + product / TimeUnit.SECOND;
            if (Math.abs(product) < 0x1p63 && Math.abs(sum) < NANO_SECONDS && isNumpyDate((long) sum)) {
                addWhole(i, (long) product, 1);
                return;
            }
        }
        addWhole(i, Microseconds.of(count, units.unit()), TimeUnit.MICRO);
    }
}
