// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Elements of a dataset that are no slice: lists of indices, a mask, points, or what a region reference selects. They
 * are one request: each chunk that holds one of them is fetched and decoded once. Immutable.
 *
 * <pre>{@code
 * DatasetRequest rows = DatasetRequest.of("/a").select(ElementSelection.parse("[[1, 3, 7], 0:5]"));
 * boolean[] mask = {true, false, true, false, false, true};
 * DatasetRequest warm = DatasetRequest.of("/a").select(ElementSelection.mask(Shape.of(2, 3), mask));
 * DatasetRequest three = DatasetRequest.of("/a").select(ElementSelection.points(2, 0, 5, 8, 1, 0, 5));
 * }</pre>
 *
 * <p>Order and duplicates are kept, and negative indices count from the end of their dimension. An index outside of the
 * dataset is a {@code SelectionException} before anything is fetched.
 */
public sealed interface ElementSelection {
    /**
     * Selects along each dimension by itself, slowest first: an element is selected when each of its indices is. The
     * result keeps all dimensions. With one list it is what h5py and numpy give, with several what
     * {@code a[numpy.ix_(…)]} gives.
     *
     * @param axes of the first dimensions; the others are whole
     */
    static ElementSelection axes(Axis... axes) {
        return new Axes(List.of(axes), axes.length, false);
    }

    /**
     * Selects the elements for which a mask is true. The result has one dimension, in row-major order.
     *
     * @param shape shape of the mask, which has to be the dataset's
     * @param mask whether each element is selected, in row-major order; copied
     * @throws IllegalArgumentException when there are not as many as the shape says
     */
    static ElementSelection mask(Shape shape, boolean... mask) {
        if (shape.elementCount() != mask.length) {
            throw new IllegalArgumentException("a mask of shape " + shape + " has " + mask.length + " elements");
        }
        BitSet selected = new BitSet(mask.length);
        for (int i = 0; i < mask.length; i++) {
            selected.set(i, mask[i]);
        }
        return new Mask(shape, selected);
    }

    /**
     * Selects single elements, in the order given. The result has one dimension.
     *
     * @param rank number of dimensions of the dataset, at least 1
     * @param coordinates {@code rank} indices for each point, one point after the other; copied
     * @throws IllegalArgumentException when they are no multiple of the rank
     */
    static ElementSelection points(int rank, long... coordinates) {
        if (rank < 1 || coordinates.length % rank != 0) {
            throw new IllegalArgumentException(coordinates.length + " coordinates of points of rank " + rank);
        }
        return new Points(rank, coordinates.clone());
    }

    /**
     * Selects what a region reference does, with the shape that h5py gives it: points are one dimension in their order,
     * a regular pattern keeps the dataset's dimensions, any other set of blocks is one dimension in row-major order.
     *
     * @param reference to a region of the dataset that the request is for
     * @throws IllegalArgumentException when it refers to no region
     */
    static ElementSelection region(Reference reference) {
        DataSelection region = reference.region();
        if (region == null) {
            throw new IllegalArgumentException(reference + " is no reference to a region");
        }
        return new Region(region, reference.address());
    }

    /**
     * Parses the text form of a slice in which lists of indices may stand: "[[1, 3, 7], 0:5]", "[..., [0, -1]]".
     *
     * @throws IllegalArgumentException when the text does not have this form; the message says where
     */
    static ElementSelection parse(String text) {
        return SliceText.axes(text);
    }

    /**
     * What is selected along each dimension.
     *
     * @param axes of dimensions
     * @param leading number of axes that belong to the first dimensions; the others belong to the last ones
     * @param clips whether bounds of ranges are moved to the dimension's end; indices of lists never are
     */
    record Axes(List<Axis> axes, int leading, boolean clips) implements ElementSelection {
        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException when {@code leading} is negative or more than there are axes
         */
        public Axes {
            axes = List.copyOf(axes);
            if (leading < 0 || leading > axes.size()) {
                throw new IllegalArgumentException(leading + " of " + axes.size() + " axes are first ones");
            }
        }

