// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.virtual;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.internal.grid.Box;
import io.h5coro.internal.grid.ElementCopy;
import io.h5coro.internal.grid.Picked;
import io.h5coro.internal.grid.PickedSegments;
import io.h5coro.internal.grid.Spans;
import io.h5coro.internal.prepare.DatasetRead;
import io.h5coro.internal.prepare.HeldMemory;
import io.h5coro.internal.scatter.ResultBuffer;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Shape;
import java.util.Arrays;

/**
 * Finds which elements of the sources the picked elements of a virtual dataset are: of each source just those, in one
 * read. Confined to one task.
 *
 * <p>Example: sources of 10 rows one behind the other, rows 3, 12 and 5 picked. The first source is asked for its rows
 * 3 and 5, for places 0 and 2 of the result, and the second one for row 2, for place 1.
 */
final class PickedParts {
    private final Where where;
    private final long[] lengths;
    private final PickedSegments rows;
    private final HeldMemory held;

    /** Elements from one index of the first dimension to the next. */
    private final long stride;

    /** Elements of the longest run. */
    private final long longest;

    PickedParts(Where where, Picked picked, HeldMemory held) {
        this.where = where;
        this.lengths = picked.space().dimensions();
        this.rows = picked.rows(held::claim);
        this.held = held;
        long each = 1;
        for (int d = 1; d < lengths.length; d++) {
            each *= lengths[d];
        }
        this.stride = each;
        long most = 1;
        for (int run = 0; run < rows.count(); run++) {
            most = Math.max(most, rows.length(run));
        }
        this.longest = most;
    }

    /** Whether a source has a picked element. */
    boolean touches(VirtualPart part) {
        long[] count = new long[1];
        int end = end(part.virtual());
        for (int run = begin(part.virtual()); run < end && count[0] == 0; run++) {
            part.virtual().within(box(run), (ordinal, position, length) -> count[0] += length);
        }
        return count[0] > 0;
    }

    private int begin(Spans virtual) {
        return virtual.count() == 0 ? rows.count() : rows.from(virtual.lowest() * stride - longest + 1);
    }

    private int end(Spans virtual) {
        return virtual.count() == 0 || lengths.length == 0 || virtual.highest() >= lengths[0]
                ? rows.count()
                : rows.from((virtual.highest() + 1) * stride);
    }

    private Box box(int run) {
        long[] start = new long[lengths.length];
        long[] count = new long[lengths.length];
        Arrays.fill(count, 1);
        long rest = rows.start(run);
        for (int d = lengths.length - 1; d >= 0; d--) {
            start[d] = rest % lengths[d];
            rest /= lengths[d];
        }
        if (lengths.length > 0) {
            count[lengths.length - 1] = rows.length(run);
        }
        return Box.of(start, count);
    }

    /**
     * What is wanted of a source.
     *
     * @param elements the part's elements in the source
     */
    VirtualRead.Wanted wanted(VirtualPart part, VirtualSource source, Spans elements) {
        Shape shape = source.descriptor().space().shape();
        Runs runs = new Runs(part, shape);
        int end = end(part.virtual());
        for (int run = begin(part.virtual()); run < end; run++) {
            int place = rows.place(run);
            part.virtual().within(box(run), (ordinal, position, length) -> {
                int[] into = {place + (int) position};
                elements.visit(ordinal, length, (coordinate, count) -> {
                    runs.add(coordinate, (int) count, into[0]);
                    into[0] += (int) count;
                });
            });
        }
        return runs.wanted(source);
    }

    /** Runs of one source, as they are found. */
    private final class Runs {
        private static final int BYTES = 2 * Long.BYTES + 4 * Integer.BYTES;

        private final VirtualPart part;
        private final Shape shape;
        private long[] first = new long[16];
        private int[] length = new int[16];
        private int[] place = new int[16];
        private int count;

        Runs(VirtualPart part, Shape shape) {
            this.part = part;
            this.shape = shape;
        }

        void add(long[] coordinate, int run, int into) {
            if (count == first.length) {
                held.claim((long) count * BYTES);
                first = Arrays.copyOf(first, 2 * count);
                length = Arrays.copyOf(length, 2 * count);
                place = Arrays.copyOf(place, 2 * count);
            }
            first[count] = element(coordinate, run);
            length[count] = run;
            place[count++] = into;
        }

        private long element(long[] coordinate, int run) {
            long element = 0;
            for (int d = 0; d < shape.rank(); d++) {
                long end = coordinate[d] + (d == shape.rank() - 1 ? run : 1);
                if (end > shape.dimension(d)) {
                    throw new MalformedFileException(
                            where,
                            "elements behind the end of the source " + part.name() + ", whose shape is " + shape);
                }
                element = element * shape.dimension(d) + coordinate[d];
            }
            return element;
        }

        VirtualRead.Wanted wanted(VirtualSource source) {
            long[] start = new long[count];
            for (int i = 1; i < count; i++) {
                start[i] = start[i - 1] + length[i - 1];
            }
            int[] lengths = Arrays.copyOf(length, count);
            return new WantedRuns(
                    source,
                    Picked.runs(shape, Arrays.copyOf(first, count), lengths),
                    PickedSegments.copy(start, lengths, Arrays.copyOf(place, count)));
        }
    }

    /**
     * Runs that are wanted of a source.
     *
     * @param picked the runs, in the source
     * @param copy from what is read of them to the result
     */
    private record WantedRuns(VirtualSource source, Picked picked, ElementCopy copy) implements VirtualRead.Wanted {
        @Override
        public DatasetRead prepared(Preparations preparations, String name) {
            return preparations.opaque(
                    DatasetRequest.of(source.descriptor().path()).named(name), source.descriptor(), picked);
        }

        @Override
        public void copy(byte[] values, ResultBuffer buffer) {
            buffer.put(values, 0, copy);
        }
    }
}
