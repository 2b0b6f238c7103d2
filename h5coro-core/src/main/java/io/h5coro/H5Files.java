// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.H5Exception;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.Where;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.LocationText;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Open files for a service: who opens a location that is open already shares that file, with its caches and its
 * requests. Thread-safe; has no thread of its own.
 *
 * <pre>{@code
 * H5Files files = H5Files.create(ReadOptions.defaults(), StorageOptions.none());
 * ...
 * try (H5Coro file = files.open("s3://bucket/granule.h5")) {
 *     H5Array heights = file.read("/gt1l/heights/h_ph[0:1000]");
 * }
 * }</pre>
 *
 * <p>A file that nobody uses is kept, up to a number of files, the one that was used last the longest. It is opened
 * again when it was opened longer ago than an age: an object that was replaced is then read anew. One whose storage has
 * said that it was replaced ({@link io.h5coro.error.ObjectChangedException}) is opened again by the next {@link #open},
 * whoever still uses the old one. Ages are looked at when a file is opened or given back.
 */
public final class H5Files implements AutoCloseable {
    private static final int IDLE_FILES = 64;
    private static final Duration AGE = Duration.ofMinutes(1);

    private final ReadOptions options;
    private final SiblingFiles.Opener opener;
    private final int idleFiles;
    private final long ageNanos;
    private final LongSupplier clock;

    private final Object lock = new Object();

    /** Invariant: the files that the next one to open a location shares. Guarded by the lock, as all that changes. */
    private final Map<String, PooledFile> current = new HashMap<>();

    /** Invariant: files that are used and no longer current. */
    private final Set<PooledFile> retired = new HashSet<>();

    private boolean closed;

    H5Files(ReadOptions options, SiblingFiles.Opener opener, int idleFiles, Duration age, LongSupplier clock) {
        if (idleFiles < 0 || age.isNegative()) {
            throw new IllegalArgumentException(idleFiles + " idle files, of an age of " + age);
        }
        this.options = options;
        this.opener = opener;
        this.idleFiles = idleFiles;
        this.ageNanos = age.toNanos();
        this.clock = clock;
    }

    /** Files with the same options, of which up to 64 are kept that nobody uses, up to a minute old. */
    public static H5Files create(ReadOptions options, StorageOptions storage) {
        return create(options, storage, IDLE_FILES, AGE);
    }

    /**
     * Files with the same options.
     *
     * @param idleFiles most files kept that nobody uses
     * @param age time after its opening from which on a file that nobody uses is opened again
     */
    public static H5Files create(ReadOptions options, StorageOptions storage, int idleFiles, Duration age) {
        return new H5Files(options, at -> Storages.open(at, storage), idleFiles, age, System::nanoTime);
    }

    /**
     * Opens a location, or shares the file that is open. Opening one from many threads at once costs its requests once.
     *
     * @param location as for {@link H5Coro#open(String)}
     * @return a file whose {@code close} gives it back, without ending its reads
     * @throws H5Exception what keeps it from being opened, for all who waited for that
     */
    public H5Coro open(String location) {
        while (true) {
            PooledFile file;
            List<PooledFile> old = new ArrayList<>();
            synchronized (lock) {
                checkOpen(location);
                file = current.get(location);
                if (file == null || isStale(file)) {
                    if (file != null) {
                        retire(file, old);
                    }
                    file = new PooledFile(location, opener, clock.getAsLong());
                    current.put(location, file);
                }
                file.users++;
            }
            old.forEach(PooledFile::close);
            boolean opened = false;
            try {
                PooledFile used = file;
                H5Coro shared = new H5Coro(file.get(options), () -> release(used));
                opened = true;
                return shared;
            } catch (ReadAbortedException e) {
                // When the thread that was to open it was interrupted, that is no reason for another one.
                if (!file.hasFailed() || file.openedBy(Thread.currentThread())) {
                    throw e;
                }
            } finally {
                if (!opened) {
                    giveUp(file);
                }
            }
        }
    }

    /** Somebody could not wait for a file, or it could not be opened: then it is nobody's any more. */
    private void giveUp(PooledFile file) {
        if (file.hasFailed()) {
            synchronized (lock) {
                current.remove(file.location(), file);
            }
        }
        release(file);
    }

    private void checkOpen(String location) {
        if (closed) {
            throw new ReadAbortedException(Where.source(LocationText.shown(location)), "the files were closed");
        }
    }

    private boolean isStale(PooledFile file) {
        return file.hasChanged() || (file.users == 0 && clock.getAsLong() - file.since >= ageNanos);
    }

    private void release(PooledFile file) {
        List<PooledFile> old = new ArrayList<>();
        synchronized (lock) {
            file.users--;
            file.lastUsed = clock.getAsLong();
            if (file.users == 0 && retired.remove(file)) {
                old.add(file);
            }
            List<PooledFile> idle = new ArrayList<>();
            for (PooledFile one : List.copyOf(current.values())) {
                if (isStale(one)) {
                    retire(one, old);
                } else if (one.users == 0) {
                    idle.add(one);
                }
            }
            idle.sort(Comparator.comparingLong(one -> one.lastUsed));
            for (PooledFile one : idle.subList(0, Math.max(0, idle.size() - idleFiles))) {
                retire(one, old);
            }
        }
        old.forEach(PooledFile::close);
    }

    /** Takes a file out of those that are shared; called under the lock. */
    private void retire(PooledFile file, List<PooledFile> old) {
        current.remove(file.location(), file);
        if (file.users == 0) {
            old.add(file);
        } else {
            retired.add(file);
        }
    }

    /** Files that are open, used or not. */
    public int openFiles() {
        synchronized (lock) {
            return current.size() + retired.size();
        }
    }

    /** Closes all files, also those in use, as {@link H5Coro#close()} does. Idempotent. */
    @Override
    public void close() {
        List<PooledFile> all;
        synchronized (lock) {
            closed = true;
            all = new ArrayList<>(current.values());
            all.addAll(retired);
            current.clear();
            retired.clear();
        }
        all.forEach(PooledFile::close);
    }

    @Override
    public String toString() {
        return openFiles() + " open files";
    }
}
