// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.plan;

import java.util.OptionalLong;

/**
 * What requests cost, and the limits that follow from it.
 *
 * <p>Without a given gap, at 60 ms, 90 MB/s, 32 connections and 64 MiB a request:
 *
 * <pre>
 * roundTripBytes   5.4 MB   one connection in the time of a round trip
 * gap              270 kB   bridged unless what is read for nothing is 19 times what is wanted, and above 2.2 MB
 * widestGap        2.7 MB   bridged when there are more than 64 ranges and the over-read stays below 5 %
 * requestBytes     2.7 MB   for up to 86 MB wanted; 8 MB for 256 MB wanted
 * </pre>
 *
 * @param latencyMicros time until the first byte of an answer
 * @param bytesPerSecond bandwidth of one connection
 * @param connections requests that are usefully under way at once
 * @param maxRequestBytes longest request
 * @param gapBytes unwanted bytes that are rather read than skipped; empty lets the costs decide
 */
public record RequestCosts(
        long latencyMicros, long bytesPerSecond, int connections, long maxRequestBytes, OptionalLong gapBytes) {
    /**
     * A gap is bridged when reading it takes at most this part of a round trip: 270 kB at 60 ms and 90 MB/s. With
     * connections free a second request costs money but no time, so much longer gaps would only cost; much shorter ones
     * make ten requests of one where chunks of several datasets stand in turn.
     */
    private static final long GAP_PART = 20;

    /** Below this a gap costs less than the bookkeeping of a request, on any storage. */
    private static final long LEAST_GAP_BYTES = 4 << 10;

    /**
     * A range is split when each part still takes half of a round trip to transfer: 2.7 MB at 60 ms and 90 MB/s.
     * Shorter parts would spend most of their connection's time waiting.
     */
    private static final long SPLIT_PART = 2;

    /** On a local disk nothing is gained by requests that are shorter than this. */
    private static final long LEAST_SPLIT_BYTES = 1 << 20;

    /**
     * What is read for nothing may be this many times what is wanted. Less makes requests of what one could bring; more
     * reads a file to get a thousandth of it.
     */
    private static final long MOST_OVERREAD = 19;

    /** It may be this part of a round trip in any case, 2.2 MB at 60 ms and 90 MB/s: a few small ranges are one. */
    private static final double FREE_PART = 0.4;

    /** Long gaps are bridged as long as what is read for nothing stays below this part of what is wanted. */
    private static final long OVERREAD_PART = 20;

    /** Checks that the figures are positive. */
    public RequestCosts {
        if (latencyMicros < 0 || bytesPerSecond <= 0 || connections <= 0 || maxRequestBytes <= 0) {
            throw new IllegalArgumentException("costs are positive");
        }
    }

    /** What one connection transfers in the time of a round trip. */
    long roundTripBytes() {
        return (long) (latencyMicros / 1e6 * bytesPerSecond);
    }

    /** The gap that is usually bridged, in bytes: two ranges at most so far apart share a request. */
    public long gap() {
        return gapBytes.orElse(Math.max(LEAST_GAP_BYTES, roundTripBytes() / GAP_PART));
    }

    /** The gap that is bridged however little is wanted, in bytes. */
    long leastGap() {
        return gapBytes.orElse(LEAST_GAP_BYTES);
    }

    /**
     * Bytes that may be read for nothing at all, where requests are joined that could go side by side.
     *
     * @param wantedBytes bytes of the plan's ranges, each counted once
     */
    long mostOverread(long wantedBytes) {
        long times = wantedBytes > Long.MAX_VALUE / MOST_OVERREAD ? Long.MAX_VALUE : MOST_OVERREAD * wantedBytes;
        return Math.max((long) (FREE_PART * roundTripBytes()), times);
    }

    /** The longest gap that is bridged when there are more ranges than connections: two requests then take turns. */
    long widestGap() {
        return gapBytes.orElse(Math.max(gap(), roundTripBytes() / 2));
    }

    /**
     * How many ranges make it worth bridging longer gaps: more than are under way in two turns.
     *
     * @return number of ranges that are left when only gaps up to {@link #gap} are bridged
     */
    int manyRanges() {
        return 2 * connections;
    }

    /**
     * Bytes that may be read for nothing to save requests.
     *
     * @param wantedBytes bytes of the plan's ranges, each counted once
     */
    long overread(long wantedBytes) {
        return wantedBytes / OVERREAD_PART;
    }

    /**
     * The length up to which ranges are joined in one request: that at which all connections work. Of a storage that is
     * near, where a request costs next to nothing, it is short, so that few arrays take the bytes of all requests, one
     * after the other, and stay in the processor's cache.
     *
     * @param wantedBytes bytes of the plan's ranges, each counted once
     * @return bytes; at most {@link #maxRequestBytes}
     */
    long requestBytes(long wantedBytes) {
        return isNear() ? Math.min(maxRequestBytes, LEAST_SPLIT_BYTES) : uncutBytes(wantedBytes);
    }

    /** Whether the shortest request takes longer than a round trip. */
    private boolean isNear() {
        return roundTripBytes() < LEAST_SPLIT_BYTES;
    }

    /**
     * The length above which one range is cut, so that all connections work: not so short that latency dominates, not
     * above the limit. Parts are copied together.
     *
     * @param wantedBytes bytes of the plan's ranges, each counted once
     * @return bytes; at least {@link #requestBytes}, at most {@link #maxRequestBytes}
     */
    long uncutBytes(long wantedBytes) {
        long shared = wantedBytes / connections;
        long least = Math.max(LEAST_SPLIT_BYTES, roundTripBytes() / SPLIT_PART);
        return Math.min(maxRequestBytes, Math.max(least, shared));
    }
}
