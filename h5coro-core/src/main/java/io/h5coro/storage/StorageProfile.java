// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

/**
 * What requests to a storage cost; plans of reads depend on it. Immutable.
 *
 * @param firstByteMicros time until the first byte of a response, in microseconds
 * @param bytesPerSecond bandwidth of one connection
 * @param connections number of requests that are usefully under way at once
 */
public record StorageProfile(long firstByteMicros, long bytesPerSecond, int connections) {
    /** A local disk or memory, where a request costs about a system call: 20 µs, 2 GB/s, 4 requests at once. */
    public static final StorageProfile LOCAL = new StorageProfile(20, 2_000_000_000L, 4);

    /**
     * An object store or web server some tens of milliseconds away, as S3 usually is: 60 ms, 90 MB/s, 32 requests at
     * once.
     */
    public static final StorageProfile REMOTE = new StorageProfile(60_000, 90_000_000L, 32);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when the time is negative or another number is not positive
     */
    public StorageProfile {
        if (firstByteMicros < 0 || bytesPerSecond <= 0 || connections <= 0) {
            throw new IllegalArgumentException("a profile has positive figures");
        }
    }
}
