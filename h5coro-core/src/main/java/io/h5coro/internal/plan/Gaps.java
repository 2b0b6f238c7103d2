// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.plan;

import java.util.Arrays;

/**
 * The gaps between the ranges of a plan, and up to which length they are read along. Confined to one task.
 *
 * <p>How long that is follows from all ranges. Few ranges are joined generously, which costs no time. Of many that hold
 * little, what is read along would be many times what is wanted, so only short gaps are. Where there are more ranges
 * than are under way in two turns, long gaps are read along, too, as long as they are little together.
 *
 * <p>Examples at 60 ms and 90 MB/s, where a gap of 270 kB is read along and 2.2 MB are for nothing: 10 ranges of 120
 * bytes that are 111 kB apart are one request of 1 MB. 1,000 of them are 1,000 requests, since together they would be
 * 111 MB. 500 ranges of 25 kB at random in 240 MB are 285 requests of 42 MB, 3.4 times what is wanted.
 */
public final class Gaps {
    private final RequestCosts costs;
    private long[] gaps = new long[16];
    private int count;
    private long wantedBytes;
    private long end = -1;

    /** None yet. */
    public Gaps(RequestCosts costs) {
        this.costs = costs;
    }

    /** Takes the next range, by its offset. */
    public void add(long offset, long behind) {
        if (end >= 0 && offset > end) {
            if (count == gaps.length) {
                gaps = Arrays.copyOf(gaps, 2 * count);
            }
            gaps[count++] = offset - end;
        }
        wantedBytes += Math.max(0, behind - Math.max(end, offset));
        end = Math.max(end, behind);
    }

    /** Bytes of all ranges, each counted once. */
    public long wantedBytes() {
        return wantedBytes;
    }

    /** The longest gap that is read along, in bytes. */
    public long longestBridged() {
        Arrays.sort(gaps, 0, count);
        long usual = usual();
        int ranges = 1;
        long overread = 0;
        for (int i = 0; i < count; i++) {
            if (gaps[i] > usual) {
                ranges++;
            } else {
                overread += gaps[i];
            }
        }
        return ranges <= costs.manyRanges() ? usual : widened(usual, ranges, overread);
    }

    /** The longest usual gap, or a shorter one where too much would be read for nothing. */
    private long usual() {
        long allowed = costs.mostOverread(wantedBytes);
        long least = costs.leastGap();
        long usual = costs.gap();
        long overread = 0;
        for (int i = 0; i < count && gaps[i] <= usual; i++) {
            overread += gaps[i];
            if (overread > allowed && gaps[i] > least) {
                return Math.max(least, gaps[i] - 1);
            }
        }
        return usual;
    }

    /**
     * A longer gap when there are many ranges and little is read for nothing.
     *
     * <p>Example: gaps of 1, 5 and 6 bytes (sorted) with a usual gap of 2. That gives three ranges. If three ranges are
     * too many, and 12 bytes may be read for nothing, the gaps of 5 and 6 bytes make 12 in all with the gap of 1, so
     * each is bridged. With 11 bytes only the gap of 5 is, and the answer is 5.
     *
     * @param ranges when only usual gaps are bridged
     * @param usualBytes what is read for nothing then
     */
    private long widened(long usual, int ranges, long usualBytes) {
        long gap = usual;
        long overread = usualBytes;
        long allowed = costs.overread(wantedBytes);
        for (int i = count - ranges + 1; i < count; i++) {
            overread += gaps[i];
            if (overread > allowed || gaps[i] > costs.widestGap()) {
                // Gaps of equal length are bridged all or not at all.
                return Math.max(usual, Math.min(gap, gaps[i] - 1));
            }
            gap = gaps[i];
        }
        return gap;
    }
}
