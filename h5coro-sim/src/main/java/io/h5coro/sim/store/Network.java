// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.store;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How fast a store is that has no faults.
 *
 * @param connect time to make a connection; positive
 * @param firstByte median of the time from a request to the head of its answer; positive
 * @param spread standard deviation of that time's logarithm: 0.5 means that one in six takes 1.6 times the median
 * @param tail which part of the requests takes up to a hundred times as long, by a power law
 * @param bytesPerSecond of one connection
 * @param bytesPerSecondInAll of all connections, which share it alike
 */
public record Network(
        Duration connect,
        Duration firstByte,
        double spread,
        double tail,
        long bytesPerSecond,
        long bytesPerSecondInAll) {
    /** A store in the same region: 30 ms, 90 MB/s a connection, 1.2 GB/s in all. */
    public static final Network NEAR =
            new Network(Duration.ofMillis(8), Duration.ofMillis(30), 0.5, 0.02, 90_000_000L, 1_200_000_000L);

    /** A store across an ocean: 150 ms, 4 MB/s a connection, 12 MB/s in all. */
    public static final Network FAR =
            new Network(Duration.ofMillis(300), Duration.ofMillis(150), 0.4, 0.03, 4_000_000L, 12_000_000L);

    /** Longest stretch of the tail, as a multiple of the median. */
    private static final double LONGEST = 100;

    /** Returns the same without a tail. */
    public Network withoutTail() {
        return new Network(connect, firstByte, spread, 0, bytesPerSecond, bytesPerSecondInAll);
    }

    /** Draws the time from a request to the head of its answer. */
    long firstByteNanos(RandomGenerator chance) {
        double times = Math.exp(spread * chance.nextGaussian());
        // Pareto with exponent 1: half of the tail is above twice the usual time, a hundredth above a hundred times.
        double stretched = Math.min(LONGEST, 1 / (1 - chance.nextDouble()));
        boolean inTail = chance.nextDouble() < tail;
        return Math.max(1, (long) (firstByte.toNanos() * times * (inTail ? stretched : 1)));
    }

    /** Returns the time that some bytes take while so many connections transfer. */
    long transferNanos(long bytes, int connections) {
        double rate = Math.min((double) bytesPerSecond, (double) bytesPerSecondInAll / Math.max(1, connections));
        return (long) (bytes / rate * 1e9);
    }
}
