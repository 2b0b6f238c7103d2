// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads many pieces of metadata that are all known to be needed, together. Pieces are asked for in the order of their
 * addresses, a window at a time, the next window before the current one is handled, so that the block cache always
 * holds what is asked for and no round trip is waited for in vain.
 */
public final class Wave {
    /*
     * Example: a cache of 8 MiB makes windows of 1 MiB. 300 nodes of 2 KiB that stand next to each other weigh 256 +
     * 600 KiB and are one window. 300 nodes that are a megabyte apart weigh 258 KiB each, since the cache fetches a
     * block for each, so that windows hold four: the fetch of the next four is under way while four are handled.
     */

    /**
     * A window is this part of the cache: two of them are in the cache at once, and others need room, too. Larger
     * windows would evict what was prefetched before it is read, which then costs a request each; smaller ones make
     * more waves.
     */
    private static final int CACHE_PART = 8;

    /** What a piece far from the one before costs of the cache: a block of the largest size. */
    private static final long FAR_BYTES = 256 << 10;

    /** Values may take this part of the cache at once: as much as may be under way. */
    private static final double VALUES_PART = 0.75;

    private Wave() {}

    /** Takes what was read. */
    public interface Receiver {
        /**
         * Takes one piece.
         *
         * @param index its place in the list that was asked for
         */
        void take(int index, Cursor bytes);
    }

    /**
     * Reads pieces; returns when all were taken. Blocks on the thread that calls, which also runs the receiver.
     *
     * @param ranges relative to the base address, in any order; taken in the order of their offsets
     * @param what the structures, for messages
     * @param receiver is called once for each range; what it throws ends the reading
     */
    public static void read(FileSpace space, List<ByteRange> ranges, String what, Receiver receiver) {
        read(space, ranges, what, new Way(Math.max(FAR_BYTES, space.options().cacheBytes() / CACHE_PART), receiver));
    }

    /**
     * Reads pieces of values, as {@link #read} does metadata: many of them at once, where two windows of three eighths
     * of the cache hold all. They are read once, so that it does not matter what they displace.
     */
    static void readValues(FileSpace space, List<ByteRange> ranges, String what, Receiver receiver) {
        long cache = space.options().cacheBytes();
        long bytes = ranges.stream().mapToLong(ByteRange::length).sum();
        long window = bytes <= VALUES_PART * cache ? (long) (VALUES_PART / 2 * cache) : cache / 4;
        read(space, ranges, what, new Way(Math.max(FAR_BYTES, window), receiver));
    }

    /**
     * How pieces are read.
     *
     * @param windowBytes asked for at once
     * @param receiver takes them
     */
    private record Way(long windowBytes, Receiver receiver) {}

    private static void read(FileSpace space, List<ByteRange> ranges, String what, Way way) {
        long windowBytes = way.windowBytes();
        List<Integer> order = new ArrayList<>(ranges.size());
        for (int i = 0; i < ranges.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparing(ranges::get));
        int start = 0;
        int end = windowEnd(ranges, order, 0, windowBytes);
        prefetch(space, ranges, order.subList(start, end), what);
        while (start < order.size()) {
            int next = windowEnd(ranges, order, end, windowBytes);
            prefetch(space, ranges, order.subList(end, next), what);
            for (int index : order.subList(start, end)) {
                ByteRange range = ranges.get(index);
                way.receiver().take(index, space.read(range.offset(), range.length(), what));
            }
            start = end;
            end = next;
        }
    }

    /**
     * Cuts the next window off the order.
     *
     * @param start place in the order of the first piece of the window
     * @return place behind the last one; a window that is not empty has at least one piece, however long
     */
    private static int windowEnd(List<ByteRange> ranges, List<Integer> order, int start, long windowBytes) {
        long weight = 0;
        long before = Long.MIN_VALUE;
        int end = start;
        while (end < order.size() && (end == start || weight < windowBytes)) {
            ByteRange range = ranges.get(order.get(end));
            boolean near = before != Long.MIN_VALUE && range.offset() - before < FAR_BYTES;
            weight += near ? Math.max(0, range.end() - before) : range.length() + FAR_BYTES;
            before = Math.max(before, range.end());
            end++;
        }
        return end;
    }

    private static void prefetch(FileSpace space, List<ByteRange> ranges, List<Integer> window, String what) {
        if (!window.isEmpty()) {
            space.prefetch(window.stream().map(ranges::get).toList(), what);
        }
    }
}
