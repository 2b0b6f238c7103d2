// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.H5Coro;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import io.h5coro.storage.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that a name on a command line means: one, or those that match its wildcards. */
public final class FoundFiles {
    /** For the help. */
    public static final String RULE =
            "A FILE with * ? [abc] {a,b} or ** (any folders) that the shell has not replaced means all"
                    + " files that match, in order, in S3 and on the web (--storage index_pages=true) too; \\* is"
                    + " the letter itself, and %%2A on the web.";

    private FoundFiles() {}

    /**
     * Returns the files that a name means.
     *
     * @return at least one
     * @throws io.h5coro.error.NotFoundException when its wildcards match none
     * @throws io.h5coro.error.H5Exception when the storage does not list
     */
    public static List<String> of(String named, StorageOptions storage) {
        Optional<String> plain = plain(named);
        return plain.isPresent() ? List.of(plain.get()) : Waiting.during(named, () -> found(named, storage));
    }

    private static List<String> found(String named, StorageOptions storage) {
        try (Stream<StoredObject> files = H5Coro.locations(named, storage)) {
            return files.map(StoredObject::location).toList();
        }
    }

    /** A pattern that is too long to be one is a name, which will not be found. */
    private static Optional<String> plain(String named) {
        try {
            return Storages.plain(named);
        } catch (StorageException e) {
            return Optional.of(named);
        }
    }

    /** Returns whether a name has wildcards. */
    static boolean isPattern(String named) {
        return plain(named).isEmpty();
    }

    /** Returns the folder that a name means, with a slash at its end; empty when it means none. */
    static Optional<String> folder(String named) {
        try {
            return Storages.folder(named);
        } catch (StorageException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the folder that a name means, where its files can be listed. On the web that takes an option: an address
     * that ends with a slash may be a file. A Zarr store is no folder of files.
     */
    public static Optional<String> listable(String named, StorageOptions storage) {
        boolean web = named.regionMatches(true, 0, "http", 0, "http".length()) && Location.isUri(named);
        return folder(named)
                .filter(folder -> !web || storage.property("index_pages").isPresent())
                .filter(folder -> Location.isUri(folder) || !Missing.isZarr(folder));
    }
}
