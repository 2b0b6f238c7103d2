// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

/**
 * What requests to a storage cost, as a planner needs it.
 *
 * @param firstByteMicros time until the first byte of an answer, in microseconds
 * @param bytesPerSecond bandwidth of one connection
 * @param connections how many requests are usefully under way at once
 */
public record StorageProfile(long firstByteMicros, long bytesPerSecond, int connections) {
    /** A local disk or memory: a request costs about a system call. */
    public static final StorageProfile LOCAL = new StorageProfile(20, 2_000_000_000L, 4);

    /**
     * An object store or web server some tens of milliseconds away: S3's usual first byte and speed of a connection.
     */
    public static final StorageProfile REMOTE = new StorageProfile(60_000, 90_000_000L, 32);

    /** Checks that all figures are positive. */
    public StorageProfile {
        if (firstByteMicros < 0 || bytesPerSecond <= 0 || connections <= 0) {
            throw new IllegalArgumentException("a profile has positive figures");
        }
    }
}
