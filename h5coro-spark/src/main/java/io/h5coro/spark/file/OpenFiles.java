// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.file;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.H5Coro;
import io.h5coro.MetadataNote;
import io.h5coro.model.ReadOptions;
import io.h5coro.spark.option.SourceOptions.Opening;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The open files of a process: pieces of one file, and queries that follow one another, open it once. A file that a
 * listing gave a version of is pinned to it, so that no query mixes two versions; another version is opened anew.
 * Thread-safe.
 *
 * <p>Differs from {@link io.h5coro.H5Files} in that: versions are the listing's, and what a file has cost is handed out
 * once ({@link Lease#takeCosts()}).
 */
public final class OpenFiles {
    private static final int IDLE_FILES = 64;

    /** A file without a version is opened anew after this time, so that a replaced one is noticed. */
    private static final long AGE_NANOS = Duration.ofSeconds(30).toNanos();

    /** Pools with other credentials than the newest: those of queries that still run. */
    private static final int POOLS = 8;

    @GuardedBy("POOL_LOCK")
    private static final Map<Opening, OpenFiles> OF_THIS_PROCESS = new LinkedHashMap<>(16, 0.75f, true);

    private static final Object POOL_LOCK = new Object();

    private final StorageOptions storage;
    private final ReadOptions read;

    @GuardedBy("this")
    private final Map<String, OpenFile> current = new LinkedHashMap<>(16, 0.75f, true);

    @GuardedBy("this")
    private boolean isRetired;

    OpenFiles(StorageOptions storage, ReadOptions read) {
        this.storage = storage;
        this.read = read;
    }

    /** Returns the files that are opened in one way. */
    public static OpenFiles of(Opening opening) {
        List<OpenFiles> retired = new ArrayList<>();
        OpenFiles files;
        synchronized (POOL_LOCK) {
            files = OF_THIS_PROCESS.computeIfAbsent(
                    opening, how -> new OpenFiles(how.storage().toOptions(), ExecutorShare.options(how.memoryBytes())));
            Iterator<OpenFiles> eldest = OF_THIS_PROCESS.values().iterator();
            while (OF_THIS_PROCESS.size() > POOLS) {
                retired.add(eldest.next());
                eldest.remove();
            }
        }
        retired.forEach(OpenFiles::retire);
        return files;
    }

    /** Returns the options of the storage. */
    public StorageOptions storage() {
        return storage;
    }

    /**
     * Opens a file, or shares one that is open. Blocks.
     *
     * @return given back by the caller; says whether the file could be opened, and what that cost
     */
    public Lease open(ListedFile listed) {
        OpenFile file;
        List<OpenFile> unused = new ArrayList<>();
        boolean isNew = false;
        synchronized (this) {
            OpenFile known = current.get(listed.location());
            if (known != null && !isUsable(known, listed)) {
                expire(known, unused);
                known = null;
            }
            if (known == null) {
                known = new OpenFile(listed, System.nanoTime());
                current.put(listed.location(), known);
                isNew = true;
            }
            known.users++;
            file = known;
        }
        unused.forEach(OpenFile::close);
        if (isNew) {
            fill(file);
        }
        return new Lease(this, file);
    }

    private static boolean isUsable(OpenFile known, ListedFile wanted) {
        if (wanted.version() != null) {
            return wanted.version().equals(known.version());
        }
        return System.nanoTime() - known.openedNanos() < AGE_NANOS;
    }

    private void fill(OpenFile file) {
        ListedFile listed = file.listed();
        SiblingFiles.Opener opener = location -> file.openingCosts().around(pinned(location, listed));
        MetadataNote note = listed.note();
        try {
            file.opened(
                    note != null
                            ? note.open(listed.location(), read, opener)
                            : H5Coro.open(
                                    listed.location(),
                                    read,
                                    opener,
                                    SiblingFiles.ofLocation(listed.location(), opener)));
        } catch (Throwable e) {
            synchronized (this) {
                forget(file);
            }
            file.failed(e);
        }
    }

    private RangeReader pinned(String location, ListedFile listed) throws StorageException {
        RangeReader reader = Storages.open(location, storage);
        if (listed.version() != null && listed.sizeBytes() >= 0 && location.equals(listed.location())) {
            // Where it cannot be pinned, the first answer pins it.
            reader.expect(listed.version(), listed.sizeBytes());
        }
        return reader;
    }

    @GuardedBy("this")
    private void forget(OpenFile file) {
        if (file.isCurrent) {
            file.isCurrent = false;
            current.remove(file.listed().location());
        }
    }

    @GuardedBy("this")
    private void expire(OpenFile file, List<OpenFile> unused) {
        forget(file);
        if (file.users == 0) {
            unused.add(file);
        }
    }

    void giveBack(OpenFile file) {
        List<OpenFile> unused = new ArrayList<>();
        synchronized (this) {
            file.users--;
            if (!file.isCurrent && file.users == 0) {
                unused.add(file);
            }
            closeIdle(isRetired ? 0 : IDLE_FILES, unused);
        }
        unused.forEach(OpenFile::close);
    }

    @GuardedBy("this")
    private void closeIdle(int kept, List<OpenFile> unused) {
        List<OpenFile> idle =
                current.values().stream().filter(file -> file.users == 0).toList();
        for (int i = 0; i < idle.size() - kept; i++) {
            expire(idle.get(i), unused);
        }
    }

    private void retire() {
        List<OpenFile> unused = new ArrayList<>();
        synchronized (this) {
            isRetired = true;
            closeIdle(0, unused);
        }
        unused.forEach(OpenFile::close);
    }
}
