// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import io.h5coro.error.StorageFailureException;
import io.h5coro.error.Where;
import io.h5coro.internal.cache.StorageFailures;
import io.h5coro.internal.resolve.LinkedFiles;
import io.h5coro.internal.resolve.ObjectCatalog;
import io.h5coro.model.FileId;
import io.h5coro.storage.FileResolver;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import java.util.Optional;

/** The files that one open file names. Thread-safe. */
public final class NamedFiles implements LinkedFiles {
    private final FileId id;
    private final FileResolver resolver;
    private final FileSet set;

    /**
     * The files that one names.
     *
     * @param id which one
     * @param resolver opens them
     * @param set takes them in
     */
    public NamedFiles(FileId id, FileResolver resolver, FileSet set) {
        this.id = id;
        this.resolver = resolver;
        this.set = set;
    }

    /** The file that names them. */
    public FileId id() {
        return id;
    }

    /** All files that were opened together. */
    public FileSet set() {
        return set;
    }

    /**
     * An HDF5 file; blocks.
     *
     * @param name as this file states it, not "."
     * @return empty when it does not exist
     * @throws io.h5coro.error.H5Exception when it may not be opened, or cannot be read
     */
    public Optional<SourceFile> file(String name) {
        return reader(name)
                .flatMap(reader -> set.file(
                        reader,
                        () -> reader(name),
                        new NamedFiles(id.named(name, reader.source()), resolver.within(name), set)));
    }

    @Override
    public Optional<ObjectCatalog> open(String name) {
        return file(name).map(SourceFile::catalog);
    }

    /**
     * A file of raw data; whether it exists is told by the first read.
     *
     * @return a reader that stays open as long as this file; empty when it does not exist
     * @throws io.h5coro.error.H5Exception when it may not be opened
     */
    public Optional<RangeReader> raw(String name) {
        return reader(name).map(set::raw);
    }

    private Optional<RangeReader> reader(String name) {
        try {
            return resolver.open(name).map(set.hedging()::around);
        } catch (StorageException e) {
            if (e.kind() == StorageException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            if (e.kind() == StorageException.Kind.ACCESS_DENIED) {
                throw new StorageFailureException(
                        Where.source(set.source()),
                        String.valueOf(e.getMessage()),
                        StorageException.Kind.ACCESS_DENIED,
                        e);
            }
            throw StorageFailures.translate(set.source(), Where.NO_ADDRESS, e);
        }
    }
}
