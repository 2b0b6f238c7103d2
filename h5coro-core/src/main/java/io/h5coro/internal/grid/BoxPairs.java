// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Cuts two selections of as many elements, of which element i of one is element i of the other, into boxes that belong
 * together. Elements of the first selection that lie outside of its array have none. Confined to one task.
 *
 * <pre>
 * rows 0-1 and 4-5 of a matrix, rows 0-3 of another      two pairs of two rows
 * row 7 of each plane of a cube, a whole matrix          one pair: where one index is selected, nothing belongs to it
 * 4 x 6 elements, a line of 24                           a pair for each run of neighbours: four of 6 elements
 * </pre>
 */
public final class BoxPairs {
    /** What a pair takes, with its arrays. */
    private static final long PAIR_BYTES = 256;

    /** What a run of indices takes. */
    private static final long RUN_BYTES = 40;

    private final long[] shape;
    private final int otherRank;
    private final LongConsumer held;
    private final List<BoxPair> pairs = new ArrayList<>();

    /** Indices {@code [first, first + length)} of a dimension of one array, and of the other from {@code second} on. */
    private record Stretch(long first, long second, long length) {}

    private BoxPairs(long[] shape, int otherRank, LongConsumer held) {
        this.shape = shape;
        this.otherRank = otherRank;
        this.held = held;
    }

    /**
     * Cuts selections.
     *
     * @param first of an array
     * @param second of another array
     * @param shape of the first array, of no dimension for a scalar
     * @param otherRank of the second array, 0 for a scalar
     * @param held is told how many bytes are about to be kept, and throws when these are too many
     * @return in row-major order of the first array where the selections allow
     */
    public static List<BoxPair> of(Spans first, Spans second, long[] shape, int otherRank, LongConsumer held) {
        if (first.count() == 0) {
            return List.of(); // it need not have all dimensions
        }
        BoxPairs pairs = new BoxPairs(shape, otherRank, held);
        LongConsumer runs = count -> held.accept(count * RUN_BYTES);
        Optional<SpanAxes> one = SpanAxes.of(first, runs);
        Optional<SpanAxes> other = SpanAxes.of(second, runs);
        boolean cut = one.isPresent() && other.isPresent() && pairs.byDimension(one.get(), other.get());
        if (!cut) {
            pairs.byNeighbours(first, second);
        }
        return pairs.pairs;
    }

    /** Cuts each dimension by itself; false when the dimensions do not belong to one another. */
    private boolean byDimension(SpanAxes one, SpanAxes other) {
        List<Integer> wide = one.wide();
        List<Integer> otherWide = other.wide();
        boolean same = wide.size() == otherWide.size();
        for (int i = 0; same && i < wide.size(); i++) {
            same = one.count(wide.get(i)) == other.count(otherWide.get(i));
        }
        if (!same) {
            return false;
        }
        List<List<Stretch>> stretches = new ArrayList<>();
        for (int d = 0; d < shape.length; d++) {
            int i = wide.indexOf(d);
            List<SpanAxes.Run> there =
                    i < 0 ? List.of(new SpanAxes.Run(0, 1)) : other.runs().get(otherWide.get(i));
            stretches.add(stretches(one.runs().get(d), there, shape[d]));
        }
        long[] start = new long[otherRank];
        for (int d = 0; d < otherRank; d++) {
            boolean any = !other.runs().get(d).isEmpty();
            start[d] = any ? other.runs().get(d).get(0).start() : 0;
        }
        add(stretches, wide, otherWide, start);
        return true;
    }

    private List<Stretch> stretches(List<SpanAxes.Run> one, List<SpanAxes.Run> other, long length) {
        List<Stretch> stretches = new ArrayList<>();
        int i = 0;
        int j = 0;
        long done = 0;
        long otherDone = 0;
        while (i < one.size() && j < other.size()) {
            SpanAxes.Run run = one.get(i);
            SpanAxes.Run there = other.get(j);
            long part = Math.min(run.length() - done, there.length() - otherDone);
            long at = run.start() + done;
            long inside = Math.min(part, length - at);
            if (inside > 0) {
                held.accept(RUN_BYTES);
                stretches.add(new Stretch(at, there.start() + otherDone, inside));
            }
            done += part;
            otherDone += part;
            if (done == run.length()) {
                i++;
                done = 0;
            }
            if (otherDone == there.length()) {
                j++;
                otherDone = 0;
            }
        }
        return stretches;
    }

    /** Takes each stretch of a dimension with each of the others. */
    private void add(List<List<Stretch>> stretches, List<Integer> wide, List<Integer> otherWide, long[] start) {
        int[] index = new int[stretches.size()];
        boolean more = stretches.stream().noneMatch(List::isEmpty);
        while (more) {
            long[] first = new long[index.length];
            long[] count = new long[index.length];
            long[] second = start.clone();
            long[] otherCount = new long[otherRank];
            Arrays.fill(otherCount, 1);
            for (int d = 0; d < index.length; d++) {
                Stretch stretch = stretches.get(d).get(index[d]);
                first[d] = stretch.first();
                count[d] = stretch.length();
                int i = wide.indexOf(d);
                if (i >= 0) {
                    second[otherWide.get(i)] = stretch.second();
                    otherCount[otherWide.get(i)] = stretch.length();
                }
            }
            add(Box.of(first, count), Box.of(second, otherCount));
            more = next(index, stretches);
        }
    }

    private static boolean next(int[] index, List<List<Stretch>> stretches) {
        for (int d = index.length - 1; d >= 0; d--) {
            if (++index[d] < stretches.get(d).size()) {
                return true;
            }
            index[d] = 0;
        }
        return false;
    }

    private void byNeighbours(Spans first, Spans second) {
        first.within(Box.whole(shape), (ordinal, position, length) -> {
            long[] at = {position};
            second.visit(ordinal, length, (coordinate, run) -> {
                long[] corner = new long[shape.length];
                long rest = at[0];
                for (int d = shape.length - 1; d >= 0; d--) {
                    corner[d] = rest % shape[d];
                    rest /= shape[d];
                }
                add(Box.of(corner, line(shape.length, run)), Box.of(coordinate.clone(), line(otherRank, run)));
                at[0] += run;
            });
        });
    }

    private static long[] line(int rank, long length) {
        long[] count = new long[rank];
        Arrays.fill(count, 1);
        count[rank - 1] = length;
        return count;
    }

    private void add(Box one, Box other) {
        held.accept(PAIR_BYTES);
        pairs.add(new BoxPair(one, other));
    }
}
