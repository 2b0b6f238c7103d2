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

/**
 * Lists the files of a folder, one line for each as they come.
 *
 * @param recursive files of all folders below it too, by their paths
 * @param details exact sizes and times, and the versions of remote objects
 */
record FolderText(Sink out, boolean recursive, boolean details) {
    /**
     * Lists a folder. In a remote storage one without anything in it does not exist.
     *
     * @param folder ends with a slash
     */
    void list(String folder, StorageOptions storage) throws StorageException {
        boolean any = false;
        try (StorageListing listing = Storages.list(folder, recursive ? Depth.TREE : Depth.FOLDER, storage)) {
            for (Optional<StoredObject> next = listing.next(); next.isPresent(); next = listing.next()) {
                StoredObject found = next.get();
                String location = found.location();
                boolean isBelow = location.startsWith(folder);
                String name = isBelow ? location.substring(folder.length()) : LocationText.shown(location);
                out.write(VisibleText.of(line(found, name)) + "\n");
                any = true;
            }
        }
        if (!any && !folder.startsWith("file:") && folder.contains("://")) {
            throw new StorageException(
                    StorageException.Kind.NOT_FOUND, LocationText.shown(folder) + ": there is nothing in this folder");
        }
    }

    private String line(StoredObject found, String name) {
        StringBuilder line =
                new StringBuilder(String.format(Locale.ROOT, "%-8s %s", found.isFolder() ? "folder" : "file", name));
        found.sizeBytes()
                .ifPresent(size -> line.append("  ").append(details ? PlanText.exact(size) : PlanText.bytes(size)));
        found.modified()
                .map(time -> details ? time : time.truncatedTo(ChronoUnit.SECONDS))
                .ifPresent(time -> line.append("  ").append(time));
        if (details) {
            // Of remote objects: what tells one state of a local file from another is not for people.
            found.version()
                    .filter(version -> version.startsWith("\""))
                    .ifPresent(version -> line.append("  ").append(version));
        }
        return line.toString();
    }
}
