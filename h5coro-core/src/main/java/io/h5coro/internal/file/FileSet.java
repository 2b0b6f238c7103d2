// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.AddressMap;
import io.h5coro.internal.call.Turn;
import io.h5coro.internal.driver.MountedFile;
import io.h5coro.internal.fetch.Hedging;
import io.h5coro.internal.indexcache.IndexSession;
import io.h5coro.internal.resolve.ObjectCatalog;
import io.h5coro.model.FileId;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.RangeReader;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One file that was opened, and all others that were opened because it names them; each once, and those that do not
 * exist, too, so that nobody asks again. Thread-safe; closes them together.
 */
public final class FileSet {
    /** Most files that one file may make us open: below the usual bound of open files of a process, which is 1024. */
    private static final int MOST_FILES = 900;

    private final String source;
    private final Means means;
    private final Hedging hedging;
    private final ReadTotals totals;

    /** By what the reader calls its source; a file that goes by two sources has two slots. */
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();

    /** Readers of raw data by their source; never asked for metadata. */
    private final Map<String, RangeReader> raw = new ConcurrentHashMap<>();

    private final Map<ObjectCatalog, SourceFile> byCatalog = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * No file yet.
     *
     * @param source what messages call the main file
     * @param hedging goes around the readers of all files; closed with them
     */
    public FileSet(String source, Means means, Hedging hedging) {
        this.source = source;
        this.means = means;
        this.hedging = hedging;
        this.totals = new ReadTotals(new ReadCounters(means.shared().machine().nanoTime()));
    }

    /**
     * A file, once it has been looked for. Invariant: once {@code asked}, a null file means that it does not exist.
     * Written by who has its turn, so that only those who want the same file wait for its opening.
     */
    private static final class Slot {
        private final Turn turn = new Turn();
        private volatile boolean asked;
        private volatile @Nullable SourceFile file;
        private volatile @Nullable IndexSession session;
    }

    public ReadOptions options() {
        return means.options();
    }

    /** What they share with other files. */
    SharedResources shared() {
        return means.shared();
    }

    /** What messages call the main file. */
    String source() {
        return source;
    }

    /** What hedges the requests of all files; closed with them. */
    Hedging hedging() {
        return hedging;
    }

    /** What all files cost together. */
    ReadTotals totals() {
        return totals;
    }

    /** Says that a file is open. */
    void opened(String name, SourceFile file) {
        Slot slot = slots.computeIfAbsent(name, n -> new Slot());
        slot.turn.during(Where.source(source), () -> {
            slot.file = file;
            slot.asked = true;
            return file;
        });
        opened(file);
    }

    private void opened(SourceFile file) {
        byCatalog.put(file.catalog(), file);
    }

    /** The open file of a catalog. */
    public SourceFile of(ObjectCatalog catalog) {
        SourceFile file = byCatalog.get(catalog);
        if (file == null) {
            throw aborted();
        }
        return file;
    }

    private ReadAbortedException aborted() {
        return new ReadAbortedException(Where.source(source), "the file was closed");
    }

    /** The open file of an id; empty when it is not open. */
    public Optional<SourceFile> open(FileId id) {
        Slot slot = slots.get(id.source());
        return slot == null
                ? Optional.empty()
                : slot.turn.during(Where.source(source), () -> Optional.ofNullable(slot.file));
    }

    /**
     * Opens a file, unless it is open already.
     *
     * @param reader of the file, taken over
     * @param again opens another reader of it
     */
    Optional<SourceFile> file(RangeReader reader, Supplier<Optional<RangeReader>> again, NamedFiles files) {
        Slot slot = slots.computeIfAbsent(reader.source(), n -> new Slot());
        try {
            return slot.turn.during(Where.source(source), () -> {
                if (slot.asked) {
                    reader.close();
                } else {
                    open(slot, reader, again, files);
                }
                return Optional.ofNullable(slot.file);
            });
        } catch (RuntimeException | Error e) {
            reader.close();
            throw e;
        }
    }

    /** Opens a file; with the turn of its slot. */
    private void open(Slot slot, RangeReader reader, Supplier<Optional<RangeReader>> again, NamedFiles files) {
        checkBound(reader, slots.size());
        try {
            IndexSession session = session(reader, again);
            slot.session = session;
            SourceFile file = SourceFile.open(new SourceFile.Opening(
                    new MountedFile(session.reader(), AddressMap.SAME),
                    session,
                    means.filters(),
                    files,
                    Freshness.certain()));
            slot.file = file;
            opened(file);
            if (closed) {
                // Whoever closes all may have looked before it was here.
                file.close();
                throw aborted();
            }
        } catch (NotFoundException missing) {
            close(slot, reader);
        } catch (RuntimeException | Error e) {
            close(slot, reader);
            throw e;
        }
        slot.asked = true;
    }

    private static void close(Slot slot, RangeReader reader) {
        reader.close();
        IndexSession session = slot.session;
        if (session != null) {
            session.reader().close();
            slot.session = null;
        }
    }

    /**
     * What the index cache knows of such a file is confirmed at once: extents of virtual datasets, links and much else
     * of the main file follow from it.
     */
    private IndexSession session(RangeReader reader, Supplier<Optional<RangeReader>> again) {
        IndexSession session = IndexSession.open(reader, options(), shared().folders());
        totals.add(session.blocks());
        try {
            session.awaitConfirmed();
            return session;
        } catch (ObjectChangedException e) {
            reader.close();
            IndexSession anew = IndexSession.openAnew(again.get().orElseThrow(() -> e), options(), shared().folders());
            totals.add(anew.blocks());
            return anew;
        }
    }

    /** Keeps a reader of raw data, or answers the one that is there; takes the reader over. */
    RangeReader raw(RangeReader reader) {
        RangeReader known = raw.putIfAbsent(reader.source(), reader);
        if (known != null) {
            reader.close();
            return known;
        }
        totals.add(reader);
        checkBound(reader, raw.size());
        return reader;
    }

    /** Closes the reader when it may not be kept. */
    private void checkBound(RangeReader reader, int count) {
        if (closed || count > MOST_FILES) {
            reader.close();
            if (closed) {
                throw aborted();
            }
            throw new LimitExceededException(
                    Where.source(source), "the file names more than " + MOST_FILES + " others");
        }
    }

    /** The order counts: requests end first, then what was learnt is saved, then files and readers are closed. */
    void close() {
        closed = true;
        // First: what ends now makes room for no other request.
        hedging.close();
        // Before the blocks are forgotten, some of which are to be kept on disk.
        sessions().forEach(IndexSession::save);
        byCatalog.values().forEach(file -> file.close());
        sessions().forEach(session -> session.reader().close());
        raw.values().forEach(RangeReader::close);
    }

    private Stream<IndexSession> sessions() {
        return slots.values().stream().map(slot -> slot.session).filter(Objects::nonNull);
    }
}
