// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

/**
 * Puts numbers in order without an object for each: there may be ten million. Pure.
 *
 * <p>Example: the keys 30, 10, 30, 20 have the order 1, 3, 0, 2.
 */
public final class AscendingOrder {
    private AscendingOrder() {}

    /**
     * The indexes of keys in ascending order; those of equal keys in the order given.
     *
     * @param keys in any order; what is in order already costs one pass
     */
    public static int[] of(long[] keys) {
        int[] order = new int[keys.length];
        boolean sorted = true;
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
            sorted &= i == 0 || keys[i - 1] <= keys[i];
        }
        return sorted ? order : merged(keys, order);
    }

    /** Merges neighbouring runs of 1, 2, 4, … indexes, from one array into the other and back. */
    private static int[] merged(long[] keys, int[] order) {
        int[] from = order;
        int[] into = new int[order.length];
        for (long run = 1; run < order.length; run *= 2) {
            for (long start = 0; start < order.length; start += 2 * run) {
                int middle = (int) Math.min(start + run, order.length);
                int end = (int) Math.min(start + 2 * run, order.length);
                merge(keys, from, into, new int[] {(int) start, middle, end});
            }
            int[] done = into;
            into = from;
            from = done;
        }
        return from;
    }

    /** Merges two runs: from the first bound to the second, and from there to the third. */
    private static void merge(long[] keys, int[] from, int[] into, int[] bounds) {
        int left = bounds[0];
        int right = bounds[1];
        if (right == bounds[2] || keys[from[right - 1]] <= keys[from[right]]) {
            System.arraycopy(from, left, into, left, bounds[2] - left);
            return;
        }
        for (int i = bounds[0]; i < bounds[2]; i++) {
            boolean takeLeft = right == bounds[2] || (left < bounds[1] && keys[from[left]] <= keys[from[right]]);
            into[i] = takeLeft ? from[left++] : from[right++];
        }
    }
}
