// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.file;

import io.h5coro.model.ReadStatistics;

/**
 * What reads have cost. Immutable.
 *
 * @param requests range requests, hedged ones not among them
 * @param bytesFetched bytes that came with them
 * @param bytesWanted stored bytes of the values that were asked for
 * @param chunks chunks decoded
 * @param hedges second requests, sent because the first was late
 * @param retries requests that were sent again because an earlier one had failed
 */
public record Costs(long requests, long bytesFetched, long bytesWanted, long chunks, long hedges, long retries) {
    /** Nothing. */
    public static final Costs NONE = new Costs(0, 0, 0, 0, 0, 0);

    static Costs of(ReadStatistics statistics) {
        return new Costs(
                statistics.requests(),
                statistics.bytesFetched(),
                statistics.bytesWanted(),
                statistics.chunks(),
                statistics.hedgedRequests(),
                statistics.retries());
    }

    /** Returns the sum. */
    public Costs plus(Costs other) {
        return new Costs(
                requests + other.requests,
                bytesFetched + other.bytesFetched,
                bytesWanted + other.bytesWanted,
                chunks + other.chunks,
                hedges + other.hedges,
                retries + other.retries);
    }

    Costs minus(Costs other) {
        return new Costs(
                requests - other.requests,
                bytesFetched - other.bytesFetched,
                bytesWanted - other.bytesWanted,
                chunks - other.chunks,
                hedges - other.hedges,
                retries - other.retries);
    }
}
