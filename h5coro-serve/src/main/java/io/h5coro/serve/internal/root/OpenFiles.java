// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.root;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.H5Coro;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.Where;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.FileResolver;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Open files, shared among requests. A file is opened again when it has another version than the open one, or was
 * opened a while ago where the storage tells no version. Thread-safe.
 */
public final class OpenFiles implements AutoCloseable {
    private static final int IDLE_FILES = 64;
    private static final long AGE_NANOS = 10_000_000_000L;

    private final Function<ServedFile, H5Coro> opener;
    private final LongSupplier clock;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<String, Entry> entries = new HashMap<>();

    @GuardedBy("lock")
    private boolean closed;

    /** Makes a pool without files. */
    public OpenFiles(ReadOptions options, StorageOptions storage) {
        this(file -> opened(file, options, storage), System::nanoTime);
    }

    OpenFiles(Function<ServedFile, H5Coro> opener, LongSupplier clock) {
        this.opener = opener;
        this.clock = clock;
    }

    /**
     * Opens a file, or shares it.
     *
     * @return gives the file back when it is closed
     * @throws ReadAbortedException when the pool is closed
     * @throws io.h5coro.error.H5Exception when it cannot be opened
     */
    public Lease open(ServedFile file) {
        Entry entry;
        List<Entry> old = new ArrayList<>();
        synchronized (lock) {
            if (closed) {
                throw closed();
            }
            entry = entries.get(file.location());
            if (entry == null || !entry.isCurrent(file, clock.getAsLong())) {
                if (entry != null) {
                    retire(entry, old);
                }
                entry = new Entry(file, clock.getAsLong());
                entries.put(file.location(), entry);
            }
            entry.users++;
        }
        old.forEach(Entry::close);
        boolean opened = false;
        try {
            Lease lease = new Lease(this, entry, entry.open(opener));
            opened = true;
            return lease;
        } finally {
            if (!opened) {
                forget(entry);
                release(entry);
            }
        }
    }

    private static ReadAbortedException closed() {
        return new ReadAbortedException(Where.source("a served file"), "the files were closed");
    }

    private static H5Coro opened(ServedFile file, ReadOptions options, StorageOptions storage) {
        SiblingFiles.Opener opener = location -> Storages.open(location, storage);
        if (file.root() instanceof LocalRoot root) {
            Path path = Path.of(file.location());
            SiblingFiles.Opener local = location -> Storages.open(Path.of(location), StorageOptions.none());
            return H5Coro.open(file.location(), options, local, new ConfinedResolver(root, path));
        }
        FileResolver siblings = SiblingFiles.ofLocation(file.location(), opener);
        return H5Coro.open(file.location(), options, opener, siblings);
    }

    private void forget(Entry entry) {
        List<Entry> old = new ArrayList<>();
        synchronized (lock) {
            if (entries.get(entry.file.location()) == entry) {
                retire(entry, old);
            }
        }
        old.forEach(Entry::close);
    }

    private void release(Entry entry) {
        List<Entry> old = new ArrayList<>();
        synchronized (lock) {
            entry.users--;
            entry.lastUsed = clock.getAsLong();
            if (entry.users == 0 && entry.retired) {
                old.add(entry);
            }
            List<Entry> idle = new ArrayList<>(
                    entries.values().stream().filter(one -> one.users == 0).toList());
            idle.sort(Comparator.comparingLong(one -> one.lastUsed));
            for (Entry one : idle.subList(0, Math.max(0, idle.size() - IDLE_FILES))) {
                retire(one, old);
            }
        }
        old.forEach(Entry::close);
    }

    @GuardedBy("lock")
    private void retire(Entry entry, List<Entry> old) {
        entries.remove(entry.file.location(), entry);
        entry.retired = true;
        if (entry.users == 0) {
            old.add(entry);
        }
    }

    /** Returns the number of files that are open for the next request. */
    public int size() {
        synchronized (lock) {
            return entries.size();
        }
    }

    /** Closes all files, also those in use; none is opened from then on. Idempotent. */
    @Override
    public void close() {
        List<Entry> all;
        synchronized (lock) {
            closed = true;
            all = List.copyOf(entries.values());
            entries.clear();
        }
        all.forEach(Entry::close);
    }

    /** An open file. Its counts are guarded by the lock of the pool. */
    private static final class Entry {
        private final ServedFile file;
        private final long since;
        private long lastUsed;
        private int users;
        private boolean retired;

        @GuardedBy("this")
        private @Nullable H5Coro opened;

        /** Whoever took it before, and comes to open it now, does not. */
        @GuardedBy("this")
        private boolean closed;

        Entry(ServedFile file, long since) {
            this.file = file;
            this.since = since;
        }

        boolean isCurrent(ServedFile now, long nanos) {
            return now.version().equals(file.version())
                    && now.bytes() == file.bytes()
                    && (!now.version().isEmpty() || nanos - since < AGE_NANOS);
        }

        synchronized H5Coro open(Function<ServedFile, H5Coro> opener) {
            if (closed) {
                throw OpenFiles.closed();
            }
            if (opened == null) {
                opened = opener.apply(file);
            }
            return opened;
        }

        synchronized void close() {
            closed = true;
            if (opened != null) {
                opened.close();
            }
        }
    }

    /** A file in use; given back once. Confined to one thread. */
    public static final class Lease implements AutoCloseable {
        private final OpenFiles files;
        private final Entry entry;
        private final H5Coro opened;

        private Lease(OpenFiles files, Entry entry, H5Coro opened) {
            this.files = files;
            this.entry = entry;
            this.opened = opened;
        }

        /** Returns the file, which is not closed. */
        public H5Coro file() {
            return opened;
        }

        /** Has the next request open the file again. */
        public void forget() {
            files.forget(entry);
        }

        @Override
        public void close() {
            files.release(entry);
        }
    }
}
