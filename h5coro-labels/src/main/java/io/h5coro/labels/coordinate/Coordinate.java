// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.coordinate;

import io.h5coro.error.SelectionException;
import io.h5coro.error.Where;
import io.h5coro.labels.cf.Attributes;
import io.h5coro.labels.cf.Decoded;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.IntegerType;
import java.time.DateTimeException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The values of a dimension's coordinate, in ascending or descending order, looked up by value. Immutable. */
public final class Coordinate {
    private final Where where;
    private final CoordinateScale scale;
    private final boolean descending;

    /**
     * Checks the values.
     *
     * @param values of one dimension
     * @throws SelectionException when one is missing or they are not in order
     */
    public Coordinate(Where where, Decoded values) {
        this.where = where;
        this.scale = scale(where, values);
        this.descending = scale.length() > 1 && isDescending();
        for (int i = 0; i < scale.length(); i++) {
            int order = i == 0 || scale.isMissing(i) ? 0 : scale.compare(i - 1, i);
            if (scale.isMissing(i) || (descending ? order < 0 : order > 0)) {
                String what = scale.isMissing(i) ? "a missing value" : "no order";
                throw new SelectionException(
                        where, "the coordinate has " + what + " at index " + i + ", so nothing is found by its value");
            }
        }
    }

    private static CoordinateScale scale(Where where, Decoded values) {
        if (values.times() != null) {
            return new CoordinateScale.TimeScale(values.times());
        }
        return values.durations() != null
                ? new CoordinateScale.DurationScale(values.durations())
                : numbers(where, Objects.requireNonNull(values.array()));
    }

    private static CoordinateScale numbers(Where where, H5Array array) {
        if (!Attributes.isNumeric(array)) {
            throw new SelectionException(
                    where, "a coordinate of type " + array.type().shortName() + " has no order of values");
        }
        return array.type() instanceof IntegerType
                ? new CoordinateScale.WholeScale(array)
                : new CoordinateScale.NumberScale(array);
    }

    private boolean isDescending() {
        return !scale.isMissing(0) && !scale.isMissing(scale.length() - 1) && scale.compare(0, scale.length() - 1) > 0;
    }

    /** Returns the number of values. */
    public int length() {
        return scale.length();
    }

    /**
     * Returns the indices whose values lie between two, both included.
     *
     * @param from null for no bound
     * @param to null for no bound
     */
    public Hyperslab.Range between(@Nullable String from, @Nullable String to) {
        Object least = from == null ? null : value(from, false);
        Object greatest = to == null ? null : value(to, true);
        int start = least == null ? 0 : countBefore(least, false);
        int stop = greatest == null ? scale.length() : countBefore(greatest, true);
        int first = descending ? scale.length() - stop : start;
        int end = descending ? scale.length() - start : stop;
        return Hyperslab.Range.of(first, Math.max(first, end));
    }

    /** The number of elements, in ascending order, that are less than a value, or not greater. */
    private int countBefore(Object value, boolean orEqual) {
        int low = 0;
        int high = scale.length();
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = scale.compareTo(ascending(middle), value);
            if (order < 0 || (orEqual && order == 0)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int ascending(int i) {
        return descending ? scale.length() - 1 - i : i;
    }

    /** Returns the index of the nearest value; the first of two that are equally near. */
    public Hyperslab.Range nearest(String text) {
        if (scale.length() == 0) {
            throw new SelectionException(where, "an empty coordinate has no value nearest to " + text);
        }
        Object value = value(text, false);
        int after = countBefore(value, false);
        int best = ascending(Math.min(after, scale.length() - 1));
        if (after > 0) {
            int before = ascending(after - 1);
            int closer = scale.distance(before, value).compareTo(scale.distance(best, value));
            best = closer < 0 || (closer == 0 && before < best) ? before : best;
        }
        return Hyperslab.Range.at(best);
    }

    private Object value(String text, boolean last) {
        try {
            return scale.parse(text, last);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new SelectionException(where, "'" + text + "' is no value of this coordinate", e);
        }
    }
}
