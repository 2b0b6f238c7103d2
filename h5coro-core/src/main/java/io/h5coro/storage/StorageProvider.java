// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.net.URI;
import java.util.Set;

/**
 * Opens objects of some URI schemes. Providers are found through {@link java.util.ServiceLoader}. A provider has a
 * public constructor without arguments and is thread-safe.
 */
public interface StorageProvider {
    /** Returns the URI schemes that it opens, in lower case. */
    Set<String> schemes();

    /**
     * Returns the names of the text properties that it takes; a name that ends in a dot stands for all that start with
     * it. {@link Storages} refuses options with a property that no provider names.
     */
    default Set<String> properties() {
        return Set.of();
    }

    /**
     * Opens an object. Sends no request.
     *
     * @throws StorageException of kind {@link StorageException.Kind#INVALID} when the URI or the options are not usable
     */
    RangeReader open(URI uri, StorageOptions options) throws StorageException;
}
