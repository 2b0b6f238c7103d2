// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a selection in row-major order, numbered from 0: runs of indices of one dimension, in ascending
 * order, each with what is selected of the further dimensions. Immutable.
 *
 * <p>Example: rows 0 and 2 of a matrix, columns 1 to 3, is two runs of one index, each with one run of three. Element 4
 * is the one at (2, 2).
 *
 * <p>There are two forms. {@link Regular} computes its runs from a progression, so a selection of many blocks takes no
 * memory for each of them. {@link Listed} keeps the bounds of each run and finds one by binary search.
 *
 * <pre>
 * runs        0 .. size() - 1, ascending, disjoint
 * low, high   first and last index (inclusive) of a run
 * before      number of the selection's elements in front of a run
 * </pre>
 */
public abstract sealed class Spans {
    /** What is selected of the further dimensions in each run's rows; null in the last dimension. */
    private final @Nullable Spans[] below;

    private Spans(@Nullable Spans... below) {
        this.below = below;
    }

    /** Takes consecutive elements of a selection. */
    public interface Visitor {
        /**
         * Takes elements that are neighbours in the last dimension.
         *
         * @param coordinate the first one; reused by the next call
         */
        void run(long[] coordinate, long length);
    }

    /** Takes the part of a selection that lies in a box. */
    public interface WindowVisitor {
        /**
         * Takes consecutive elements of the selection, which are neighbours in the box, too.
         *
         * @param ordinal number in the selection of the first one
         * @param position number in the box, in row-major order
         */
        void run(long ordinal, long position, long length);
    }

    /**
     * A selection that is the product of one progression for each dimension.
     *
     * @throws ArithmeticException when it has more than 2^63 - 1 elements
     */
    public static Spans regular(List<Progression> dimensions) {
        Spans last = null;
        for (int d = dimensions.size() - 1; d >= 0; d--) {
            last = new Regular(dimensions.get(d), last);
        }
        return last == null ? new Regular(new Progression(0, 1, 1, 1), null) : last;
    }

    /**
     * A selection of blocks that do not overlap.
     *
     * @param rank at least 1
     * @param corners first and last corner (inclusive) of each block in turn
     * @throws ArithmeticException when it has more than 2^63 - 1 elements
     * @throws IllegalArgumentException when blocks overlap or a last corner comes before the first
     */
    public static Spans blocks(int rank, List<List<Long>> corners) {
        List<long[][]> blocks = new ArrayList<>();
        for (int i = 0; i + 1 < corners.size(); i += 2) {
            long[] first = corners.get(i).stream().mapToLong(Long::longValue).toArray();
            long[] last = corners.get(i + 1).stream().mapToLong(Long::longValue).toArray();
            for (int d = 0; d < rank; d++) {
                if (first[d] < 0 || last[d] < first[d] || last[d] == Long.MAX_VALUE) {
                    throw new IllegalArgumentException("block from " + corners.get(i) + " to " + corners.get(i + 1));
                }
            }
            blocks.add(new long[][] {first, last});
        }
        return blocks(0, rank, blocks);
    }

    /*
     * Cuts dimension d where a block begins or ends. Each strip in which the same blocks lie is a run, and below it
     * those blocks are cut along the next dimension.
     *
     * Example: blocks (0, 0) to (1, 1) and (1, 3) to (2, 4). Bounds of dimension 0 are 0, 1, 2 and 3. Run [0, 0] has
     * columns 0-1, run [1, 1] has columns 0-1 and 3-4, run [2, 2] has columns 3-4: eight elements.
     */
    private static Spans blocks(int d, int rank, List<long[][]> blocks) {
        TreeSet<Long> bounds = new TreeSet<>();
        for (long[][] block : blocks) {
            bounds.add(block[0][d]);
            bounds.add(block[1][d] + 1);
        }
        List<long[]> runs = new ArrayList<>();
        List<@Nullable Spans> below = new ArrayList<>();
        Long low = bounds.isEmpty() ? null : bounds.first();
        while (low != null) {
            Long next = bounds.higher(low);
            if (next != null) {
                long from = low;
                List<long[][]> here = blocks.stream()
                        .filter(b -> b[0][d] <= from && b[1][d] >= from)
                        .toList();
                if (d == rank - 1 && here.size() > 1) {
                    throw new IllegalArgumentException("blocks overlap");
                }
                if (!here.isEmpty()) {
                    runs.add(new long[] {low, next - 1});
                    below.add(d == rank - 1 ? null : blocks(d + 1, rank, here));
                }
            }
            low = next;
        }
        return new Listed(runs, below.toArray(Spans[]::new));
    }

