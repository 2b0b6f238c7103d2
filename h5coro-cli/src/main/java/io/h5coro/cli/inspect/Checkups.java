// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.H5Coro;
import io.h5coro.cli.file.FilesAhead;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.Once;
import io.h5coro.cli.file.OpenMixin;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageProfile;
import io.h5coro.storage.Storages;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks through files one after another, and through those far away before it is their turn, a few of them together.
 * What each costs is counted by itself. Confined to one thread.
 */
final class Checkups implements AutoCloseable {
    private final OpenMixin open;
    private final int mostDatasets;
    private final FilesAhead files;

    /** Of open files, each made once: a second one would count what the first has cost, too. */
    private final Map<H5Coro, Once<Checkup.Found>> made = new ConcurrentHashMap<>();

    /**
     * Nothing is opened yet.
     *
     * @param all the files in the order in which they will be asked for
     * @param mostDatasets datasets of a file that are looked at
     */
    Checkups(OpenMixin open, List<Location> all, int mostDatasets) {
        this.open = open;
        this.mostDatasets = mostDatasets;
        this.files = new FilesAhead(this::opened, all, (file, path) -> found(file));
    }

    private H5Coro opened(String location) {
        WatchedFiles watched = new WatchedFiles(this::reader, StorageProfile.REMOTE);
        // Files that this one names are opened, but what is said of the layout is said of this one.
        H5Coro file = H5Coro.open(location, open.options(), watched, SiblingFiles.ofLocation(location, this::reader));
        made.put(file, new Once<>(() -> new Checkup(file, mostDatasets).run(watched)));
        return file;
    }

    private RangeReader reader(String location) throws StorageException {
        return Storages.open(location, open.storage());
    }

    /** Returns what is found in a file; blocks. */
    Checkup.Found of(String location) {
        try (H5Coro file = files.open(location)) {
            try {
                return found(file);
            } finally {
                made.remove(file);
            }
        }
    }

    private Checkup.Found found(H5Coro file) {
        return Objects.requireNonNull(made.get(file)).get();
    }

    /** Gives up the files that are left. */
    @Override
    public void close() {
        files.close();
    }
}
