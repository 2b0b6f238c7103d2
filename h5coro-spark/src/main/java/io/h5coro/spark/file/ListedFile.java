// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.file;

import io.h5coro.storage.LocationText;
import io.h5coro.storage.StoredObject;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A file as its listing describes it. Immutable; its text has no query of an address.
 *
 * @param location as it is opened
 * @param sizeBytes {@link #UNKNOWN_SIZE} where the listing does not say
 * @param version that every reader of the file is pinned to; null where the listing does not say
 */
public record ListedFile(
        String location, long sizeBytes, @Nullable String version) implements Serializable {
    /** The size of a file that was named and not listed. */
    public static final long UNKNOWN_SIZE = -1;

    /** Makes a file that was named and not listed. */
    public static ListedFile named(String location) {
        return new ListedFile(location, UNKNOWN_SIZE, null);
    }

    static ListedFile of(StoredObject object) {
        return new ListedFile(
                object.location(),
                object.sizeBytes().orElse(UNKNOWN_SIZE),
                object.version().orElse(null));
    }

    /** Returns the location without secrets, as messages and {@code _file} have it. */
    public String shown() {
        return LocationText.shown(location);
    }

    @Override
    public String toString() {
        return shown();
    }
}
