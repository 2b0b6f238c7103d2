// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.coordinate;

import io.h5coro.labels.time.CalendarDate;
import io.h5coro.labels.time.Durations;
import io.h5coro.labels.time.Times;
import io.h5coro.model.FloatArray;
import io.h5coro.model.H5Array;
import java.math.BigDecimal;
import java.time.Duration;

/** The values of a coordinate, compared with each other and with the texts of a selection. Immutable. */
sealed interface CoordinateScale {
    int length();

    /** Whether element i is not after element k. */
    int compare(int i, int k);

    /** Compares element i with a value; the end of a range may stand for a whole year or day. */
    int compareTo(int i, Object value);

    Object parse(String text, boolean last);

    /** The exact distance of element i from a value. */
    BigDecimal distance(int i, Object value);

    boolean isMissing(int i);

    record NumberScale(H5Array array) implements CoordinateScale {
        @Override
        public int length() {
            return array.length();
        }

        @Override
        public int compare(int i, int k) {
            return Double.compare(array.getDouble(i) + 0.0, array.getDouble(k) + 0.0);
        }

        @Override
        public int compareTo(int i, Object value) {
            return Double.compare(array.getDouble(i) + 0.0, (Double) value + 0.0);
        }

        @Override
        public Object parse(String text, boolean last) {
            double value = array instanceof FloatArray ? Float.parseFloat(text) : Double.parseDouble(text);
            if (Double.isNaN(value)) {
                throw new NumberFormatException("NaN");
            }
            return value;
        }

        @Override
        public BigDecimal distance(int i, Object value) {
            return new BigDecimal(clamped(array.getDouble(i)))
                    .subtract(new BigDecimal(clamped((Double) value)))
                    .abs();
        }

        private static double clamped(double value) {
            return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
        }

        @Override
        public boolean isMissing(int i) {
            return Double.isNaN(array.getDouble(i));
        }
    }

    record WholeScale(H5Array array) implements CoordinateScale {
        @Override
        public int length() {
            return array.length();
        }

        @Override
        public int compare(int i, int k) {
            return array.getBigInteger(i).compareTo(array.getBigInteger(k));
        }

        @Override
        public int compareTo(int i, Object value) {
            return new BigDecimal(array.getBigInteger(i)).compareTo((BigDecimal) value);
        }

        @Override
        public Object parse(String text, boolean last) {
            return new BigDecimal(text);
        }

        @Override
        public BigDecimal distance(int i, Object value) {
            return new BigDecimal(array.getBigInteger(i))
                    .subtract((BigDecimal) value)
                    .abs();
        }

        @Override
        public boolean isMissing(int i) {
            return false;
        }
    }

    record TimeScale(Times times) implements CoordinateScale {
        @Override
        public int length() {
            return times.length();
        }

        @Override
        public int compare(int i, int k) {
            int order = Long.compare(times.epochSecond(i), times.epochSecond(k));
            return order != 0 ? order : Integer.compare(times.nano(i), times.nano(k));
        }

        @Override
        public int compareTo(int i, Object value) {
            return exact(i).compareTo((BigDecimal) value);
        }

        @Override
        public Object parse(String text, boolean last) {
            CalendarDate date =
                    last ? CalendarDate.parseLast(times.calendar(), text) : CalendarDate.parse(times.calendar(), text);
            return exact(date.epochSecond(), date.nano());
        }

        private BigDecimal exact(int i) {
            return exact(times.epochSecond(i), times.nano(i));
        }

        private static BigDecimal exact(long second, int nano) {
            return BigDecimal.valueOf(second).add(BigDecimal.valueOf(nano, 9));
        }

        @Override
        public BigDecimal distance(int i, Object value) {
            return exact(i).subtract((BigDecimal) value).abs();
        }

        @Override
        public boolean isMissing(int i) {
            return times.isMissing(i);
        }
    }

    record DurationScale(Durations durations) implements CoordinateScale {
        @Override
        public int length() {
            return durations.length();
        }

        @Override
        public int compare(int i, int k) {
            return Long.compare(durations.nanos(i), durations.nanos(k));
        }

        @Override
        public int compareTo(int i, Object value) {
            return Long.compare(durations.nanos(i), (Long) value);
        }

        @Override
        public Object parse(String text, boolean last) {
            return Duration.parse(text).toNanos();
        }

        @Override
        public BigDecimal distance(int i, Object value) {
            return BigDecimal.valueOf(durations.nanos(i))
                    .subtract(BigDecimal.valueOf((Long) value))
                    .abs();
        }

        @Override
        public boolean isMissing(int i) {
            return durations.isMissing(i);
        }
    }
}
