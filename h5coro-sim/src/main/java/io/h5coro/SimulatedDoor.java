// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.Where;
import io.h5coro.internal.decode.FilterRegistry;
import io.h5coro.internal.file.Means;
import io.h5coro.internal.file.Openings;
import io.h5coro.internal.file.SharedResources;
import io.h5coro.internal.indexcache.NotedEntry;
import io.h5coro.internal.indexcache.Prior;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.LocationText;
import io.h5coro.storage.SiblingFiles;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The front door on another machine than this process's. */
public final class SimulatedDoor {
    private SimulatedDoor() {}

    /**
     * Opens a file; blocks.
     *
     * @param shared has the machine
     */
    public static H5Coro open(
            String location, SiblingFiles.Opener opener, ReadOptions options, SharedResources shared) {
        return H5Coro.known(location, opener, new Means(options, FilterRegistry.installed(), shared));
    }

    /**
     * Opens a file with what another process has noted of its metadata; blocks.
     *
     * @param means without such knowledge
     */
    public static H5Coro open(String location, SiblingFiles.Opener opener, Means means, MetadataNote note) {
        Prior prior = new Prior(null, new NotedEntry(note.toBytes()));
        return H5Coro.known(location, opener, new Means(means.options(), means.filters(), means.shared(), prior));
    }

    /** Opens a file for one who does not wait; as {@link H5Coro#openAsync} does it. */
    public static CompletableFuture<H5Coro> openAsync(
            String location, SiblingFiles.Opener opener, ReadOptions options, SharedResources shared) {
        return new Openings(shared)
                .start(
                        Where.source(LocationText.shown(location)),
                        options.deadline(),
                        () -> open(location, opener, options, shared),
                        H5Coro::close);
    }

    /** A pool of open files. */
    public static H5Files files(
            ReadOptions options, SiblingFiles.Opener opener, Keeping terms, SharedResources shared) {
        return new H5Files(
                new Means(options, FilterRegistry.installed(), shared),
                opener,
                terms.idleFiles(),
                terms.age(),
                shared.machine()::nanoTime);
    }

    /**
     * What a pool keeps.
     *
     * @param idleFiles that nobody uses
     * @param age of those that are opened again
     */
    public record Keeping(int idleFiles, Duration age) {}

    /** A series of files. */
    public static FileSeries series(
            List<String> locations, List<DatasetRequest> requests, FileSeries.Options options, SharedResources shared) {
        return new FileSeries(
                locations, file -> requests, options, new Means(options.read(), FilterRegistry.installed(), shared));
    }

    /** The canonical bytes of each element. */
    public static List<byte[]> elements(H5Array array) {
        return CanonicalBytes.elements(array);
    }
}
