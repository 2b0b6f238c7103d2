// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import java.util.function.Consumer;

/**
 * Runs of picked elements that lie in one block, in the order in which they lie there. Immutable.
 *
 * <p>Runs need not be equally long. They are visited as runs of the length of the shortest, of which the last one of a
 * longer run overlaps the one before: the same values go to the same places twice. Example: runs of 3 and 7 elements
 * are visited as 3, and as 3 from 0, 3 from 3 and 3 from 4.
 */
final class ListedCopy implements ElementCopy {
    private final PickedSegments segments;

    /** Invariant: below {@link #to}. */
    private final int from;

    private final int to;

    /** Number of the element at which the source begins. */
    private final long base;

    /** Place in the result of what has place 0 in the list. */
    private final long into;

    private final int shortest;
    private final long end;

    /** Runs {@code [from, to)} of a list, at least one, from a block that begins at element {@code base}. */
    ListedCopy(PickedSegments segments, int from, int to, long base) {
        this(segments, new int[] {from, to}, base, 0);
    }

    private ListedCopy(PickedSegments segments, int[] runs, long base, long into) {
        this.into = into;
        this.from = runs[0];
        this.to = runs[1];
        this.segments = segments;
        this.base = base;
        int least = segments.length(from);
        long last = segments.start(from) + least;
        if (segments.hasLengths()) {
            for (int i = from + 1; i < to; i++) {
                least = Math.min(least, segments.length(i));
                last = Math.max(last, segments.start(i) + segments.length(i));
            }
        } else {
            last = segments.start(to - 1) + 1;
        }
        this.shortest = least;
        this.end = last;
    }

    @Override
    public boolean isEmpty() {
        return false;
    }

    @Override
    public long runLength() {
        return shortest;
    }

    @Override
    public long sourceStep() {
        return 1;
    }

    @Override
    public long destinationStep() {
        return 1;
    }

    @Override
    public long sourceStart() {
        return segments.start(from) - base;
    }

    @Override
    public long sourceExtent() {
        return end - segments.start(from);
    }

    @Override
    public void forEachRun(RunVisitor visitor) {
        for (int i = from; i < to; i++) {
            int length = segments.length(i);
            long source = segments.start(i) - base;
            long place = into + segments.place(i);
            for (int done = 0; done < length; done += shortest) {
                int at = Math.min(done, length - shortest);
                visitor.run(source + at, place + at);
            }
        }
    }

    @Override
    public ListedCopy fromSourceStart() {
        return new ListedCopy(segments, new int[] {from, to}, segments.start(from), into);
    }

    @Override
    public ListedCopy shifted(long elements) {
        return new ListedCopy(segments, new int[] {from, to}, base, Math.addExact(into, elements));
    }

    @Override
    public void split(long gap, long extent, Consumer<ElementCopy> parts) {
        int first = from;
        long last = segments.start(from) + segments.length(from);
        for (int i = from + 1; i <= to; i++) {
            long behind = i < to ? Math.max(last, segments.start(i) + segments.length(i)) : 0;
            boolean joins =
                    i < to && segments.start(i) - last <= gap && behind - segments.start(first) <= Math.max(1, extent);
            if (joins) {
                last = behind;
            } else {
                add(first, i, new long[] {gap, extent, last}, parts);
                first = i;
                last = i < to ? segments.start(i) + segments.length(i) : last;
            }
        }
    }

    /** Adds runs as a part; one run may be longer than a part is to be. */
    private void add(int first, int behind, long[] bounds, Consumer<ElementCopy> parts) {
        if (bounds[2] - segments.start(first) <= Math.max(1, bounds[1])) {
            parts.accept(new ListedCopy(segments, new int[] {first, behind}, base, into));
            return;
        }
        for (int i = first; i < behind; i++) {
            StridedCopy run = StridedCopy.run(segments.length(i), segments.start(i) - base, into + segments.place(i));
            run.split(bounds[0], bounds[1], parts);
        }
    }

    @Override
    public String toString() {
        return to - from + " runs of picked elements";
    }
}
