// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.error.H5Exception;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.AddressMap;
import io.h5coro.internal.call.Deadline;
import io.h5coro.internal.call.Turn;
import io.h5coro.internal.driver.MountedFile;
import io.h5coro.internal.fetch.Hedging;
import io.h5coro.internal.indexcache.IndexFolders;
import io.h5coro.internal.indexcache.IndexSession;
import io.h5coro.internal.resolve.MemoryLimit;
import io.h5coro.model.FileId;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.FileResolver;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The file behind the front door. What the index cache knows of it may be out of date: so whatever follows from
 * metadata is taken from {@link #confirmed()}, and a file that turns out to be another one is opened anew behind its
 * users' backs, as long as nothing was handed out. Thread-safe.
 */
public final class CurrentFile {
    private final Means means;
    private final FileResolver resolver;

    private final Storage storage;

    /** Whether the storage can be opened again from here, and is closed here. */
    private final boolean owned;

    private final Object lock = new Object();

    /** All that was opened, the last one being the one that counts. */
    @GuardedBy("lock")
    private final List<Opening> openings = new ArrayList<>();

    /** Writes are guarded by {@link #lock}. */
    private volatile boolean closed;

    /** Held while the file is opened anew, which may take long. */
    private final Turn renewal = new Turn();

    /** The one that counts. Invariant: its superblock was read; replaced only under {@link #renewal}. */
    private volatile Opening current;

    private CurrentFile(Storage storage, boolean owned, Means means, FileResolver resolver) {
        this.means = means;
        this.resolver = resolver;
        this.storage = storage;
        this.owned = owned;
        this.current = Deadline.within(machine(), means.options().deadline(), () -> null, this::first);
    }

    /** Opens what the caller's reader reads. */
    public static CurrentFile of(RangeReader callers, ReadOptions options, FileResolver resolver) {
        return new CurrentFile(
                hedging -> new MountedFile(hedging.around(callers), AddressMap.SAME),
                false,
                Means.of(options),
                resolver);
    }

    /** Opens a file, again when need be. */
    public static CurrentFile of(Storage storage, ReadOptions options, FileResolver resolver) {
        return of(storage, Means.of(options), resolver);
    }

    /** The same with means of the caller's, which outlive the file. */
    public static CurrentFile of(Storage storage, Means means, FileResolver resolver) {
        return new CurrentFile(storage, true, means, resolver);
    }

    /** Opens the storage. */
    @FunctionalInterface
    public interface Storage {
        /**
         * Opens it.
         *
         * @param hedging goes around its readers
         */
        MountedFile open(Hedging hedging);
    }

    /** One opening of the file, with the files that were opened because it names them. */
    private final class Opening implements Freshness {
        private final MountedFile mounted;
        private final IndexSession session;
        private final FileSet files;
        private @Nullable SourceFile file;

        Opening(Hedging hedging, boolean anew) {
            this.mounted = storage.open(hedging);
            IndexFolders folders = means.shared().folders();
            // A file of several objects has no siblings that are known by its own addresses.
            this.session = anew
                    ? IndexSession.openAnew(mounted.reader(), means.options(), folders)
                    : mounted.addresses() == AddressMap.SAME
                            ? IndexSession.openSibling(mounted.reader(), means.options(), folders, means.prior())
                            : IndexSession.open(mounted.reader(), means.options(), folders);
            this.files = new FileSet(mounted.reader().source(), means, hedging);
        }

        /** Reads the superblock. */
        void read() {
            SourceFile read = SourceFile.open(new SourceFile.Opening(
                    new MountedFile(session.reader(), mounted.addresses()),
                    session,
                    means.filters(),
                    new NamedFiles(FileId.opened(mounted.reader().source()), resolver, files),
                    this));
            files.opened(mounted.reader().source(), read);
            if (session.wantsLandmarks()) {
                session.landmarks(Landmarks.of(read.catalog().file()));
            }
            file = read;
        }

        SourceFile file() {
            return java.util.Objects.requireNonNull(file);
        }

        @Override
        public boolean isConfirmed() {
            return session.isConfirmed();
        }

        @Override
        public CompletableFuture<Void> confirm() {
            return session.confirm();
        }

        @Override
        public H5Exception failure(Throwable unconfirmed) {
            return session.failure(unconfirmed);
        }

        @Override
        public Optional<SourceFile> renewed() {
            return owned ? Optional.of(inPlaceOf(this).file()) : Optional.empty();
        }

        void close() {
            if (file != null) {
                session.saveFamily(files.totals().data(0).bytes());
            }
            session.save();
            files.close();
            if (owned) {
                mounted.reader().close();
            }
        }
    }

    /** Opens with the index cache, and without it when that leads nowhere. Blocks. */
    private Opening first() {
        Opening opening = opening(false);
        try {
            return kept(opening);
        } catch (H5Exception e) {
            if (opening.isConfirmed()) {
                throw e;
            }
            // What the cache knows may be wrong, and what it says of the file then is no answer.
            if (!owned) {
                opening.session.awaitConfirmed();
                throw e;
            }
            return kept(opening(true));
        }
    }

    /**
     * Opens the storage; the superblock is not read yet.
     *
     * @param anew whether what the index cache knows is left aside
     */
    private Opening opening(boolean anew) {
        Hedging hedging = Hedging.of(means.options(), machine());
        try {
            return new Opening(hedging, anew);
        } catch (RuntimeException | Error e) {
            hedging.close();
            throw e;
        }
    }

    /**
     * An opening whose superblock was read and that will be closed.
     *
     * @throws ReadAbortedException when the file was closed meanwhile; the opening is closed then
     */
    private Opening kept(Opening opening) {
        boolean kept = false;
        try {
            opening.read();
            synchronized (lock) {
                kept = !closed && openings.add(opening);
            }
        } finally {
            if (!kept) {
                opening.close();
            }
        }
        if (!kept) {
            throw new ReadAbortedException(Where.source(opening.mounted.reader().source()), SourceFile.CLOSED);
        }
        return opening;
    }

    /**
     * The opening that took the place of one whose metadata are wrong, made by whoever comes first. Blocks. A second
     * caller waits for the first and takes its result.
     */
    private Opening inPlaceOf(Opening stale) {
        return renewal.during(Where.source(source()), () -> {
            if (current == stale) {
                current = kept(opening(true));
            }
            return current;
        });
    }

    /**
     * Does one call of the user: within one deadline, however many steps it has.
     *
     * @throws ReadAbortedException when the file is closed, the deadline passes or the thread is interrupted
     */
    public <T extends @Nullable Object> T within(Supplier<T> call) {
        return Deadline.within(machine(), means.options().deadline(), this::over, () -> {
            checkOpen();
            return MemoryLimit.within(Where.source(source()), call);
        });
    }

    private @Nullable String over() {
        return closed ? SourceFile.CLOSED : null;
    }

    private void checkOpen() {
        if (closed) {
            throw new ReadAbortedException(Where.source(source()), SourceFile.CLOSED);
        }
    }

    private Machine machine() {
        return means.shared().machine();
    }

    /** What messages call it. */
    public String source() {
        return current.mounted.reader().source();
    }

    /**
     * The file; what it says of itself is true. Blocks for one request when nothing else has told so far.
     *
     * @throws H5Exception when the storage cannot be read
     * @throws ObjectChangedException when the reader is the caller's, and the object another one than the cache knows
     */
    public SourceFile confirmed() {
        Opening now = current;
        try {
            now.session.awaitConfirmed();
            return now.file();
        } catch (ObjectChangedException e) {
            if (!owned) {
                throw e;
            }
            return inPlaceOf(now).file();
        }
    }

    /** The file; what it says of itself may be out of date, and only a call sees to that. */
    public SourceFile unconfirmed() {
        return current.file();
    }

    /**
     * What is known of its metadata by now, for another process: the content of a
     * {@link io.h5coro.internal.indexcache.NotedEntry}. Empty when more than so many bytes would be needed, or nothing
     * certain was noted.
     */
    public Optional<byte[]> note(int mostBytes) {
        return current.session.note(mostBytes);
    }

    /** Closes all that was opened here. Idempotent. */
    public void close() {
        List<Opening> all;
        synchronized (lock) {
            closed = true;
            all = List.copyOf(openings);
            openings.clear();
        }
        all.forEach(Opening::close);
    }
}
