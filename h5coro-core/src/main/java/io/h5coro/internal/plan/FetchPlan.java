// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.plan;

import io.h5coro.internal.grid.AscendingOrder;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which requests fetch the wanted ranges of one call. Immutable.
 *
 * <p>Wanted ranges (chunks, or parts of values that are not compressed) are known by their index in the list that was
 * planned. Several that are near each other share a request; one that is longer than a request is cut into parts that
 * are fetched side by side.
 *
 * <p>Example, at 60 ms, 90 MB/s, 32 connections, so that gaps up to 270 kB are bridged and requests are split above
 * 2.7 MB. Wanted: a = [0, 30k), b = [40k, 70k), c = [40k, 70k) once more, d = [1000k, 1010k), e = [2000k, 10000k).
 * Requests: [0, 70k) with a, b and c; [1000k, 1010k) with d; [2000k, 4666k), [4666k, 7333k) and [7333k, 10000k) with
 * parts of e.
 */
public final class FetchPlan {
    /**
     * Requests may be this many times as long when so all of them are under way at once: a second turn costs a round
     * trip.
     */
    private static final int STRETCH = 2;

    private final List<ByteRange> wanted;
    private final List<ByteRange> requests;
    private final int[] firstRequest;
    private final int[] lastRequest;
    private final long wantedBytes;

    private FetchPlan(Planner planner) {
        this.wanted = planner.wanted;
        this.requests = List.copyOf(planner.requests);
        this.firstRequest = planner.firstRequest;
        this.lastRequest = planner.lastRequest;
        this.wantedBytes = planner.wantedBytes;
    }

    /**
     * Chooses the requests.
     *
     * <p>Between one and two times as many requests as connections would take two turns. They are planned again with
     * requests of up to twice the length, and that plan is taken if all of its requests are under way at once.
     *
     * @param wanted ranges in any order, none of them empty; bytes in several ranges are fetched once
     * @param costs what the storage costs; decides on gaps and on the length of requests
     * @return a plan without requests when nothing is wanted
     */
    public static FetchPlan of(List<ByteRange> wanted, RequestCosts costs) {
        List<ByteRange> ranges = List.copyOf(wanted);
        FetchPlan plan = new FetchPlan(new Planner(ranges, costs).plan(1));
        int requests = plan.requests.size();
        if (requests > costs.connections() && requests <= 2 * costs.connections()) {
            FetchPlan longer = new FetchPlan(new Planner(ranges, costs).plan(STRETCH));
            return longer.requests.size() <= costs.connections() ? longer : plan;
        }
        return plan;
    }

    /** The wanted ranges in the order given. */
    public List<ByteRange> wanted() {
        return wanted;
    }

    /** The ranges to request. Invariant: sorted by offset, disjoint, not empty. */
    public List<ByteRange> requests() {
        return requests;
    }

    /**
     * The first request that holds bytes of a wanted range.
     *
     * @param wantedIndex index in {@link #wanted()}
     * @return index in {@link #requests()}
     */
    public int firstRequest(int wantedIndex) {
        return firstRequest[wantedIndex];
    }

    /**
     * The last request that holds bytes of a wanted range; those from the first on hold all of it without a gap.
     *
     * @param wantedIndex index in {@link #wanted()}
     * @return index in {@link #requests()}, inclusive
     */
    public int lastRequest(int wantedIndex) {
        return lastRequest[wantedIndex];
    }

    /** Bytes that are wanted, each counted once. */
    public long wantedBytes() {
        return wantedBytes;
    }

    /** Bytes that the requests fetch. */
    public long fetchedBytes() {
        return requests.stream().mapToLong(ByteRange::length).sum();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d ranges of %d bytes in %d requests of %d bytes",
                wanted.size(),
                wantedBytes,
                requests.size(),
                fetchedBytes());
    }

    /** The state of planning. Confined to one task. */
    private static final class Planner {
        private final List<ByteRange> wanted;
        private final RequestCosts costs;
        private final List<ByteRange> requests = new ArrayList<>();
        private final int[] firstRequest;
        private final int[] lastRequest;
        private final int[] order;
        private long wantedBytes;

        Planner(List<ByteRange> wanted, RequestCosts costs) {
            this.wanted = wanted;
            this.costs = costs;
            this.firstRequest = new int[wanted.size()];
            this.lastRequest = new int[wanted.size()];
            this.order = sorted(wanted);
        }

        /** Indexes by offset. */
        private static int[] sorted(List<ByteRange> wanted) {
            long[] offsets = new long[wanted.size()];
            for (int i = 0; i < offsets.length; i++) {
                offsets[i] = wanted.get(i).offset();
            }
            return AscendingOrder.of(offsets);
        }

        /**
         * Joins ranges in the order of their offsets. A range joins the request before it when the gap is short and the
         * request stays short enough. A range that begins before the end of that request always joins it, so requests
         * stay disjoint.
         *
         * @param stretch factor on the length above which a request is cut
         */
        Planner plan(int stretch) {
            long gap = gap();
            long most = Math.min(costs.maxRequestBytes(), stretch * costs.requestBytes(wantedBytes));
            long uncut = Math.min(costs.maxRequestBytes(), stretch * costs.uncutBytes(wantedBytes));
            int from = 0;
            while (from < order.length) {
                ByteRange first = wanted.get(order[from]);
                long end = first.end();
                int to = from + 1;
                while (to < order.length) {
                    ByteRange next = wanted.get(order[to]);
                    boolean near = next.offset() - end <= gap && Math.max(end, next.end()) - first.offset() <= most;
                    if (next.offset() >= end && !near) {
                        break;
                    }
                    end = Math.max(end, next.end());
                    to++;
                }
                request(from, to, end, uncut);
                from = to;
            }
            return this;
        }

        /** The gap to bridge; also counts the wanted bytes. */
        private long gap() {
            Gaps gaps = new Gaps(costs);
            for (int index : order) {
                ByteRange range = wanted.get(index);
                gaps.add(range.offset(), range.end());
            }
            wantedBytes = gaps.wantedBytes();
            return gaps.longestBridged();
        }

        /**
         * Requests the ranges {@code order[from, to)}, which end at {@code end}; in parts when they are too long.
         *
         * <p>The parts differ by less than the number of parts in length. The ranges of an uncut request have the same
         * first and last request.
         */
        private void request(int from, int to, long end, long most) {
            long start = wanted.get(order[from]).offset();
            long length = end - start;
            long parts = (length + most - 1) / most;
            long each = (length + parts - 1) / parts;
            int base = requests.size();
            for (long at = start; at < end; at += each) {
                requests.add(new ByteRange(at, Math.min(each, end - at)));
            }
            for (int i = from; i < to; i++) {
                ByteRange range = wanted.get(order[i]);
                firstRequest[order[i]] = base + (int) ((range.offset() - start) / each);
                lastRequest[order[i]] = base + (int) ((range.end() - 1 - start) / each);
            }
        }
    }
}
