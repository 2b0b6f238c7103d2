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
 * A pool of open files for a service. Opening a location that is already open returns a handle to the same file, with
 * its caches. Thread-safe; starts no thread.
 *
 * <pre>{@code
 * H5Files files = H5Files.create(ReadOptions.defaults(), StorageOptions.none());
 * ...
 * try (H5Coro file = files.open("s3://bucket/granule.h5")) {
 *     H5Array heights = file.read("/gt1l/heights/h_ph[0:1000]");
 * }
 * }</pre>
 *
 * <p>Files that are not in use stay open, up to a number of files; the one that has been idle longest is closed first.
 * {@link #open} opens a file again in two cases:
 *
 * <ul>
 *   <li>It is not in use and was opened longer ago than a maximum age, so that a replaced object is noticed.
 *   <li>Its storage has reported that the object was replaced ({@link io.h5coro.error.ObjectChangedException}). Handles
 *       to the old file stay as they are.
 * </ul>
 *
 * <p>Ages are checked when a file is opened or given back.
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

    /**
     * Invariant: the files that the next {@link #open} of their location shares. Guarded by the lock, like all mutable
     * state.
     */
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
        Duration longest = Duration.ofNanos(Long.MAX_VALUE);
        this.ageNanos = age.compareTo(longest) < 0 ? age.toNanos() : Long.MAX_VALUE;
        this.clock = clock;
    }

    /**
     * Creates a pool that keeps up to 64 idle files, each for up to one minute after its opening.
     *
     * @param options options of every file
     * @param storage options of every file's storage, such as credentials
     */
    public static H5Files create(ReadOptions options, StorageOptions storage) {
        return create(options, storage, IDLE_FILES, AGE);
    }

    /**
     * Creates a pool.
     *
     * @param options options of every file
     * @param storage options of every file's storage, such as credentials
     * @param idleFiles largest number of files kept open that are not in use; 0 or more
     * @param age time after its opening from which on an idle file is opened again; 0 or more
     * @throws IllegalArgumentException when {@code idleFiles} or {@code age} is negative
     */
    public static H5Files create(ReadOptions options, StorageOptions storage, int idleFiles, Duration age) {
        return new H5Files(options, at -> Storages.open(at, storage), idleFiles, age, System::nanoTime);
    }

    /**
     * Opens a location, or returns a handle to the file that is already open. When many threads open one location at
     * once, it is opened once and all of them wait for it.
     *
     * @param location as for {@link H5Coro#open(String)}
     * @return a handle whose {@code close} gives the file back and does not end its reads
     * @throws H5Exception when the file cannot be opened; every waiting thread gets this failure
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

    /** Releases a file that could not be opened, or for which a thread could not wait. */
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

    /** Returns the number of open files, in use or idle. */
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