    /** The number of elements. */
    public abstract long count();

    /** The lowest index of the first dimension; there is an element. */
    public long lowest() {
        return low(0);
    }

    /** The highest index of the first dimension; there is an element. */
    public long highest() {
        return high(size() - 1);
    }

    /** The number of runs. */
    abstract long size();

    abstract long low(long run);

    abstract long high(long run);

    /** Number of the first element of a run; that of run {@link #size()} is {@link #count()}. */
    abstract long before(long run);

    /** Whether no index is left out between the lowest and the highest one. */
    abstract boolean isOneRun();

    /** The first run that ends at an index or behind it; {@link #size()} when there is none. */
    abstract long firstUpTo(long index);

    /** The run that holds an element. */
    abstract long runOf(long ordinal);

    /** What is selected of the further dimensions in a run's rows; null in the last dimension. */
    @Nullable
    Spans below(long run) {
        return below.length == 1 ? below[0] : below[(int) run];
    }

    /** Whether the same is selected of the further dimensions in each row. */
    boolean isProduct() {
        for (int run = 1; run < below.length; run++) {
            if (!isSame(below[0], below[run])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(@Nullable Spans one, @Nullable Spans other) {
        if (one == null || other == null) {
            return one == other;
        }
        boolean same = one.size() == other.size();
        for (long run = 0; same && run < one.size(); run++) {
            same = one.low(run) == other.low(run)
                    && one.high(run) == other.high(run)
                    && isSame(one.below(run), other.below(run));
        }
        return same;
    }

    /** The number of dimensions. */
    public int rank() {
        Spans next = below.length == 0 ? null : below[0];
        return next == null ? 1 : 1 + next.rank();
    }

    /**
     * Visits {@code length} elements from number {@code ordinal} on, in order.
     *
     * @param ordinal number of the first element, from 0
     * @param length number of elements; {@code ordinal + length} is at most {@link #count()}
     * @param visitor is called on the caller's thread, once for each run or part of one
     */
    public void visit(long ordinal, long length, Visitor visitor) {
        long[] coordinate = new long[rank()];
        long at = ordinal;
        long end = ordinal + length;
        while (at < end) {
            long run = Math.min(locate(at, coordinate), end - at);
            visitor.run(coordinate, run);
            at += run;
        }
    }

    /** Finds an element; answers how many follow without a gap in the last dimension, itself included. */
    private long locate(long ordinal, long[] coordinate) {
        Spans spans = this;
        long rest = ordinal;
        for (int d = 0; ; d++) {
            long run = spans.runOf(rest);
            rest -= spans.before(run);
            Spans next = spans.below(run);
            long each = next == null ? 1 : next.count();
            coordinate[d] = spans.low(run) + rest / each;
            rest %= each;
            if (next == null) {
                return spans.high(run) - coordinate[d] + 1;
            }
            spans = next;
        }
    }

    /**
     * Visits the elements that lie in a box of the same rank, or the one element of a scalar.
     *
     * @param box in the coordinates of the dataset; its step is honoured
     * @param visitor is called on the caller's thread, in ascending order of ordinals
     */
    public void within(Box box, WindowVisitor visitor) {
        if (box.isEmpty() || count() == 0) {
            return;
        }
        if (box.rank() == 0) {
            visitor.run(0, 0, 1);
        } else {
            within(box, 0, 0, 0, visitor);
        }
    }

    private void within(Box box, int d, long ordinal, long position, WindowVisitor visitor) {
        boolean isLast = d == box.rank() - 1;
        long first = box.start()[d];
        long last = box.last(d);
        long step = box.step()[d];
        for (long run = firstUpTo(first); run < size() && low(run) <= last; run++) {
            long low = low(run);
            long from = Math.max(low, first);
            long k = (from - first + step - 1) / step;
            long index = first + k * step;
            long end = Math.min(high(run), last);
            if (isLast && step == 1) {
                visitor.run(ordinal + before(run) + index - low, position * box.count()[d] + k, end - index + 1);
                continue;
            }
            Spans next = below(run);
            long each = next == null ? 1 : next.count();
            for (; index <= end; index += step, k++) {
                long number = ordinal + before(run) + (index - low) * each;
                long place = position * box.count()[d] + k;
                if (next == null) {
                    visitor.run(number, place, 1);
                } else {
                    next.within(box, d + 1, number, place, visitor);
                }
            }
        }
    }

    /**
     * The indices of one dimension: blocks of {@code block}, {@code stride} apart, {@code count} indices in all, of
     * which the last block may have fewer.
     *
     * <p>Example: start 2, stride 5, block 3, count 7 gives 2 3 4, 7 8 9, 12.
     *
     * @param start the first index
     * @param stride distance of the blocks' first indices, at least {@code block}
     * @param block indices of each block, at least 1
     * @param count number of indices, not of blocks
     */
    public record Progression(long start, long stride, long block, long count) {
        /** Checks the numbers. */
        public Progression {
            if (start < 0 || block < 1 || stride < block || count < 0) {
                throw new IllegalArgumentException(count + " indices in blocks of " + block + " by " + stride);
            }
            if (count > 0) {
                Math.addExact(Math.addExact(start, Math.multiplyExact((count - 1) / block, stride)), block);
            }
        }

        /** Index number k. */
        public long index(long k) {
            return start + k / block * stride + k % block;
        }

        /**
         * How many of its indices are below {@code end}.
         *
         * @param end exclusive bound
         */
        public long below(long end) {
            if (end <= start) {
                return 0;
            }
            long blocks = (end - start) / stride;
            long rest = Math.min(block, (end - start) % stride);
            return blocks > (count - rest) / block ? count : Math.min(count, blocks * block + rest);
        }
    }

    private static final class Regular extends Spans {
        private final Progression p;
        private final long each;
        private final long count;

        Regular(Progression p, @Nullable Spans below) {
            super(new @Nullable Spans[] {below});
            this.p = p;
            this.each = below == null ? 1 : below.count();
            this.count = Math.multiplyExact(p.count(), each);
        }

        @Override
        public long count() {
            return count;
        }

        @Override
        long size() {
            return p.count() / p.block() + (p.count() % p.block() == 0 ? 0 : 1);
        }

        @Override
        long low(long run) {
            return p.start() + run * p.stride();
        }

        @Override
        long high(long run) {
            return low(run) + Math.min(p.block(), p.count() - run * p.block()) - 1;
        }

        @Override
        boolean isOneRun() {
            return size() == 1 || p.stride() == p.block() && size() > 0;
        }

        @Override
        long before(long run) {
            return Math.min(count, run * p.block() * each);
        }

        @Override
        long firstUpTo(long index) {
            long behind = index - p.start() - p.block();
            long run = behind < 0 ? 0 : behind / p.stride() + 1;
            if (run >= size()) {
                return size();
            }
            return high(run) >= index ? run : run + 1;
        }

        @Override
        long runOf(long ordinal) {
            return ordinal / each / p.block();
        }
    }

    private static final class Listed extends Spans {
        private final long[] low;
        private final long[] high;
        private final long[] before;

        Listed(List<long[]> runs, @Nullable Spans[] below) {
            super(below);
            int size = runs.size();
            this.low = new long[size];
            this.high = new long[size];
            this.before = new long[size + 1];
            for (int i = 0; i < size; i++) {
                low[i] = runs.get(i)[0];
                high[i] = runs.get(i)[1];
                Spans next = below[i];
                long each = next == null ? 1 : next.count();
                before[i + 1] = Math.addExact(before[i], Math.multiplyExact(high[i] - low[i] + 1, each));
            }
        }

        @Override
        public long count() {
            return before[low.length];
        }

        @Override
        long size() {
            return low.length;
        }

        @Override
        long low(long run) {
            return low[(int) run];
        }

        @Override
        long high(long run) {
            return high[(int) run];
        }

        @Override
        boolean isOneRun() {
            return low.length == 1;
        }

        @Override
        long before(long run) {
            return before[(int) run];
        }

        @Override
        long firstUpTo(long index) {
            int at = Arrays.binarySearch(high, index);
            return at >= 0 ? at : -at - 1;
        }

        @Override
        long runOf(long ordinal) {
            int at = Arrays.binarySearch(before, ordinal);
            return at >= 0 ? at : -at - 2;
        }
    }
}
