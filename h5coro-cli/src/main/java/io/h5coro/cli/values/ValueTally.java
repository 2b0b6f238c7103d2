// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import io.h5coro.Dataset;
import io.h5coro.cli.text.InlineText;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Reference;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compares the values of two datasets of one shape, slab by slab. Confined to one thread. */
final class ValueTally {
    /** Values of an attribute that are shown. */
    private static final int MOST_VALUES = 4;

    private static final int LONGEST = 60;

    private final ObjectPair pair;
    private final Dataset left;
    private final Dataset right;
    private final Closeness closeness;
    private final Shape shape;
    private long different;
    private double largest;
    /** Index and values of the first difference; empty as long as there is none. */
    private String first = "";

    ValueTally(ObjectPair pair, Dataset left, Dataset right, Closeness closeness) {
        this.pair = pair;
        this.left = left;
        this.right = right;
        this.closeness = closeness;
        this.shape = left.shape();
    }

    /**
     * A slab of both datasets.
     *
     * @param tally which datasets
     * @param slab the slab, all of whose bounds are known
     */
    record Piece(ValueTally tally, Hyperslab slab) {}

    String path() {
        return pair.path();
    }

    /** Cuts the datasets of one side; those of the other side are cut alike. */
    static Iterator<PartReader.Part<Piece>> parts(List<ValueTally> tallies, boolean first) {
        return new Parts(tallies.iterator(), first);
    }

    private long elementBytes() {
        return Math.max(Wanted.bytes(left.type()), Wanted.bytes(right.type()));
    }

    private Slabs slabs() {
        long elements = Math.max(1, Wanted.PART_BYTES / 2 / elementBytes());
        return new Slabs(shape, left.chunks().orElse(Shape.scalar()), Hyperslab.all(), elements);
    }

    /** Takes the values of a slab. */
    void add(Piece piece, H5Array a, H5Array b) {
        for (int i = 0; i < a.length(); i++) {
            if (closeness.equal(a, i, b, i)) {
                continue;
            }
            if (different++ == 0) {
                largest = Closeness.distance(a, i, b, i);
                first = index(piece.slab(), a.shape(), i) + " " + text(closeness.left(), a, i) + " != "
                        + text(closeness.right(), b, i);
            } else {
                largest = Math.max(largest, Closeness.distance(a, i, b, i));
            }
        }
    }

    /** Says what was found. */
    void end() {
        if (different > 0) {
            long of = shape.elementCount();
            String distance = Double.isNaN(largest) ? "" : ", by " + io.h5coro.cli.text.Digits.of(largest) + " at most";
            pair.differs(
                    "values",
                    different + " of " + of + (of == 1 ? " value" : " values")
                            + (different == 1 ? " differs" : " differ") + distance + ", the first at " + first,
                    new Differences.Values(different, of, largest));
        }
    }

    /** Returns in what two attributes differ; empty when they are equal. */
    static String attribute(Closeness closeness, H5Array a, H5Array b) {
        long different = 0;
        for (int i = 0; i < a.length(); i++) {
            different += closeness.equal(a, i, b, i) ? 0 : 1;
        }
        if (different == 0) {
            return "";
        }
        String one = shortened(closeness.left(), a);
        String other = shortened(closeness.right(), b);
        return one.equals(other) ? different + " of " + a.length() + " values differ" : one + " != " + other;
    }

    private static String shortened(Function<Reference, String> names, H5Array array) {
        StringBuilder text = new StringBuilder();
        InlineText inline = new InlineText(text, names, MOST_VALUES);
        for (int i = 0; i < Math.min(MOST_VALUES, array.length()); i++) {
            text.append(i == 0 ? "" : ", ");
            inline.add(array, i);
        }
        if (array.length() > MOST_VALUES) {
            text.append(", ...");
        }
        return cut(text.toString());
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
    }

    private static String text(Function<Reference, String> names, H5Array array, int i) {
        StringBuilder text = new StringBuilder();
        new InlineText(text, names, MOST_VALUES).add(array, i);
        return cut(text.toString());
    }

    /** Returns the index of element i of a slab, as in "[3, 0]". */
    private static String index(Hyperslab slab, Shape shape, int i) {
        long rest = i;
        List<String> index = new ArrayList<>();
        for (int d = shape.rank() - 1; d >= 0; d--) {
            Long start = slab.ranges().get(d).start();
            index.add(0, Long.toString((start == null ? 0 : start) + rest % shape.dimension(d)));
            rest /= shape.dimension(d);
        }
        return "[" + String.join(", ", index) + "]:";
    }

    /** Parts of one dataset after another. */
    private static final class Parts implements Iterator<PartReader.Part<Piece>> {
        private final Iterator<ValueTally> tallies;
        private final boolean first;
        private @Nullable ValueTally current;
        private Iterator<Hyperslab> slabs = List.<Hyperslab>of().iterator();

        Parts(Iterator<ValueTally> tallies, boolean first) {
            this.tallies = tallies;
            this.first = first;
        }

        @Override
        public boolean hasNext() {
            while (!slabs.hasNext() && tallies.hasNext()) {
                ValueTally next = tallies.next();
                current = next;
                slabs = next.slabs();
            }
            return slabs.hasNext();
        }

        @Override
        public PartReader.Part<Piece> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            ValueTally tally = Objects.requireNonNull(current);
            Hyperslab slab = slabs.next();
            return new PartReader.Part<>(
                    new Piece(tally, slab),
                    (first ? tally.left : tally.right).request(slab),
                    tally.elementBytes() * Wanted.elements(slab, tally.shape));
        }
    }
}
