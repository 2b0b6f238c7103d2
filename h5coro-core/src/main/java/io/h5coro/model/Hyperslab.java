// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A slice of a dataset: for each dimension a half-open range with a step, slowest dimension first. Dimensions without a
 * range are read whole: the last ones, or those that {@code ...} stands for. A slice keeps the number of dimensions: a
 * single index is a range of length 1. Immutable.
 *
 * <pre>{@code
 * Hyperslab first = Hyperslab.of(Hyperslab.Range.of(0, 100), Hyperslab.Range.all(), Hyperslab.Range.at(5));
 * Hyperslab same = Hyperslab.parse("[0:100, :, 5]");
 * Hyperslab last = Hyperslab.parse("[-10:, ...]");
 * }</pre>
 *
 * <p>Negative bounds count from the end of their dimension, as in Python. They are resolved when the slice meets a
 * shape ({@link #within}), while the read is planned. A bound outside of the dimension is an error then, unless the
 * slice is {@link #clipped()}.
 *
 * @param ranges ranges of dimensions
 * @param leading number of ranges that belong to the first dimensions; the others belong to the last ones
 * @param clips whether a bound outside of a dimension is moved to the dimension's end
 */
public record Hyperslab(List<Range> ranges, int leading, boolean clips) {
    /**
     * Every {@code step}-th index of {@code [start, stop)}.
     *
     * @param start first index; negative counts from the end of the dimension; null for 0
     * @param stop end, exclusive; negative counts from the end of the dimension; null for its length
     * @param step distance between two indices, at least 1
     */
    public record Range(@Nullable Long start, @Nullable Long stop, long step) {
        /**
         * Checks the bounds.
         *
         * @throws IllegalArgumentException when the step is below 1, or when the range ends before it starts, as far as
         *     that is known without the length of the dimension
         */
        public Range {
            if (step < 1) {
                throw new IllegalArgumentException("range " + text(start, stop, step) + " has a step below 1");
            }
            long first = start == null ? 0 : start;
            if (stop != null && (first < 0) == (stop < 0) && stop < first) {
                throw new IllegalArgumentException("range " + text(start, stop, step) + " ends before it starts");
            }
        }

        /** Selects the whole dimension. */
        public static Range all() {
            return new Range(null, null, 1);
        }

        /** Selects the indices {@code [start, stop)}. */
        public static Range of(long start, long stop) {
            return new Range(start, stop, 1);
        }

        /** Selects every step-th index of {@code [start, stop)}. */
        public static Range of(long start, long stop, long step) {
            return new Range(start, stop, step);
        }

        /** Selects the indices from {@code start} to the end of the dimension. */
        public static Range from(long start) {
            return new Range(start, null, 1);
        }

        /**
         * Selects one index, -1 for the last; the dimension stays, with length 1.
         *
         * @throws IllegalArgumentException when the index is 2^63 - 1, which no dimension has
         */
        public static Range at(long index) {
            if (index == Long.MAX_VALUE) {
                throw new IllegalArgumentException("no dimension has an index " + index);
            }
            return new Range(index, index == -1 ? null : index + 1, 1);
        }

        /**
         * Returns the same indices of a dimension, counted from its start.
         *
         * @throws IllegalArgumentException when a bound is outside of the dimension, or the range ends before it starts
         */
        private Range within(long length, boolean clips) {
            long first = bound(start, 0, length);
            long behind = bound(stop, length, length);
            if (clips) {
                first = Math.max(0, Math.min(first, length));
                return new Range(first, Math.max(first, Math.min(behind, length)), step);
            }
            if (first < 0 || first > length || behind < 0 || behind > length) {
                throw new IllegalArgumentException("range " + this + " reaches over the length " + length);
            }
            if (behind < first) {
                throw new IllegalArgumentException("range " + this + " of length " + length + " ends before it starts");
            }
            return new Range(first, behind, step);
        }

        private static long bound(@Nullable Long given, long otherwise, long length) {
            return given == null ? otherwise : given < 0 ? given + length : given;
        }

        private static String text(@Nullable Long start, @Nullable Long stop, long step) {
            return (start == null ? "" : start) + ":" + (stop == null ? "" : stop) + (step == 1 ? "" : ":" + step);
        }

        @Override
        public String toString() {
            return text(start, stop, step);
        }
    }

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException when {@code leading} is negative or more than there are ranges
     */
    public Hyperslab {
        ranges = List.copyOf(ranges);
        if (leading < 0 || leading > ranges.size()) {
            throw new IllegalArgumentException(
                    leading + " of " + ranges.size() + " ranges are of the first dimensions");
        }
    }

    /** Makes a slice of ranges of the first dimensions. */
    public Hyperslab(List<Range> ranges) {
        this(ranges, ranges.size(), false);
    }

    /** Makes a slice of ranges of the first dimensions. */
    public static Hyperslab of(Range... ranges) {
        return new Hyperslab(List.of(ranges));
    }

    /** Selects the whole dataset. */
    public static Hyperslab all() {
        return new Hyperslab(List.of());
    }

    /**
     * Returns the same slice with clipped bounds: a bound outside of a dimension is moved to the dimension's end, as in
     * Python, so the slice may select less, or nothing.
     */
    public Hyperslab clipped() {
        return new Hyperslab(ranges, leading, true);
    }

    /**
     * Parses the text form "[0:100, :, 5, 10:20:2]", with or without brackets. An index alone is {@code [i:i+1]}.
     * Negative indices and bounds count from the end. "..." stands for the dimensions that are left out, and empty text
     * selects everything.
     *
     * @throws IllegalArgumentException when the text does not have this form; the message says where
     */
    public static Hyperslab parse(String text) {
        return SliceText.slab(text);
    }

    /**
     * Returns the slice of a dataset of some shape: one range for each dimension, with
     * {@code 0 <= start <= stop <= length}.
     *
     * @throws IllegalArgumentException when it has more ranges than the shape has dimensions, or a bound outside of one
     */
    public List<Range> within(Shape shape) {
        int rank = shape.rank();
        if (ranges.size() > rank) {
            throw new IllegalArgumentException(
                    "slice " + this + " has " + ranges.size() + " dimensions, the shape " + shape + " has " + rank);
        }
        List<Range> all = new ArrayList<>(rank);
        int trailing = ranges.size() - leading;
        for (int d = 0; d < rank; d++) {
            int i = d < leading ? d : d - (rank - ranges.size());
            boolean given = d < leading || d >= rank - trailing;
            try {
                all.add((given ? ranges.get(i) : Range.all()).within(shape.dimension(d), clips));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "slice " + this + " of shape " + shape + ": dimension " + d + ": " + e.getMessage(), e);
            }
        }
        return all;
    }

    /** Returns the text form, which {@link #parse(String)} takes. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            if (i == leading) {
                parts.add("...");
            }
            parts.add(ranges.get(i).toString());
        }
        return parts.stream().collect(Collectors.joining(", ", "[", "]"));
    }
}
