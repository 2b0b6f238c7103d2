// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An object of a storage, or a folder, as a listing gives it. Immutable.
 *
 * <p>What a storage does not say exactly is empty. The index page of a web server has rounded sizes, and times without
 * a zone.
 *
 * <pre>{@code
 * try (Stream<StoredObject> found = H5Coro.locations(path.toString(), StorageOptions.none())) {
 *     found.forEach(object -> System.out.println(object.location()));
 * }
 * }</pre>
 *
 * @param location where the object is, as {@link Storages#open(String, StorageOptions)} takes it; that of a folder ends
 *     with a slash. It may hold a user and password where the listed location does; {@link #toString()} shows neither
 * @param sizeBytes size of the object in bytes; empty for a folder
 * @param version the version, as {@link RangeReader#expect} takes it: the ETag of a remote object; inode, times and
 *     size of a local file. Empty for a folder, and for a local file that was written in the last seconds
 * @param modified when the object was last changed; empty for a folder
 */
public record StoredObject(
        String location, OptionalLong sizeBytes, Optional<String> version, Optional<Instant> modified) {
    /** Checks the parts. */
    public StoredObject {
        Objects.requireNonNull(location);
        Objects.requireNonNull(sizeBytes);
        Objects.requireNonNull(version);
        Objects.requireNonNull(modified);
    }

    /**
     * Returns a folder.
     *
     * @param location ends with a slash
     * @throws IllegalArgumentException when it does not
     */
    public static StoredObject folder(String location) {
        if (!location.endsWith("/")) {
            throw new IllegalArgumentException("the location of a folder ends with a slash");
        }
        return new StoredObject(location, OptionalLong.empty(), Optional.empty(), Optional.empty());
    }

    /** Returns whether this is a folder: whether its location ends with a slash. */
    public boolean isFolder() {
        return location.endsWith("/");
    }

    @Override
    public String toString() {
        return LocationText.shown(location)
                + (sizeBytes.isPresent() ? ", " + sizeBytes.getAsLong() + " bytes" : "")
                + modified.map(time -> ", " + time).orElse("");
    }
}
