// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.labels.cf.Decoded;
import io.h5coro.labels.time.Durations;
import io.h5coro.labels.time.Times;
import io.h5coro.model.H5Array;
import io.h5coro.model.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of a variable, all or a part, with the names of their dimensions. They are an array, times or durations:
 * {@link #kind()} says which.
 *
 * <p>Missing values are NaN in arrays of floating-point numbers, and nil in arrays of texts
 * ({@link io.h5coro.model.StringArray#isNil}). Times and durations have {@code isMissing}.
 *
 * <pre>{@code
 * LabelledArray heights = group.variable("h_ph").read("delta_time=0:1000");
 * double first = heights.array().getDouble(0);
 * }</pre>
 */
public final class LabelledArray {
    private final String name;
    private final List<String> dimensions;
    private final Decoded values;

    LabelledArray(String name, List<String> dimensions, Decoded values) {
        this.name = name;
        this.dimensions = List.copyOf(dimensions);
        this.values = values;
    }

    Decoded values() {
        return values;
    }

    /** Returns the name of the variable. */
    public String name() {
        return name;
    }

    /** Returns the names of the dimensions, slowest first. */
    public List<String> dimensions() {
        return dimensions;
    }

    /** Returns what the values are. */
    public ValueKind kind() {
        return values.times() != null
                ? ValueKind.TIMES
                : values.durations() != null ? ValueKind.DURATIONS : ValueKind.ARRAY;
    }

    /** Returns the lengths of the dimensions. */
    public Shape shape() {
        if (values.times() != null) {
            return values.times().shape();
        }
        return values.durations() != null ? values.durations().shape() : array().shape();
    }

    /**
     * Returns the values as an array.
     *
     * @throws IllegalStateException when they are times or durations
     */
    public H5Array array() {
        return required(values.array(), ValueKind.ARRAY);
    }

    /**
     * Returns the values as times.
     *
     * @throws IllegalStateException when they are something else
     */
    public Times times() {
        return required(values.times(), ValueKind.TIMES);
    }

    /**
     * Returns the values as durations.
     *
     * @throws IllegalStateException when they are something else
     */
    public Durations durations() {
        return required(values.durations(), ValueKind.DURATIONS);
    }

    private <T> T required(@Nullable T found, ValueKind asked) {
        if (found == null) {
            throw new IllegalStateException("the values of " + name + " are " + kind() + ", not " + asked);
        }
        return found;
    }

    /** Returns name, dimensions and the first values on one line. */
    @Override
    public String toString() {
        Object shown = values.times() != null ? values.times() : values.durations();
        return name + dimensions.toString().replace('[', '(').replace(']', ')') + ": "
                + (shown == null ? array() : shown);
    }
}
