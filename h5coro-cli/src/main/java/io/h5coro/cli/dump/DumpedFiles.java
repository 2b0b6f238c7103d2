// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.H5Coro;
import io.h5coro.cli.file.FileOpener;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.report.Report;
import io.h5coro.error.H5Exception;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.storage.FileResolver;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The file that is dumped, and those that it and they name: each opened once, when it is first asked for, and kept open
 * until the end, in bounded number. Which names may be opened is the resolver's to say, as in the library. Confined to
 * one thread.
 */
final class DumpedFiles implements AutoCloseable {
    /**
     * Files that are kept open at once. A process may have some 1,024 by default, and the library opens those that it
     * reads from by itself; past this, links are not followed, which is said.
     */
    private static final int MOST_FILES = 256;

    private final SortOrder order;
    private final Report report;
    private final FileOpener files;
    private final OpenedFile main;
    /** Files by {@link FileOpener#identity}. Empty stands for one that cannot be read, so that it is reported once. */
    private final Map<String, Optional<OpenedFile>> opened = new HashMap<>();

    private DumpedFiles(SortOrder order, FileOpener files, OpenedFile main) {
        this.order = order;
        this.report = main.report();
        this.files = files;
        this.main = main;
    }

    /**
     * Files around the one that is dumped, with which they are closed.
     *
     * @param location as the command line names it
     */
    static DumpedFiles of(FileOpener files, String location, OpenedFile main, SortOrder order) {
        DumpedFiles all = new DumpedFiles(order, files, main);
        main.belongsTo(all, files.named(location));
        all.opened.put(FileOpener.identity(Location.shown(location)), Optional.of(main));
        return all;
    }

    OpenedFile main() {
        return main;
    }

    /**
     * The file that another one names; empty when there is none, or it is not HDF5. One that cannot be read is
     * reported.
     *
     * @throws StorageException when it may not be opened
     */
    Optional<OpenedFile> named(OpenedFile from, String name) throws StorageException {
        Optional<RangeReader> reader = from.resolver().open(name);
        return reader.isEmpty() ? Optional.empty() : known(from, name, reader.get());
    }

    /** Returns the file behind a reader, which is closed when the file is open already. */
    private Optional<OpenedFile> known(OpenedFile from, String name, RangeReader reader) {
        String identity = FileOpener.identity(reader.source());
        Optional<OpenedFile> known = opened.get(identity);
        if (known != null) {
            reader.close();
            return known;
        }
        if (opened.size() >= MOST_FILES) {
            reader.close();
            report.limit(main.name(), "names more than " + MOST_FILES + " files; the others are not opened");
            return Optional.empty();
        }
        Optional<OpenedFile> file = tryOpen(from, name, reader);
        opened.put(identity, file);
        return file;
    }

    private Optional<OpenedFile> tryOpen(OpenedFile from, String name, RangeReader reader) {
        try {
            FileResolver within = from.resolver().within(name);
            H5Coro file = files.open(reader, within);
            OpenedFile linked = new OpenedFile(FileOpener.absolute(reader.source()), file, order, report);
            linked.belongsTo(this, within);
            linked.owns(reader);
            return Optional.of(linked);
        } catch (NotFoundException | MalformedFileException e) {
            reader.close();
            return Optional.empty();
        } catch (H5Exception e) {
            reader.close();
            report.error("unable to open \"" + name + "\"", e);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        opened.values().forEach(file -> file.ifPresent(OpenedFile::close));
    }
}
