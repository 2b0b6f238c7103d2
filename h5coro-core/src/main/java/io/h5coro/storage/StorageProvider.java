// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.net.URI;
import java.util.Set;

/**
 * Opens objects of some URI schemes, and lists them. Providers are found through {@link java.util.ServiceLoader}. A
 * provider has a public constructor without arguments and is thread-safe.
 *
 * <pre>{@code
 * for (StorageProvider provider : ServiceLoader.load(StorageProvider.class)) {
 *     System.out.println(provider.schemes());
 * }
 * }</pre>
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
     * Refuses values of its text properties with which it could open nothing. Sends no request and reads no file.
     * {@link Storages} calls it whatever the location is, so that a mistake is found before the first location that it
     * concerns. A provider without properties need not implement this.
     *
     * @param options whose properties all have a known name; those of other providers pass
     * @throws StorageException of kind {@link StorageException.Kind#INVALID} that names the property, but no value
     */
    default void check(StorageOptions options) throws StorageException {}

    /**
     * Opens an object. Sends no request.
     *
     * @throws StorageException of kind {@link StorageException.Kind#INVALID} when the URI or the options are not usable
     */
    RangeReader open(URI uri, StorageOptions options) throws StorageException;

    /**
     * Lists what is below a prefix. Sends no request: the first {@link StorageListing#next()} does.
     *
     * <p>The prefix {@code mem://box/dir/x_} stands for the objects whose location begins so, and with
     * {@link StorageListing.Depth#FOLDER} for the objects and folders of {@code mem://box/dir/} whose name begins with
     * {@code x_}. A storage that does not list need not implement this.
     *
     * @param prefix as for {@link #open}; it ends with a slash for all that is in a folder
     * @return a listing, which the caller closes. Its locations are texts, of which {@link Storages} makes the URIs
     *     that {@link #open} takes. They begin with the scheme, authority and folder of {@code prefix}
     * @throws StorageException of kind {@link StorageException.Kind#UNSUPPORTED} when this storage does not list, or of
     *     kind {@link StorageException.Kind#INVALID} when the URI or the options are not usable
     */
    default StorageListing list(URI prefix, StorageListing.Depth depth, StorageOptions options)
            throws StorageException {
        throw new StorageException(
                StorageException.Kind.UNSUPPORTED,
                LocationText.shown(prefix) + ": the storage for " + LocationText.shownScheme(prefix.getScheme())
                        + ":// does not list");
    }
}
