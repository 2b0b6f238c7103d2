// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import io.h5coro.storage.StorageException.Kind;
import java.util.Optional;

/**
 * Opens the files that a file names: targets of external links, files of raw data, sources of virtual datasets. Such
 * names come from whoever wrote the file, so what may be opened is decided here. Thread-safe.
 */
@FunctionalInterface
public interface FileResolver {
    /**
     * Opens what a file names, without a request.
     *
     * @param name the name as the file states it: a relative or absolute path, or anything else
     * @return empty when there is no such object; an object that turns out not to exist when it is read is the same
     * @throws StorageException when this name may not be opened, or is not usable
     */
    Optional<RangeReader> open(String name) throws StorageException;

    /**
     * The resolver for the names that are stated in the file {@code name}, which this one opened.
     *
     * @param name as for {@link #open(String)}
     */
    default FileResolver within(String name) {
        return this;
    }

    /** Opens nothing: every name is refused. */
    static FileResolver none() {
        return name -> {
            throw new StorageException(
                    Kind.ACCESS_DENIED, "the file names another one, '" + name + "', and no FileResolver opens it");
        };
    }
}
