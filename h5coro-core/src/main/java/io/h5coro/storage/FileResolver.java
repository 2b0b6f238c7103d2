// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import io.h5coro.storage.StorageException.Kind;
import java.util.Optional;

/**
 * Opens the files that a file names: targets of external links, files of raw data, sources of virtual datasets. The
 * writer of the file chose these names, so the resolver decides which of them may be opened. Thread-safe.
 *
 * <pre>{@code
 * FileResolver resolver = name -> name.equals("raw.bin")
 *         ? Optional.of(MemoryRangeReader.of(name, new byte[100]))
 *         : Optional.empty();
 * H5Coro described = H5Coro.open(file.reader(), ReadOptions.defaults(), resolver);
 * described.close();
 * }</pre>
 */
@FunctionalInterface
public interface FileResolver {
    /**
     * Opens the file of a name. Sends no request.
     *
     * @param name a relative or absolute path, or anything else that the file states
     * @return empty when there is no such object; an object may also turn out not to exist when it is read
     * @throws StorageException when this name may not be opened, or is not usable
     */
    Optional<RangeReader> open(String name) throws StorageException;

    /**
     * Returns the resolver for the names that the file {@code name} states.
     *
     * @param name a file that this resolver opened, as for {@link #open(String)}
     */
    default FileResolver within(String name) {
        return this;
    }

    /** Returns a resolver that refuses every name. */
    static FileResolver none() {
        return name -> {
            throw new StorageException(
                    Kind.ACCESS_DENIED, "the file names another one, '" + name + "', and no FileResolver opens it");
        };
    }
}
