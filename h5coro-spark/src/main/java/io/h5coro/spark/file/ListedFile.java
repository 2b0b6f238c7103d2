// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.file;

import io.h5coro.MetadataNote;
import io.h5coro.storage.LocationText;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StoredObject;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A file as its listing describes it. Immutable; its text has no query of an address.
 *
 * @param location as it is opened
 * @param sizeBytes {@link #UNKNOWN_SIZE} where the listing does not say
 * @param version that every reader of the file is pinned to; null where the listing does not say
 * @param note metadata of that version, for those who open it; null for all files but the one that the driver opens
 */
public record ListedFile(
        String location,
        long sizeBytes,
        @Nullable String version,
        @Nullable MetadataNote note) implements Serializable {
    /** The size of a file that was named and not listed. */
    public static final long UNKNOWN_SIZE = -1;

    /** Makes a file that was named and not listed. */
    public static ListedFile named(String location) {
        return new ListedFile(location, UNKNOWN_SIZE, null, null);
    }

    static ListedFile of(StoredObject object) {
        return new ListedFile(
                object.location(),
                object.sizeBytes().orElse(UNKNOWN_SIZE),
                object.version().orElse(null),
                null);
    }

    /** Returns the same file; whoever opens it takes note of its metadata. */
    public ListedFile noting() {
        return note == null ? new ListedFile(location, sizeBytes, version, MetadataNote.empty()) : this;
    }

    /** Returns the same file as a reader has found it, with what is known of it: what executors get. */
    public ListedFile known(RangeReader found, MetadataNote metadata) {
        return new ListedFile(
                location, found.size().orElse(sizeBytes), found.strongVersion().orElse(version), metadata);
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
