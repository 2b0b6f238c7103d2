// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import io.h5coro.error.H5Exception;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;

/**
 * What a read would do: which requests it would send for data, and what finding that out has cost. No data were read
 * for it. Immutable.
 *
 * <p>A read of the same requests that follows from the same open file sends exactly {@link #requests()} and those of
 * {@link #sources()} and, as long as the metadata stay in the cache, nothing else. It sends fewer when several of its
 * requests want the same chunk of a source and come at the same time.
 *
 * @param datasets what can be read, in the order of the requests
 * @param failures what cannot, in the order of the requests
 * @param requests the requests for data that are planned together: of the file itself; sorted, disjoint, none empty
 * @param sources the requests for values that are elsewhere, by the file that they are sent to
 * @param bytesWanted stored bytes that are wanted and have to be fetched, of all files; those of a request, or of a
 *     source of a virtual dataset, are counted once
 * @param bytesCached stored bytes that are wanted and came with metadata already, so that they are not fetched; of all
 *     files
 * @param metadata what was fetched to find this out, beyond what the open file knew before; of all files
 * @param storage what requests cost on the file's storage, as its reader says
 * @param unpinned whether the storage of one of the files names no version of it, as {@link ReadStatistics#unpinned()}
 */
public record ReadPlan(
        List<Planned> datasets,
        List<Failed> failures,
        List<Range> requests,
        List<Source> sources,
        long bytesWanted,
        long bytesCached,
        Metadata metadata,
        Conditions storage,
        boolean unpinned) {
    /** Copies the lists. */
    public ReadPlan {
        sources = List.copyOf(sources);
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
     * Requests for values that are elsewhere: of virtual datasets, in files of raw data, and behind external links.
     * Each request of the read has its own, so ranges may overlap.
     *
     * @param source the file that is read, as messages call it; the open file itself for virtual datasets of its own
     *     datasets
     * @param requests sorted, none empty; those for raw data may reach over the end of the file, where zeros are
     */
    public record Source(String source, List<Range> requests) {
        /** Copies the list. */
        public Source {
            requests = List.copyOf(requests);
        }

        /** Bytes that the requests fetch. */
        public long bytesFetched() {
            return length(requests);
        }
    }

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

    private static long length(List<Range> requests) {
        return requests.stream().mapToLong(Range::length).sum();
    }

    /** Number of all requests for data, to whichever file. */
    public long requestCount() {
        return requests.size()
                + sources.stream().mapToLong(source -> source.requests.size()).sum();
    }

    /** Bytes that all requests for data fetch, of whichever file. */
    public long bytesFetched() {
        return length(requests)
                + sources.stream().mapToLong(Source::bytesFetched).sum();
    }

    /** Bytes fetched for each byte wanted; 1 when nothing is fetched. */
    public double overRead() {
        return bytesWanted == 0 ? 1 : (double) bytesFetched() / bytesWanted;
    }

    /**
     * How long the requests for data take when each waits for its first byte and then transfers: in order, on the
     * connection that is free first; those for values elsewhere before the others. Decoding runs beside it and is not
     * counted.
     */
    public Duration dataTime(Conditions conditions) {
        List<Range> elsewhere =
                sources.stream().flatMap(source -> source.requests.stream()).toList();
        return time(elsewhere, conditions).plus(time(requests, conditions));
    }

    private static Duration time(List<Range> requests, Conditions conditions) {
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
                "%d requests, %d bytes for %d bytes wanted (%.2f times); metadata: %d requests, %d bytes, %d waves%s",
                requestCount(),
                bytesFetched(),
                bytesWanted,
                overRead(),
                metadata.requests,
                metadata.bytes,
                metadata.waves,
                unpinned ? "; unpinned" : "");
    }
}
