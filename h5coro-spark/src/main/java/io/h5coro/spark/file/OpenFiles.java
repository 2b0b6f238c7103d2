// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.file;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.internal.pool.LeasePool;
import io.h5coro.internal.pool.Leased;
import io.h5coro.model.ReadOptions;
import io.h5coro.spark.option.SourceOptions.Opening;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
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
 * <p>Shares the pool of {@link io.h5coro.H5Files} with its rules on idle and old files. It adds what the tasks of a
 * query need: versions are the listing's, metadata may come with the task, and what a file has cost is handed out once
 * ({@link Lease#takeCosts()}).
 */
public final class OpenFiles {
    private static final int IDLE_FILES = 64;

    /** A file without a version that nobody uses is opened anew after this time, so that a replaced one is noticed. */
    private static final long AGE_NANOS = Duration.ofSeconds(30).toNanos();

    /** Pools with other credentials than the newest: those of queries that still run. */
    private static final int POOLS = 8;

    @GuardedBy("POOL_LOCK")
    private static final Map<Opening, OpenFiles> OF_THIS_PROCESS = new LinkedHashMap<>(16, 0.75f, true);

    private static final Object POOL_LOCK = new Object();

    private final StorageOptions storage;
    private final Door door;
    private final LeasePool<OpenFile> pool;

    OpenFiles(StorageOptions storage, ReadOptions read) {
        this(storage, Door.ofThisProcess(storage, read));
    }

    /** None yet, which are opened through a door. */
    public OpenFiles(StorageOptions storage, Door door) {
        this.storage = storage;
        this.door = door;
        this.pool = new LeasePool<>(new LeasePool.Terms(IDLE_FILES, AGE_NANOS, door.machine()::nanoTime));
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
        retired.forEach(old -> old.pool.keepNone());
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
        while (true) {
            Leased<OpenFile> open = pool.take(
                            listed.location(), known -> known.fits(listed), () -> new OpenFile(listed, door.machine()))
                    .orElseThrow();
            if (open.item().begin()) {
                fill(open);
                return new Lease(this, open);
            }
            open.item().await();
            if (!open.item().isGivenUp()) {
                return new Lease(this, open);
            }
            // The task that was opening it was ended; that is not for this one, which opens it itself or waits again.
            pool.giveBack(open);
        }
    }

    private void fill(Leased<OpenFile> open) {
        OpenFile file = open.item();
        ListedFile listed = file.listed();
        SiblingFiles.Opener opener = location -> file.openingCosts().around(pinned(location, listed));
        try {
            file.opened(door.file(listed, opener));
        } catch (Throwable e) {
            pool.forget(open);
            file.failed(e, Thread.currentThread().isInterrupted());
        }
    }

    private RangeReader pinned(String location, ListedFile listed) throws StorageException {
        RangeReader reader = door.reader(location);
        if (listed.version() != null && listed.sizeBytes() >= 0 && location.equals(listed.location())) {
            // Where it cannot be pinned, the first answer pins it.
            reader.expect(listed.version(), listed.sizeBytes());
        }
        return reader;
    }

    void giveBack(Leased<OpenFile> open) {
        pool.giveBack(open);
    }
}
