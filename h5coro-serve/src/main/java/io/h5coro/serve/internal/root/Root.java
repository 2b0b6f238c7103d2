// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.root;

import io.h5coro.storage.StorageException;
import java.util.List;
import java.util.Optional;

/** A directory, prefix or file under a name. Thread-safe. */
sealed interface Root permits LocalRoot, RemoteRoot {
    /**
     * Finds what a path leads to: a {@link Directory} or a {@link ServedFile}.
     *
     * @param place the whole path, for messages
     * @param below names below the root
     * @throws io.h5coro.serve.internal.wire.WireException with status 404 when it leads nowhere, or out of the root
     */
    Object find(Place place, List<String> below) throws StorageException;

    /** As {@link #find}, for a path that is that of a file. */
    ServedFile file(Place place, List<String> below) throws StorageException;

    /**
     * Describes a single file in a listing, which must not fail with its storage: of a remote file, size and version
     * are unknown.
     *
     * @return empty when it is not there any more
     */
    Optional<ServedFile> listed();

    /** Returns whether it is a single file. */
    boolean isFile();
}
