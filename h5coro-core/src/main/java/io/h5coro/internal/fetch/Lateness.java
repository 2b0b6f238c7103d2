// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.storage.StorageProfile;
import java.util.Arrays;

/**
 * When a request is later than can be explained by its size and by how fast the storage has been of late. Thread-safe.
 *
 * <p>Each answer is a multiple of the time that the storage's profile gives for its size; the slowest of twenty of the
 * latest answers says what is usual. Example: a profile of 60 ms and 90 MB/s gives 151 ms for 8 MiB. On a line where
 * such answers take 600 to 900 ms the multiple is 6, and one of them is late after four times as much, 3.6 s; a request
 * of 4 KiB on that line after 1.4 s, or after the earliest time where that is more.
 */
final class Lateness {
    /** Answers remembered: enough for the slowest of twenty, few enough to follow a line that becomes slower. */
    private static final int WINDOW = 64;

    /** Answers that make a habit. Before, a guess holds that is far off for no store that is well. */
    private static final int ENOUGH = 16;

    /** The multiple that is late before there are {@link #ENOUGH} answers: 2.4 s for 8 MiB at 60 ms and 90 MB/s. */
    private static final double FIRST_GUESS = 16;

    /** Below, second requests go to answers that are about to come; above, a stall costs more than it need. */
    private static final double LATE = 4;

    /** Which of the sorted multiples is usual. The maximum would follow a single stall for 64 answers. */
    private static final double QUANTILE = 0.95;

    /** Some 30 years: keeps the product inside a {@code long}, whatever the profile says. */
    private static final double LONGEST_NANOS = 1e18;

    private final StorageProfile profile;
    private final long earliestNanos;

    /** A ring. */
    @GuardedBy("this")
    private final double[] multiples = new double[WINDOW];
    /** Answers so far. */
    @GuardedBy("this")
    private long seen;

    Lateness(StorageProfile profile, long earliestNanos) {
        this.profile = profile;
        this.earliestNanos = earliestNanos;
    }

    /**
     * Takes note of an answer.
     *
     * @param nanos time from the request's turn to its end
     * @param bytes length of the answer
     */
    synchronized void note(long nanos, long bytes) {
        multiples[(int) (seen++ % WINDOW)] = nanos / expectedNanos(bytes);
    }

    /**
     * How long a request for so many bytes may take before it is late.
     *
     * @return nanoseconds, at least the earliest time
     */
    synchronized long limitNanos(long bytes) {
        int known = (int) Math.min(seen, WINDOW);
        double[] sorted = Arrays.copyOf(multiples, known);
        Arrays.sort(sorted);
        double usual = known == 0 ? 0 : sorted[(int) (QUANTILE * (known - 1))];
        double slowest = known == 0 ? 0 : sorted[known - 1];
        double multiple = known < ENOUGH ? Math.max(FIRST_GUESS, LATE * slowest) : LATE * usual;
        return Math.max(earliestNanos, (long) Math.min(LONGEST_NANOS, multiple * expectedNanos(bytes)));
    }

    /** What the profile gives: the time to the first byte, and the transfer at the bandwidth of one connection. */
    private double expectedNanos(long bytes) {
        return 1e3 * Math.max(1, profile.firstByteMicros()) + 1e9 * bytes / profile.bytesPerSecond();
    }
}
