// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.net.URI;
import java.util.Set;

/**
 * Opens objects of some URI schemes. Found through {@link java.util.ServiceLoader}; a provider has a public constructor
 * without arguments and is thread-safe.
 */
public interface StorageProvider {
    /** The URI schemes it opens, in lower case. */
    Set<String> schemes();

    /**
     * The names of the text properties it takes; one that ends in a dot stands for all that begin so. {@link Storages}
     * refuses options with a property that no provider names.
     */
    default Set<String> properties() {
        return Set.of();
    }

    /**
     * Prepares to read an object, without a request.
     *
     * @throws StorageException of kind {@link StorageException.Kind#INVALID} when the URI or the options are not usable
     */
    RangeReader open(URI uri, StorageOptions options) throws StorageException;
}
