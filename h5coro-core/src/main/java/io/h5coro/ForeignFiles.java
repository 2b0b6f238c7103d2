// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.StorageFailureException;
import io.h5coro.error.Where;
import io.h5coro.internal.cache.StorageFailures;
import io.h5coro.internal.engine.ReadEngine;
import io.h5coro.internal.engine.SourceFiles;
import io.h5coro.internal.resolve.LinkedFiles;
import io.h5coro.internal.resolve.ObjectCatalog;
import io.h5coro.model.FileId;
import io.h5coro.storage.FileResolver;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import java.util.Optional;

/** The files that one open file names. Thread-safe. */
final class ForeignFiles implements SourceFiles, LinkedFiles {
    private final FileId id;
    private final FileResolver resolver;
    private final FileRegistry registry;

    /**
     * The files that one names.
     *
     * @param id which one
     */
    ForeignFiles(FileId id, FileResolver resolver, FileRegistry registry) {
        this.id = id;
        this.resolver = resolver;
        this.registry = registry;
    }

    /** The file that names them. */
    FileId id() {
        return id;
    }

    FileRegistry registry() {
        return registry;
    }

    /** The file of a name; empty when it does not exist. */
    Optional<OpenFile> openFile(String name) {
        return reader(name)
                .flatMap(reader -> registry.file(
                        reader,
                        () -> reader(name),
                        new ForeignFiles(id.named(name, reader.source()), resolver.within(name), registry)));
    }

    @Override
    public Optional<ObjectCatalog> open(String name) {
        return openFile(name).map(OpenFile::catalog);
    }

    @Override
    public Optional<ReadEngine> file(String name) {
        return openFile(name).map(OpenFile::engine);
    }

    @Override
    public Optional<RangeReader> raw(String name) {
        return reader(name).map(registry::raw);
    }

    private Optional<RangeReader> reader(String name) {
        try {
            return resolver.open(name).map(registry.hedging()::around);
        } catch (StorageException e) {
            if (e.kind() == StorageException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            if (e.kind() == StorageException.Kind.ACCESS_DENIED) {
                throw new StorageFailureException(
                        Where.source(registry.source()),
                        String.valueOf(e.getMessage()),
                        StorageFailureException.Reason.ACCESS_DENIED,
                        e);
            }
            throw StorageFailures.translate(registry.source(), Where.NO_ADDRESS, e);
        }
    }
}
