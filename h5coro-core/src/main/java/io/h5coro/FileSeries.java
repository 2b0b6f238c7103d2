// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.H5Exception;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.internal.engine.Call;
import io.h5coro.internal.file.CurrentFile;
import io.h5coro.internal.file.Means;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.internal.series.Member;
import io.h5coro.internal.series.SeriesRun;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadPlan;
import io.h5coro.model.ReadStatistics;
import io.h5coro.model.SeriesPlan;
import io.h5coro.storage.LocationText;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import io.h5coro.storage.machine.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Many files that are read one after the other. While the caller works on one file, the metadata of the next ones and
 * then their data are on their way. {@link H5Coro#series} makes one.
 *
 * <pre>{@code
 * List<DatasetRequest> requests = List.of(DatasetRequest.of("/gt1l/heights/h_ph"));
 * try (FileSeries series = H5Coro.series(locations, requests, FileSeries.Options.defaults())) {
 *     for (FileSeries.Entry file : series) {
 *         consume(file.location(), file.get("/gt1l/heights/h_ph"));
 *     }
 * }
 * }</pre>
 *
 * <p>How far the series reads ahead follows from bytes, {@link Options#aheadBytes()}:
 *
 * <ul>
 *   <li>Results that the caller has not come to have three quarters of them, metadata of open files the rest. One file
 *       is read ahead whatever its size, as far as the memory budget has room for it.
 *   <li>Results ahead count in the {@link ReadOptions#memoryBudget()} until the caller comes to them. When another call
 *       would have to wait for room, files that are furthest ahead give way. They are read again when it is their turn.
 *   <li>The series stops reading ahead while the caller takes no further file.
 *   <li>At most 1024 files are ahead, also those that have failed.
 *   <li>At most 16 files are open at once, besides the one that the caller waits for. A file is closed, with its
 *       caches, as soon as its requests have ended.
 * </ul>
 *
 * <p>A file whose location differs from those of files that were read before in numbers only is asked for metadata
 * where they had them, with its first requests. That saves round trips where the files are of one product, and never
 * changes a value. {@link io.h5coro.model.IndexCache} says what wrong guesses cost.
 *
 * <p>A failure affects its own file or request, and the iteration goes on. A file that cannot be opened is an
 * {@link Entry} with a failure. A dataset that cannot be read is a failed request of its entry's promise.
 *
 * <p>Each file has two deadlines of {@link ReadOptions#deadline()}: one for opening it and for the function that says
 * what to read, and one for its requests. The time that requests wait until the series may read further ahead does not
 * count.
 *
 * <p>A caller who leaves the iteration early closes the series, which reads ahead until then.
 *
 * <p>One thread iterates. Entries and their promises may be used by any thread, also after the iteration. Any thread
 * may call {@link #close()} and {@link #concat}.
 */
public final class FileSeries implements Iterable<FileSeries.Entry>, AutoCloseable {
    /** Files that joined datasets keep open from one read to the next. Each has a handle, caches and a few threads. */
    private static final int KEPT_OPEN = SeriesRun.MOST_OPEN;

    /** A file is one version of its object while it is open: that is what joined datasets want. */
    private static final Duration KEPT_FOR = Duration.ofDays(1);

    private final List<String> locations;
    private final Function<H5Coro, List<DatasetRequest>> requests;
    private final Options options;
    private final ExecutorService openers;
    private final AtomicBoolean iterated = new AtomicBoolean();
    private final H5Files kept;

    /** Files of the series learn from those before them where metadata are. */
    private final Means means;

    /** What is under way; closed with the series. */
    private final Set<SeriesRun> runs = Collections.synchronizedSet(new LinkedHashSet<>());

    private volatile boolean closed;

    FileSeries(List<String> locations, Function<H5Coro, List<DatasetRequest>> requests, Options options) {
        this(locations, requests, options, Means.of(options.read()));
    }

    /**
     * The same with means of the caller's.
     *
     * @param means with the options of each file
     */
    FileSeries(List<String> locations, Function<H5Coro, List<DatasetRequest>> requests, Options options, Means means) {
        this.locations = List.copyOf(locations);
        this.requests = requests;
        this.options = options;
        this.means = means.ofSiblings();
        this.openers = means.shared().openers(SeriesRun.MOST_OPEN);
        this.kept = new H5Files(means, options.opener(), KEPT_OPEN, KEPT_FOR, machine()::nanoTime);
    }

    /**
     * How a series is read. Immutable.
     *
     * <pre>{@code
     * FileSeries.Options options = FileSeries.Options.defaults().withAheadBytes(64 << 20).asTheyCome();
     * }</pre>
     *
     * @param read options of every file
     * @param opener opens every file, and the files that it names when they lie in its folder or below it
     * @param ordered whether files are handed over in the order of their locations, else as their requests end.
     *     Default: true
     * @param aheadBytes most bytes of results and metadata that are read ahead, but not more than half of the memory
     *     budget. 0 opens each file when it is asked for. Default: 256 MiB
     */
    public record Options(ReadOptions read, SiblingFiles.Opener opener, boolean ordered, long aheadBytes) {
        /** What 32 connections of 90 MB/s bring in 90 ms: a round trip of an object store, and some for jitter. */
        private static final long AHEAD_BYTES = 256L << 20;

        /**
         * Checks the number.
         *
         * @throws IllegalArgumentException when {@code aheadBytes} is negative
         */
        public Options {
            Objects.requireNonNull(read);
            Objects.requireNonNull(opener);
            if (aheadBytes < 0) {
                throw new IllegalArgumentException(aheadBytes + " bytes ahead");
            }
        }

        /** Returns the defaults, for files in storage that needs no options. */
        public static Options defaults() {
            return new Options(ReadOptions.defaults(), opener(StorageOptions.none()), true, AHEAD_BYTES);
        }

        private static SiblingFiles.Opener opener(StorageOptions storage) {
            return at -> Storages.open(at, storage);
        }

        /** Returns a copy with other options of every file. */
        public Options withRead(ReadOptions options) {
            return new Options(options, opener, ordered, aheadBytes);
        }

        /** Returns a copy with options of every file's storage, such as credentials, in place of an opener. */
        public Options withStorage(StorageOptions storage) {
            return new Options(read, opener(storage), ordered, aheadBytes);
        }

        /** Returns a copy with readers that the caller makes. They are closed with their file. */
        public Options withOpener(SiblingFiles.Opener other) {
            return new Options(read, other, ordered, aheadBytes);
        }

        /** Returns a copy that hands files over as their requests end, in place of the order of their locations. */
        public Options asTheyCome() {
            return new Options(read, opener, false, aheadBytes);
        }

        /** Returns a copy with another number of bytes that are read ahead, 0 or more. */
        public Options withAheadBytes(long bytes) {
            return new Options(read, opener, ordered, bytes);
        }
    }

    /** A file of the series, with the results of its requests. Thread-safe. */
    public static final class Entry {
        private final int index;
        private final String location;
        private final @Nullable ReadPromise promise;
        private final @Nullable Throwable failure;

        private Entry(SeriesRun.Taken taken, String location) {
            Call call = taken.call();
            this.index = taken.index();
            this.location = location;
            this.promise = call == null ? null : new ReadPromise(call, LocationText.shown(location));
            this.failure = taken.failure();
        }

        /** Returns the index of the file in the list of locations. */
        public int index() {
            return index;
        }

        /** Returns the location as the caller gave it, also what is secret of it. */
        public String location() {
            return location;
        }

        /**
         * Returns why there is no promise: the file could not be opened, or it is not known what to read of it.
         *
         * @return an {@link H5Exception}, what the caller's function threw, or a defect of this library; empty when
         *     there is a promise
         */
        public Optional<Throwable> failure() {
            return Optional.ofNullable(failure);
        }

        /**
         * Returns the results of the requests, which may be under way.
         *
         * @throws H5Exception the {@link #failure()}, when there is one
         */
        public ReadPromise promise() {
            if (promise == null) {
                throw ReadPromise.unchecked(failure);
            }
            return promise;
        }

        /**
         * Returns a result; blocks until it is available.
         *
         * @param name of the request
         * @throws H5Exception when the file or the request has failed; see {@link ReadPromise#get(String)}
         */
        public H5Array get(String name) {
            return promise().get(name);
        }

        /**
         * Returns the result of a request; blocks until it is available.
         *
         * @throws H5Exception when the file or the request has failed; see {@link ReadPromise#get(DatasetRequest)}
         */
        public H5Array get(DatasetRequest request) {
            return promise().get(request);
        }

        @Override
        public String toString() {
            return LocationText.shown(location) + (failure == null ? "" : ": " + failure);
        }
    }

    /** A file that is opened for its requests alone. */
    private final class Whole implements Member {
        private final String location;
        private final Function<H5Coro, List<DatasetRequest>> wishes;

        Whole(String location, Function<H5Coro, List<DatasetRequest>> wishes) {
            this.location = location;
            this.wishes = wishes;
        }

        @Override
        public String source() {
            return LocationText.shown(location);
        }

        @Override
        public Member.Opened open() {
            return new FileSeries.Opened(H5Coro.known(location, options.opener(), means), wishes);
        }
    }

    /**
     * An open file.
     *
     * @param wishes says what to read of it
     */
    record Opened(H5Coro handle, Function<H5Coro, List<DatasetRequest>> wishes) implements Member.Opened {
        @Override
        public CurrentFile file() {
            return handle.current();
        }

        @Override
        public List<DatasetRequest> requests() {
            return wishes.apply(handle);
        }

        @Override
        public void close() {
            handle.close();
        }
    }

    /**
     * Starts the iteration, and with it the reading. {@code hasNext()} does not block; it is true until every file was
     * handed over, also when the series is closed before. {@code next()} blocks until the next file is open and its
     * requests are under way or, when files come as they end, until they have ended.
     *
     * <p>{@code next()} throws {@link ReadAbortedException} when the series is closed, or when its thread is
     * interrupted; the interrupt flag is then set again, and the next call gives the same file. It never throws the
     * failure of a file.
     *
     * @throws IllegalStateException when it was called before: a series is iterated once
     */
    @Override
    public Iterator<Entry> iterator() {
        if (iterated.getAndSet(true)) {
            throw new IllegalStateException("a series is iterated once");
        }
        List<Whole> members = locations.stream()
                .map(location -> new Whole(location, requests))
                .toList();
        SeriesRun run = run(members, options.ordered());
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return run.hasNext();
            }

            @Override
            public Entry next() {
                if (!run.hasNext()) {
                    throw new NoSuchElementException();
                }
                SeriesRun.Taken taken = run.next();
                return new Entry(taken, locations.get(taken.index()));
            }
        };
    }

    private Machine machine() {
        return means.shared().machine();
    }

    /** Starts to read members. */
    SeriesRun run(List<? extends Member> members, boolean ordered) {
        long most = SharedMemory.of(options.read()).bytes() / 2;
        SeriesRun run = new SeriesRun(
                members,
                new SeriesRun.Terms(options.read(), Math.min(most, options.aheadBytes()), ordered, openers, machine()));
        runs.add(run);
        if (closed) {
            close();
        }
        return run.start();
    }

    /** Ends what is left of a run, which has to be no more of the series. */
    void end(SeriesRun run) {
        runs.remove(run);
        run.close();
    }

    /** The locations of the files. */
    List<String> locations() {
        return locations;
    }

    /** Options of every file. */
    ReadOptions read() {
        return options.read();
    }

    /** Opens a file, or gives one that a joined dataset has left open; blocks. */
    H5Coro kept(String location) {
        return kept.open(location);
    }

    /**
     * Joins a dataset of all files along its first dimension. Blocks until the metadata of all files are read, as many
     * at a time as a series has open; no data are read. Does not affect the iteration.
     *
     * @param path path of the dataset in each file
     * @return the dataset, usable until the series is closed
     * @throws io.h5coro.error.SelectionException when a file's dataset differs from the first one's in its type or in
     *     another dimension than the first, or has no dimension; the message names the file
     * @throws H5Exception when a file cannot be opened or has no such dataset; the message names the file
     * @throws IllegalArgumentException when the series has no file
     */
    public SeriesDataset concat(String path) {
        return SeriesDataset.of(this, path);
    }

    /**
     * Describes what iterating would fetch, of each file and as one sum, without reading data. Blocks until the
     * metadata of all files are read, as many at a time as a series has open. Each file is opened for it, and closed
     * again: with an {@link ReadOptions#indexCache()} the iteration does not read its metadata again. Does not affect
     * the iteration.
     *
     * @return a plan for each file, in the order of the locations. A file that cannot be opened, or of which it is not
     *     known what to read, fails alone. Requests that cannot be read are listed in the plan of their file
     * @throws ReadAbortedException when the series is closed, or the thread is interrupted
     */
    public SeriesPlan explain() {
        SeriesPlan.FilePlan[] plans = new SeriesPlan.FilePlan[locations.size()];
        List<Whole> members = new ArrayList<>();
        for (int i = 0; i < plans.length; i++) {
            int index = i;
            members.add(new Whole(locations.get(i), file -> {
                plans[index] = explained(locations.get(index), file);
                return List.of();
            }));
        }
        SeriesRun run = run(members, true);
        try {
            while (run.hasNext()) {
                SeriesRun.Taken taken = run.next();
                if (taken.failure() != null) {
                    plans[taken.index()] = new SeriesPlan.FilePlan(
                            locations.get(taken.index()),
                            new ReadPlan.Metadata(0, 0, 0),
                            Optional.empty(),
                            Optional.of(taken.failure()));
                }
            }
        } finally {
            end(run);
        }
        return new SeriesPlan(List.of(plans));
    }

    private SeriesPlan.FilePlan explained(String location, H5Coro file) {
        List<DatasetRequest> wanted = requests.apply(file);
        ReadStatistics opened = file.statistics();
        ReadPlan.Metadata cost =
                new ReadPlan.Metadata(opened.metadataRequests(), opened.metadataBytes(), opened.metadataWaves());
        ReadPlan plan = file.explain(wanted);
        return new SeriesPlan.FilePlan(location, cost, Optional.of(plan), Optional.empty());
    }

    /**
     * Ends the iteration and all reads of the series, closes its files and gives memory back. Results that are complete
     * stay as they are; others fail with {@link ReadAbortedException}. Idempotent.
     */
    @Override
    public void close() {
        closed = true;
        List.copyOf(runs).forEach(SeriesRun::close);
        kept.close();
        openers.shutdown();
    }
}
