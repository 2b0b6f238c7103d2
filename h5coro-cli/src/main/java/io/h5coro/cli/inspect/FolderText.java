// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.cli.text.Sink;
import io.h5coro.cli.text.VisibleText;
import io.h5coro.storage.LocationText;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageListing;
import io.h5coro.storage.StorageListing.Depth;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import io.h5coro.storage.StoredObject;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Lists the files of a folder, one line for each as they come.
 *
 * @param recursive files of all folders below it too, by their paths
 * @param details exact sizes and times, and the versions of remote objects
 */
record FolderText(Sink out, boolean recursive, boolean details) {
    private static final Pattern HDF5 =
            Pattern.compile("\\.(?:h5|hdf5|hdf|he5|nc|nc4|h5ad|nwb)$", Pattern.CASE_INSENSITIVE);

    /**
     * Lists a folder. In a remote storage one without anything in it does not exist.
     *
     * @param folder ends with a slash
     */
    void list(String folder, StorageOptions storage) throws StorageException {
        each(folder, recursive, storage, (found, name) -> out.write(VisibleText.of(line(found, name)) + "\n"));
    }

    /** Hands over what is in a folder, with its name from there. */
    static void each(String folder, boolean recursive, StorageOptions storage, BiConsumer<StoredObject, String> taker)
            throws StorageException {
        boolean any = false;
        try (StorageListing listing = Storages.list(folder, recursive ? Depth.TREE : Depth.FOLDER, storage)) {
            for (Optional<StoredObject> next = listing.next(); next.isPresent(); next = listing.next()) {
                StoredObject found = next.get();
                String location = found.location();
                boolean isBelow = location.startsWith(folder);
                taker.accept(found, isBelow ? location.substring(folder.length()) : LocationText.shown(location));
                any = true;
            }
        }
        if (!any && !folder.startsWith("file:") && folder.contains("://")) {
            throw new StorageException(
                    StorageException.Kind.NOT_FOUND, LocationText.shown(folder) + ": there is nothing in this folder");
        }
    }

    /** Returns whether something is a folder, a file, or one whose name ends as those of HDF5 files do. */
    static String kind(StoredObject found, String name) {
        return found.isFolder() ? "folder" : HDF5.matcher(name).find() ? "hdf5" : "file";
    }

    /** Returns the version of a remote object: what tells one state of a local file from another is not for people. */
    static Optional<String> version(StoredObject found) {
        return found.version().filter(version -> version.startsWith("\""));
    }

    private String line(StoredObject found, String name) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-8s %s", kind(found, name), name));
        found.sizeBytes()
                .ifPresent(size -> line.append("  ").append(details ? PlanText.exact(size) : PlanText.bytes(size)));
        found.modified()
                .map(time -> details ? time : time.truncatedTo(ChronoUnit.SECONDS))
                .ifPresent(time -> line.append("  ").append(time));
        if (details) {
            version(found).ifPresent(version -> line.append("  ").append(version));
        }
        return line.toString();
    }
}
