// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import io.h5coro.error.H5Exception;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;

/**
 * The requests that a read would send, and what it cost to find them out. No data were read for it. Immutable.
 *
 * <p>A read of the same requests that follows from the same open file sends exactly {@link #requests()} and those of
 * {@link #sources()}, as long as the metadata stays in the cache. It sends fewer when several of its requests want the
 * same chunk of a source at the same time.
 *
 * <pre>{@code
 * ReadPlan plan = file.explain(List.of(DatasetRequest.of("/gt1l/heights/h_ph")));
 * System.out.println(plan);
 * }</pre>
 *
 * @param datasets requests that can be read, in the order of the call
 * @param failures requests that cannot be read, in the order of the call
 * @param requests ranges of the file itself that are fetched for data: sorted, disjoint, not empty
 * @param sources ranges that are fetched from elsewhere, by the file that they are in
 * @param bytesWanted stored bytes that are wanted and have to be fetched, over all files; those of a request, or of a
 *     source of a virtual dataset, count once
 * @param bytesCached stored bytes that are wanted and are here, so they are not fetched: they came with metadata, or a
 *     {@link DataCache} has them; over all files
 * @param metadata what was fetched to make this plan, beyond what the open file already had; over all files
 * @param storage what requests to the file's storage cost, as its reader estimates it
 * @param unpinned whether the storage of one of the files states no version of it, as {@link ReadStatistics#unpinned()}
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
     * @param name name of the request
     * @param shape shape of its result
     * @param chunks stored chunks that pass filters; those of several slices of one dataset count once
     * @param ranges runs of stored bytes that are wanted: those chunks, and parts of values that are stored as they are
     * @param bytesWanted stored bytes of these runs
     * @param bytesDecoded bytes of the result's elements
     */
    public record Planned(String name, Shape shape, long chunks, long ranges, long bytesWanted, long bytesDecoded) {}

    /**
     * A request that cannot be read.
     *
     * @param name name of the request
     * @param failure what a read would fail with
     */
    public record Failed(String name, H5Exception failure) {}

    /**
     * The bytes {@code [offset, offset + length)} of a file.
     *
     * @param offset first byte
     * @param length number of bytes
     */
    public record Range(long offset, long length) {}

    /**
     * Ranges of another file: of the sources of virtual datasets, of files of raw data, and of targets of external
     * links. Each request of the read has its ranges, so they may overlap.
     *
     * @param source the file, as messages name it; the open file itself when a virtual dataset has sources in it
     * @param requests sorted, not empty; those for raw data may extend beyond the end of the file, which reads as zeros
     */
    public record Source(String source, List<Range> requests) {
        /** Copies the list. */
        public Source {
            requests = List.copyOf(requests);
        }

        /** Returns how many bytes these requests fetch. */
        public long bytesFetched() {
            return length(requests);
        }
    }

    /**
     * What fetching metadata has cost.
     *
     * @param requests range requests
     * @param bytes bytes that came with them
     * @param waves longest sequence of requests that waited for one another
     */
    public record Metadata(long requests, long bytes, long waves) {
        /**
         * Estimates how long these requests take: one latency for each wave, plus the bytes over as many connections as
         * a wave has requests.
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
     * What a request costs.
     *
     * @param latency time until the first byte of an answer
     * @param bytesPerSecond bandwidth of one connection
     * @param connections largest number of requests under way at once. Short requests, of which a storage may take
     *     more, are counted like others: the time of very many is estimated too long
     */
    public record Conditions(Duration latency, long bytesPerSecond, int connections) {
        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException when the latency is negative or another number is not positive
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

    /** Returns the number of requests for data, over all files. */
    public long requestCount() {
        return requests.size()
                + sources.stream().mapToLong(source -> source.requests.size()).sum();
    }

    /** Returns how many bytes the requests for data fetch, over all files. */
    public long bytesFetched() {
        return length(requests)
                + sources.stream().mapToLong(Source::bytesFetched).sum();
    }

    /** Returns the number of bytes fetched for each byte wanted; 1 when nothing is wanted. */
    public double overRead() {
        return bytesWanted == 0 ? 1 : (double) bytesFetched() / bytesWanted;
    }

    /**
     * Estimates how long the requests for data take. Each waits for its first byte and then transfers, in order, on the
     * first free connection; those to other files come first. Decoding runs at the same time and is not counted.
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

    /** Estimates how long metadata and data take together. Opening the file is not counted. */
    public Duration time(Conditions conditions) {
        return metadata.time(conditions).plus(dataTime(conditions));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) Math.min(Long.MAX_VALUE / 2.0, seconds * 1e9));
    }

    /** Returns requests and bytes on one line, for display. */
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
