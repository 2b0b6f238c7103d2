// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * The requests that reading many files would send, by file and as one sum. No data were read for it. Immutable.
 *
 * <pre>{@code
 * List<String> files = List.of(path.toString(), path.toString());
 * List<DatasetRequest> requests = List.of(DatasetRequest.of("/gt1l/heights/h_ph"));
 * try (FileSeries series = H5Coro.series(files, requests, FileSeries.Options.defaults())) {
 *     SeriesPlan plan = series.explain();
 *     System.out.println(plan);
 * }
 * }</pre>
 *
 * @param files the files in their order; those that failed count nothing
 */
public record SeriesPlan(List<FilePlan> files) {
    /** Copies the list. */
    public SeriesPlan {
        files = List.copyOf(files);
    }

    /**
     * What reading one file would send.
     *
     * @param location the file as the caller named it, also what is secret of it
     * @param opened what opening it cost, and finding out what to read of it
     * @param plan its plan; empty when it failed
     * @param failure why there is none: an {@link io.h5coro.error.H5Exception}, or what the function threw that says
     *     what to read
     */
    public record FilePlan(
            String location, ReadPlan.Metadata opened, Optional<ReadPlan> plan, Optional<Throwable> failure) {
        /**
         * Checks that there is a plan or a failure.
         *
         * @throws IllegalArgumentException when there are both, or none
         */
        public FilePlan {
            Objects.requireNonNull(location);
            Objects.requireNonNull(opened);
            if (plan.isPresent() == failure.isPresent()) {
                throw new IllegalArgumentException("a file has a plan or a failure");
            }
        }

        /** Returns the number of requests: for opening, metadata and data. */
        public long requests() {
            return opened.requests() + number(read -> read.metadata().requests() + read.requestCount());
        }

        /** Returns the bytes that come with these requests. */
        public long bytesFetched() {
            return opened.bytes() + number(read -> read.metadata().bytes() + read.bytesFetched());
        }

        /** Returns the stored bytes that are wanted and have to be fetched: {@link ReadPlan#bytesWanted()}. */
        public long bytesWanted() {
            return number(ReadPlan::bytesWanted);
        }

        /** Returns the stored bytes that are wanted and are here: {@link ReadPlan#bytesCached()}. */
        public long bytesCached() {
            return number(ReadPlan::bytesCached);
        }

        /**
         * Returns the longest sequence of requests that wait for one another. The data of a file are one of them, and
         * those of other files one more.
         */
        public long waves() {
            return opened.waves()
                    + number(read -> read.metadata().waves()
                            + (read.requests().isEmpty() ? 0 : 1)
                            + (read.sources().isEmpty() ? 0 : 1));
        }

        /** Estimates how long opening, metadata and data take together, at what requests to the file's storage cost. */
        public Duration time() {
            return plan.map(read -> opened.time(read.storage()).plus(read.time(read.storage())))
                    .orElse(Duration.ZERO);
        }

        private long number(ToLongFunction<ReadPlan> of) {
            return plan.map(read -> of.applyAsLong(read)).orElse(0L);
        }

        /** Returns requests and bytes, or the failure, on one line, for display; not the location. */
        @Override
        public String toString() {
            return failure.map(Throwable::toString)
                    .orElseGet(() -> text(requests(), bytesFetched(), bytesWanted(), waves()));
        }
    }

    private long sum(ToLongFunction<FilePlan> of) {
        return files.stream().mapToLong(of).sum();
    }

    /** Returns the files without a plan. */
    public List<FilePlan> failures() {
        return files.stream().filter(file -> file.failure().isPresent()).toList();
    }

    /** Returns the number of requests of all files: for opening, metadata and data. */
    public long requests() {
        return sum(FilePlan::requests);
    }

    /** Returns the bytes that come with these requests. */
    public long bytesFetched() {
        return sum(FilePlan::bytesFetched);
    }

    /** Returns the stored bytes of all files that are wanted and have to be fetched. */
    public long bytesWanted() {
        return sum(FilePlan::bytesWanted);
    }

    /** Returns the stored bytes of all files that are wanted and are here. */
    public long bytesCached() {
        return sum(FilePlan::bytesCached);
    }

    /**
     * Returns the waves of all files when each is read after the one before. A series that reads ahead lets those of
     * different files overlap.
     */
    public long waves() {
        return sum(FilePlan::waves);
    }

    /** Estimates how long the files take when each is read after the one before. */
    public Duration time() {
        return files.stream().map(FilePlan::time).reduce(Duration.ZERO, Duration::plus);
    }

    /** Returns requests and bytes on one line, for display. */
    @Override
    public String toString() {
        int failed = failures().size();
        return files.size() + " files" + (failed == 0 ? "" : ", " + failed + " failed") + ": "
                + text(requests(), bytesFetched(), bytesWanted(), waves());
    }

    private static String text(long requests, long fetched, long wanted, long waves) {
        return String.format(
                Locale.ROOT, "%d requests, %d bytes for %d bytes wanted, %d waves", requests, fetched, wanted, waves);
    }
}