        /** Returns the slice that has all of a dimension where this one has a list. */
        public Hyperslab slab() {
            return new Hyperslab(
                    axes.stream()
                            .map(axis -> axis.isList() ? Hyperslab.Range.all() : axis.range())
                            .toList(),
                    leading,
                    clips);
        }

        /**
         * Returns what this selects of a dataset, with an axis for each dimension: bounds of ranges are known, and no
         * index is negative.
         *
         * @throws IllegalArgumentException when it does not fit the shape; the message says why
         */
        public Axes within(Shape shape) {
            List<Axis> all = new ArrayList<>();
            slab().within(shape).forEach(range -> all.add(Axis.range(range)));
            for (int i = 0; i < axes.size(); i++) {
                int dimension = i < leading ? i : all.size() - (axes.size() - i);
                if (axes.get(i).isList()) {
                    all.set(dimension, axes.get(i).within(dimension, shape.dimension(dimension)));
                }
            }
            return new Axes(all, all.size(), false);
        }

        /** Returns the text form, which {@link #parse} takes unless a list was too long to show. */
        @Override
        public String toString() {
            List<String> texts =
                    new ArrayList<>(axes.stream().map(Axis::toString).toList());
            if (leading < axes.size()) {
                texts.add(leading, "...");
            }
            return texts.stream().collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /** What is selected along one dimension: a range or a list of indices. Immutable. */
    final class Axis {
        /** More indices of a list are not shown. */
        private static final int MOST_SHOWN = 16;

        private final Hyperslab.Range range;
        private final long[] indices;
        private final boolean list;
        private final long length;

        private Axis(Hyperslab.Range range, long[] indices, boolean list, long length) {
            this.range = range;
            this.indices = indices;
            this.list = list;
            this.length = length;
        }

        /** Selects a range. */
        public static Axis range(Hyperslab.Range range) {
            return new Axis(range, new long[0], false, -1);
        }

        /** Selects all indices. */
        public static Axis all() {
            return range(Hyperslab.Range.all());
        }

        /**
         * Selects indices in the order given.
         *
         * @param indices negative ones count from the end; may be none, and the same one several times; copied
         */
        public static Axis of(long... indices) {
            return new Axis(Hyperslab.Range.all(), indices.clone(), true, -1);
        }

        /**
         * Selects the indices for which a mask is true.
         *
         * @param mask as long as the dimension
         */
        public static Axis mask(boolean... mask) {
            int count = 0;
            long[] found = new long[mask.length];
            for (int i = 0; i < mask.length; i++) {
                found[count] = i;
                count += mask[i] ? 1 : 0;
            }
            return new Axis(Hyperslab.Range.all(), Arrays.copyOf(found, count), true, mask.length);
        }

        /** Returns whether it is a list of indices. */
        public boolean isList() {
            return list;
        }

        /** Returns the range; all of the dimension for a list. */
        public Hyperslab.Range range() {
            return range;
        }

        /** Returns the number of indices in the list; 0 for a range. */
        public int count() {
            return indices.length;
        }

        /** Returns an index of the list, as it was given. */
        public long index(int number) {
            return indices[number];
        }

        private Axis within(int dimension, long of) {
            if (length >= 0 && length != of) {
                throw new IllegalArgumentException(
                        "a mask of " + length + " elements for dimension " + dimension + " of length " + of);
            }
            long[] known = new long[indices.length];
            for (int i = 0; i < known.length; i++) {
                known[i] = indices[i] < 0 ? indices[i] + of : indices[i];
                if (known[i] < 0 || known[i] >= of) {
                    throw new IllegalArgumentException(
                            "index " + indices[i] + " is outside of dimension " + dimension + " of length " + of);
                }
            }
            return new Axis(range, known, true, -1);
        }

        /** Returns the number of indices selected, of an axis that {@link Axes#within} gave. */
        public long selected() {
            if (list) {
                return indices.length;
            }
            long span = bound(range.stop()) - bound(range.start());
            return span / range.step() + (span % range.step() == 0 ? 0 : 1);
        }

        private static long bound(@Nullable Long bound) {
            if (bound == null) {
                throw new IllegalStateException("an axis without bounds: Axes.within gives them");
            }
            return bound;
        }

        /**
         * Returns some of the indices selected, of an axis that {@link Axes#within} gave.
         *
         * @param from number of the first one
         * @param to number behind the last one
         */
        public Axis part(long from, long to) {
            Objects.checkFromToIndex(from, to, selected());
            if (list) {
                return new Axis(range, Arrays.copyOfRange(indices, (int) from, (int) to), true, -1);
            }
            long first = bound(range.start()) + from * range.step();
            long behind = to == from ? first : first + (to - from - 1) * range.step() + 1;
            return range(Hyperslab.Range.of(first, behind, range.step()));
        }

        /** Returns the length that the dimension has to have, for a mask; -1 for any. */
        public long length() {
            return length;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Axis other
                    && other.list == list
                    && other.length == length
                    && other.range.equals(range)
                    && Arrays.equals(other.indices, indices);
        }

        @Override
        public int hashCode() {
            return Objects.hash(range, Arrays.hashCode(indices), list, length);
        }

        /** Returns "0:5" or "[1, 3, 7]"; of a long list the first indices and how many there are. */
        @Override
        public String toString() {
            String more = indices.length > MOST_SHOWN ? ", … " + indices.length + " indices]" : "]";
            return !list
                    ? range.toString()
                    : LongStream.of(indices)
                            .limit(MOST_SHOWN)
                            .mapToObj(Long::toString)
                            .collect(Collectors.joining(", ", "[", more));
        }
    }

    /** Single elements, in their order. Immutable. */
    final class Points implements ElementSelection {
        private final int rank;
        private final long[] coordinates;

        private Points(int rank, long[] coordinates) {
            this.rank = rank;
            this.coordinates = coordinates;
        }

        /** Returns the number of dimensions. */
        public int rank() {
            return rank;
        }

        /** Returns the number of points. */
        public int count() {
            return coordinates.length / rank;
        }

        /** Returns the index of a point in a dimension, as it was given. */
        public long index(int point, int dimension) {
            return coordinates[point * rank + dimension];
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Points other && other.rank == rank && Arrays.equals(other.coordinates, coordinates);
        }

        @Override
        public int hashCode() {
            return 31 * rank + Arrays.hashCode(coordinates);
        }

        /** Returns how many there are. */
        @Override
        public String toString() {
            return count() + " points";
        }
    }

    /** The elements of a dataset for which a mask is true. Immutable. */
    final class Mask implements ElementSelection {
        private final Shape shape;
        private final BitSet selected;

        private Mask(Shape shape, BitSet selected) {
            this.shape = shape;
            this.selected = selected;
        }

        /** Returns the shape of the mask. */
        public Shape shape() {
            return shape;
        }

        /** Returns the number of elements selected. */
        public int count() {
            return selected.cardinality();
        }

        /** Returns the first element from a place on that is selected, in row-major order; -1 when there is none. */
        public int nextSelected(int from) {
            return selected.nextSetBit(from);
        }

        /** Returns the first element from a place on that is not selected, the end included. */
        public int nextUnselected(int from) {
            return selected.nextClearBit(from);
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Mask other && other.shape.equals(shape) && other.selected.equals(selected);
        }

        @Override
        public int hashCode() {
            return Objects.hash(shape, selected);
        }

        /** Returns how much of what shape it selects. */
        @Override
        public String toString() {
            return "mask of " + count() + " elements of shape " + shape;
        }
    }

    /**
     * What a region reference selects.
     *
     * @param selection in the dataset
     * @param address of the dataset's header, relative to the base address of its file
     */
    record Region(DataSelection selection, long address) implements ElementSelection {
        /** Returns that it is a region, of which dataset. */
        @Override
        public String toString() {
            return "region of 0x" + Long.toHexString(address);
        }
    }
}
