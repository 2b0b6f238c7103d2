// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

/**
 * The indices that are picked along one dimension, lowest first, each with its place in the result. Immutable.
 *
 * <p>Example: the list 7, 3, 3 has the indices 3, 3 and 7 at the places 1, 2 and 0.
 */
abstract sealed class PickedAxis {
    private PickedAxis() {}

    /** Every {@code step}-th index of a range. */
    static PickedAxis of(long start, long count, long step) {
        return new Regular(start, count, step);
    }

    /** A list in any order, whose indices count from the start; not changed. */
    static PickedAxis of(long[] list) {
        int[] order = AscendingOrder.of(list);
        long[] index = new long[list.length];
        for (int k = 0; k < order.length; k++) {
            index[k] = list[order[k]];
        }
        return new Listed(index, order);
    }

    /** The number of indices. */
    abstract long count();

    /** The index number k, from 0, the lowest first. */
    abstract long index(long k);

    /** The place in the result of index number k. */
    abstract long place(long k);

    /** The number of the first one that is not below an index; {@link #count()} when there is none. */
    abstract long from(long index);

    /** Distance of the indices {@code [from, to)}, of which there are two or more; 0 when they have no common one. */
    abstract long step(long from, long to);

    /** The same for their places. */
    abstract long placeStep(long from, long to);

    /** Whether it is a progression, which takes no memory for each index. */
    abstract boolean isRegular();

    private static final class Regular extends PickedAxis {
        private final long start;
        private final long count;
        private final long step;

        Regular(long start, long count, long step) {
            this.start = start;
            this.count = count;
            this.step = step;
        }

        @Override
        long count() {
            return count;
        }

        @Override
        long index(long k) {
            return start + k * step;
        }

        @Override
        long place(long k) {
            return k;
        }

        @Override
        long from(long index) {
            return index <= start ? 0 : Math.min(count, 1 + (index - 1 - start) / step);
        }

        @Override
        long step(long from, long to) {
            return step;
        }

        @Override
        long placeStep(long from, long to) {
            return 1;
        }

        @Override
        boolean isRegular() {
            return true;
        }
    }

    private static final class Listed extends PickedAxis {
        private final long[] index;
        private final int[] place;

        Listed(long[] index, int[] place) {
            this.index = index;
            this.place = place;
        }

        @Override
        long count() {
            return index.length;
        }

        @Override
        long index(long k) {
            return index[(int) k];
        }

        @Override
        long place(long k) {
            return place[(int) k];
        }

        @Override
        long from(long wanted) {
            int low = 0;
            int high = index.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (index[middle] < wanted) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        @Override
        long step(long from, long to) {
            long step = index[(int) from + 1] - index[(int) from];
            for (int k = (int) from + 2; k < to; k++) {
                if (index[k] - index[k - 1] != step) {
                    return 0;
                }
            }
            return step;
        }

        @Override
        long placeStep(long from, long to) {
            long step = (long) place[(int) from + 1] - place[(int) from];
            for (int k = (int) from + 2; k < to; k++) {
                if ((long) place[k] - place[k - 1] != step) {
                    return 0;
                }
            }
            return step;
        }

        @Override
        boolean isRegular() {
            return false;
        }
    }
}
