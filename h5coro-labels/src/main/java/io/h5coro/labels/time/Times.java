// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.time;

import io.h5coro.model.Shape;
import java.time.Instant;
import java.util.BitSet;
import java.util.Objects;

/**
 * An array of points in time of one calendar, with a resolution of a nanosecond. Some may be missing. Immutable.
 *
 * <pre>{@code
 * Times times = group.variable("time").read().times();
 * for (int i = 0; i < times.length(); i++) {
 *     System.out.println(times.isMissing(i) ? "-" : times.date(i));
 * }
 * }</pre>
 */
public final class Times {
    private final CfCalendar calendar;
    private final Shape shape;
    private final long[] seconds;
    private final int[] nanos;
    private final BitSet missing;

    /**
     * Wraps times without copying them.
     *
     * @param seconds since 1970-01-01, as {@link CalendarDate#epochSecond()} gives them
     * @param nanos nanosecond of each second
     * @param missing elements without a time
     * @throws IllegalArgumentException when the numbers of elements differ
     */
    public Times(CfCalendar calendar, Shape shape, long[] seconds, int[] nanos, BitSet missing) {
        if (shape.elementCount() != seconds.length || nanos.length != seconds.length) {
            throw new IllegalArgumentException("shape " + shape + " of " + seconds.length + " times");
        }
        this.calendar = calendar;
        this.shape = shape;
        this.seconds = seconds;
        this.nanos = nanos;
        this.missing = missing;
    }

    /** Returns the calendar. */
    public CfCalendar calendar() {
        return calendar;
    }

    /** Returns the lengths of the dimensions. */
    public Shape shape() {
        return shape;
    }

    /** Returns the number of elements. */
    public int length() {
        return seconds.length;
    }

    /** Returns whether element i has no time: what numpy calls NaT. */
    public boolean isMissing(int i) {
        return missing.get(Objects.checkIndex(i, length()));
    }

    /**
     * Returns element i as a date of {@link #calendar()}.
     *
     * @throws IllegalStateException when it is missing
     */
    public CalendarDate date(int i) {
        return CalendarDate.ofEpochSecond(calendar, epochSecond(i), nanos[i]);
    }

    /**
     * Returns element i as a point of time of the world.
     *
     * @throws UnsupportedOperationException when the calendar is not real: {@link CfCalendar#isReal()}
     * @throws IllegalStateException when it is missing
     */
    public Instant instant(int i) {
        if (!calendar.isReal()) {
            throw new UnsupportedOperationException("dates of the calendar " + calendar.cfName() + " are no instants");
        }
        return Instant.ofEpochSecond(epochSecond(i), nanos[i]);
    }

    /**
     * Returns the whole seconds of element i since 1970-01-01: see {@link CalendarDate#epochSecond()}.
     *
     * @throws IllegalStateException when it is missing
     */
    public long epochSecond(int i) {
        if (isMissing(i)) {
            throw new IllegalStateException("time " + i + " is missing");
        }
        return seconds[i];
    }

    /**
     * Returns the nanosecond of the second of element i.
     *
     * @throws IllegalStateException when it is missing
     */
    public int nano(int i) {
        long unused = epochSecond(i);
        return nanos[i];
    }

    /**
     * Returns element i in nanoseconds since 1970-01-01, as numpy's {@code datetime64[ns]} has it.
     *
     * @throws ArithmeticException when it is before 1677 or after 2262, so that it does not fit
     * @throws IllegalStateException when it is missing
     */
    public long epochNanos(int i) {
        long second = epochSecond(i);
        // Toward zero first: the least value has a fraction, and its second alone would not fit.
        return second < 0 && nanos[i] > 0
                ? Math.addExact(Math.multiplyExact(second + 1, 1_000_000_000L), nanos[i] - 1_000_000_000L)
                : Math.addExact(Math.multiplyExact(second, 1_000_000_000L), nanos[i]);
    }

    /** Returns calendar, shape and the first times on one line, such as "noleap (3,) [2000-01-01T00:00:00, …]". */
    @Override
    public String toString() {
        return calendar.cfName() + " " + shape + " "
                + FirstFew.of(length(), i -> isMissing(i) ? "NaT" : date(i).toString());
    }
}
