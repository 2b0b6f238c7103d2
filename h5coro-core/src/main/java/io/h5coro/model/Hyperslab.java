// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A slice of a dataset: a half-open range with a step for each dimension, slowest first. Missing trailing dimensions
 * are whole. It keeps the rank of the dataset: a single index is a range of length 1. Immutable.
 *
 * @param ranges one range a dimension
 */
public record Hyperslab(List<Range> ranges) {
    /**
     * Every {@code step}-th index of {@code [start, stop)}.
     *
     * @param start first index; null for 0
     * @param stop first index behind; null for the length of the dimension
     * @param step distance of the indices, at least 1
     */
    public record Range(@Nullable Long start, @Nullable Long stop, long step) {
        /**
         * Checks the bounds.
         *
         * @throws IllegalArgumentException when one is negative, the range ends before it starts, or the step is below
         *     1
         */
        public Range {
            if ((start != null && start < 0) || (stop != null && stop < 0) || step < 1) {
                throw new IllegalArgumentException(
                        "range " + text(start, stop, step) + " has a negative bound or a step below 1");
            }
            if (stop != null && stop < (start == null ? 0 : start)) {
                throw new IllegalArgumentException("range " + text(start, stop, step) + " ends before it starts");
            }
        }

        /** The whole dimension. */
        public static Range all() {
            return new Range(null, null, 1);
        }

        /** The indices {@code [start, stop)}. */
        public static Range of(long start, long stop) {
            return new Range(start, stop, 1);
        }

        /** Every step-th index of {@code [start, stop)}. */
        public static Range of(long start, long stop, long step) {
            return new Range(start, stop, step);
        }

        /** The indices from {@code start} to the end. */
        public static Range from(long start) {
            return new Range(start, null, 1);
        }

        /**
         * One index.
         *
         * @throws IllegalArgumentException when it is negative, or 2^63 - 1, which no dimension has
         */
        public static Range at(long index) {
            if (index == Long.MAX_VALUE) {
                throw new IllegalArgumentException("no dimension has an index " + index);
            }
            return new Range(index, index + 1, 1);
        }

        private static String text(@Nullable Long start, @Nullable Long stop, long step) {
            return (start == null ? "" : start) + ":" + (stop == null ? "" : stop) + (step == 1 ? "" : ":" + step);
        }

        @Override
        public String toString() {
            return text(start, stop, step);
        }
    }

    /** Copies the list. */
    public Hyperslab {
        ranges = List.copyOf(ranges);
    }

    /** A slice of these ranges. */
    public static Hyperslab of(Range... ranges) {
        return new Hyperslab(List.of(ranges));
    }

    /** The whole dataset. */
    public static Hyperslab all() {
        return new Hyperslab(List.of());
    }

    /**
     * Reads the text form: "[0:100, :, 5, 10:20:2]", with or without brackets; empty or "..." alone for everything.
     *
     * @throws IllegalArgumentException when it is not of this form
     */
    public static Hyperslab parse(String text) {
        String inner = text.strip();
        if (inner.startsWith("[") && inner.endsWith("]")) {
            inner = inner.substring(1, inner.length() - 1).strip();
        }
        if (inner.isEmpty() || inner.equals("...")) {
            return all();
        }
        List<Range> ranges = new ArrayList<>();
        for (String part : inner.split(",", -1)) {
            ranges.add(range(part.strip(), text));
        }
        return new Hyperslab(ranges);
    }

    private static Range range(String part, String text) {
        String[] bounds = part.split(":", -1);
        try {
            if (bounds.length == 1) {
                return Range.at(Long.parseLong(part));
            }
            if (bounds.length > 3) {
                throw new NumberFormatException("more than start:stop:step");
            }
            long step = bounds.length == 3 && !bounds[2].isBlank() ? Long.parseLong(bounds[2].strip()) : 1;
            return new Range(bound(bounds[0]), bound(bounds[1]), step);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a slice: '" + part + "' is neither an index nor start:stop:step", e);
        }
    }

    private static @Nullable Long bound(String text) {
        return text.isBlank() ? null : Long.valueOf(text.strip());
    }

    /** The text form. */
    @Override
    public String toString() {
        return ranges.stream().map(Range::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
