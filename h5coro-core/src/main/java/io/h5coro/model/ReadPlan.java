// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import io.h5coro.error.H5Exception;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;

/**
 * What a read would do: which requests it would send for data, and what finding that out has cost. No data were read for
 * it. Immutable.
 *
 * <p>A read of the same requests that follows from the same open file sends exactly {@link #requests()} and, as long as
 * the metadata stay in the cache, nothing else.
 *
 * @param datasets what can be read, in the order of the requests
 * @param failures what cannot, in the order of the requests
 * @param requests the requests for data; sorted, disjoint, none empty
 * @param bytesWanted stored bytes that are wanted and have to be fetched, each counted once
 * @param bytesCached stored bytes that are wanted and came with metadata already, so that they are not fetched
 * @param metadata what was fetched to find this out, beyond what the open file knew before
 * @param storage what requests cost on the file's storage, as its reader says
 */
public record ReadPlan(
        List<Planned> datasets,
        List<Failed> failures,
        List<Range> requests,
        long bytesWanted,
        long bytesCached,
        Metadata metadata,
        Conditions storage) {
    /** Copies the lists. */
    public ReadPlan {
        datasets = List.copyOf(datasets);
        failures = List.copyOf(failures);
        requests = List.copyOf(requests);
    }

    /**
     * A request that can be read.
     *
     * @param name its name
     * @param shape shape of its result
     * @param chunks stored chunks that go through filters; those of several slices of one dataset are counted once
     * @param ranges runs of stored bytes that are wanted: those chunks, and parts of values that are stored as they are
     * @param bytesWanted stored bytes of these runs
     * @param bytesDecoded bytes of the result's elements
     */
    public record Planned(String name, Shape shape, long chunks, long ranges, long bytesWanted, long bytesDecoded) {}

    /**
     * A request that cannot be read.
     *
     * @param name its name
     * @param failure why not; what a read would fail with
     */
    public record Failed(String name, H5Exception failure) {}

    /**
     * Bytes {@code [offset, offset + length)} of the source.
     *
     * @param offset first byte
     * @param length number of bytes
     */
    public record Range(long offset, long length) {}

    /**
     * What metadata have cost.
     *
     * @param requests range requests
     * @param bytes bytes that came with them
     * @param waves round trips that followed one another, at most
     */
    public record Metadata(long requests, long bytes, long waves) {
        /**
         * How long these requests take: a latency for each wave, and the bytes over as many connections as a wave has
         * requests.
         */
        public Duration time(Conditions conditions) {
            if (requests == 0) {
                return Duration.ZERO;
            }
            double together = Math.min(conditions.connections, Math.max(1.0, (double) requests / Math.max(1, waves)));
            double transfer = bytes / (conditions.bytesPerSecond * together);
            return seconds(waves * conditions.latencySeconds() + transfer);
        }
    }

    /**
     * What requests cost.
     *
     * @param latency time until the first byte of an answer
     * @param bytesPerSecond bandwidth of one connection
     * @param connections requests under way at once
     */
    public record Conditions(Duration latency, long bytesPerSecond, int connections) {
        /**
         * Checks the figures.
         *
         * @throws IllegalArgumentException when the latency is negative or another figure not positive
         */
        public Conditions {
            if (latency.isNegative() || bytesPerSecond <= 0 || connections <= 0) {
                throw new IllegalArgumentException("latency, bandwidth and connections are positive");
            }
        }

        private double latencySeconds() {
            return latency.toNanos() / 1e9;
        }
    }

    /** Bytes that the requests fetch. */
    public long bytesFetched() {
        return requests.stream().mapToLong(Range::length).sum();
    }

    /** Bytes fetched for each byte wanted; 1 when nothing is fetched. */
    public double overRead() {
        return bytesWanted == 0 ? 1 : (double) bytesFetched() / bytesWanted;
    }

    /**
     * How long the requests for data take when each waits for its first byte and then transfers: in order, on the
     * connection that is free first. Decoding runs beside it and is not counted.
     */
    public Duration dataTime(Conditions conditions) {
        PriorityQueue<Double> free = new PriorityQueue<>();
        double last = 0;
        for (Range request : requests) {
            double start = free.size() < conditions.connections ? 0 : free.remove();
            double end = start + conditions.latencySeconds() + (double) request.length / conditions.bytesPerSecond;
            free.add(end);
            last = Math.max(last, end);
        }
        return seconds(last);
    }

    /** How long finding out and reading take together; the open is not counted. */
    public Duration time(Conditions conditions) {
        return metadata.time(conditions).plus(dataTime(conditions));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) Math.min(Long.MAX_VALUE / 2.0, seconds * 1e9));
    }

    /** One line for people. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d requests, %d bytes for %d bytes wanted (%.2f times); metadata: %d requests, %d bytes, %d waves",
                requests.size(),
                bytesFetched(),
                bytesWanted,
                overRead(),
                metadata.requests,
                metadata.bytes,
                metadata.waves);
    }
}
