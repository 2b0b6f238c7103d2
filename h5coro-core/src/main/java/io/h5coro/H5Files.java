// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.H5Exception;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.Where;
import io.h5coro.internal.call.Deadline;
import io.h5coro.internal.file.Means;
import io.h5coro.internal.pool.LeasePool;
import io.h5coro.internal.pool.Leased;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.LocationText;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.time.Duration;
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

    private final Means means;
    private final SiblingFiles.Opener opener;
    private final LeasePool<PooledFile> pool;

    H5Files(Means means, SiblingFiles.Opener opener, int idleFiles, Duration age, LongSupplier clock) {
        if (idleFiles < 0 || age.isNegative()) {
            throw new IllegalArgumentException(idleFiles + " idle files, of an age of " + age);
        }
        this.means = means;
        this.opener = opener;
        Duration longest = Duration.ofNanos(Long.MAX_VALUE);
        long ageNanos = age.compareTo(longest) < 0 ? age.toNanos() : Long.MAX_VALUE;
        this.pool = new LeasePool<>(new LeasePool.Terms(idleFiles, ageNanos, clock));
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
        return new H5Files(Means.of(options), at -> Storages.open(at, storage), idleFiles, age, System::nanoTime);
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
        // One for all tries: each of them may wait for a thread that then gives up.
        Deadline until =
                Deadline.currentOr(means.shared().machine(), means.options().deadline());
        while (true) {
            Leased<PooledFile> lease = pool.take(location, file -> true, () -> new PooledFile(location, opener))
                    .orElseThrow(() -> new ReadAbortedException(
                            Where.source(LocationText.shown(location)), "the files were closed"));
            PooledFile file = lease.item();
            boolean opened = false;
            try {
                H5Coro shared = new H5Coro(file.get(means, until), () -> pool.giveBack(lease));
                opened = true;
                return shared;
            } catch (ReadAbortedException e) {
                // When the thread that was to open it was interrupted, that is no reason for another one.
                if (!file.hasFailed() || file.openedBy(Thread.currentThread())) {
                    throw e;
                }
            } finally {
                if (!opened) {
                    giveUp(lease);
                }
            }
        }
    }

    /** Releases a file that could not be opened, or for which a thread could not wait. */
    private void giveUp(Leased<PooledFile> lease) {
        if (lease.item().hasFailed()) {
            pool.forget(lease);
        }
        pool.giveBack(lease);
    }

    /** Returns the number of open files, in use or idle. */
    public int openFiles() {
        return pool.size();
    }

    /** Closes all files, also those in use, as {@link H5Coro#close()} does. Idempotent. */
    @Override
    public void close() {
        pool.close();
    }

    @Override
    public String toString() {
        return openFiles() + " open files";
    }
}
