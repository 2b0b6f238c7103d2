// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

/**
 * What requests to a storage cost; plans of reads depend on it. Immutable.
 *
 * <p>Requests that take longer to answer than to transfer leave a storage idle: of these more are under way at once.
 *
 * <pre>{@code
 * StorageProfile profile = file.reader().profile();
 * boolean far = profile.isFar();
 * }</pre>
 *
 * @param firstByteMicros time until the first byte of a response, in microseconds
 * @param bytesPerSecond bandwidth of one connection
 * @param connections number of requests that are usefully under way at once
 * @param shortRequests the same of short ones, whose transfer takes less than a sixteenth of the time until the first
 *     byte; at least {@code connections}
 */
public record StorageProfile(long firstByteMicros, long bytesPerSecond, int connections, int shortRequests) {
    /** A request is short when its transfer takes less than this part of the time until the first byte. */
    private static final int SHORT_PART = 16;

    /** A request to a local disk takes 20 µs, one to a store of objects 20,000 and more. */
    private static final long FAR_MICROS = 1000;

    /** A local disk or memory, where a request costs about a system call: 20 µs, 2 GB/s, 4 requests at once. */
    public static final StorageProfile LOCAL = new StorageProfile(20, 2_000_000_000L, 4);

    /**
     * An object store or web server some tens of milliseconds away, as S3 usually is: 60 ms, 90 MB/s, 32 requests at
     * once, 256 of those below 337 kB.
     */
    public static final StorageProfile REMOTE = new StorageProfile(60_000, 90_000_000L, 32, 256);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when the time is negative or another number is not positive
     */
    public StorageProfile {
        if (firstByteMicros < 0 || bytesPerSecond <= 0 || connections <= 0) {
            throw new IllegalArgumentException("a profile has positive figures");
        }
        if (shortRequests < connections) {
            throw new IllegalArgumentException("a profile has no fewer short requests than connections");
        }
    }

    /**
     * Makes a profile of a storage that takes no more short requests at once than others.
     *
     * @throws IllegalArgumentException when the time is negative or another number is not positive
     */
    public StorageProfile(long firstByteMicros, long bytesPerSecond, int connections) {
        this(firstByteMicros, bytesPerSecond, connections, connections);
    }

    /**
     * Returns whether the storage is farther away than a disk: a first byte takes a millisecond or more. Waiting for a
     * request then costs more than what avoids it.
     */
    public boolean isFar() {
        return firstByteMicros >= FAR_MICROS;
    }

    /**
     * Returns how many requests may be under way for one of a length to be sent.
     *
     * @param bytes length of the request
     */
    public int mostUnderWay(long bytes) {
        boolean isShort = bytes < firstByteMicros / 1e6 * bytesPerSecond / SHORT_PART;
        return isShort ? shortRequests : connections;
    }
}
