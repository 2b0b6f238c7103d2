// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.file;

import io.h5coro.H5Coro;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.Where;
import io.h5coro.storage.LocationText;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import io.h5coro.storage.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the files of a table with a listing alone: no file is opened. */
public final class FileListing {
    private static final Pattern REMOTE = Pattern.compile("(?!file:)[a-zA-Z][a-zA-Z0-9+.-]+://.*");

    private FileListing() {}

    /**
     * Finds files in the order of the locations, those of one location in the order of their names. A remote location
     * that names one file is not looked up.
     *
     * @param locations files, folders, prefixes that end with a slash, and patterns. Of a folder, names that begin with
     *     a dot or an underscore are left out, as Spark leaves them out
     * @return at least one file
     * @throws NotFoundException when a location means no file
     * @throws io.h5coro.error.H5Exception when the storage cannot be listed
     */
    public static List<ListedFile> of(List<String> locations, StorageOptions storage) {
        List<ListedFile> files = new ArrayList<>();
        for (String location : locations) {
            int before = files.size();
            addTo(files, location, storage);
            if (files.size() == before) {
                throw new NotFoundException(
                        Where.source(LocationText.shown(location)), "the folder has no file that is not hidden");
            }
        }
        return files;
    }

    private static void addTo(List<ListedFile> files, String location, StorageOptions storage) {
        boolean isFolder;
        try {
            isFolder = Storages.folder(location).isPresent();
            if (!isFolder && REMOTE.matcher(location).matches()) {
                var plain = Storages.plain(location);
                if (plain.isPresent()) {
                    files.add(ListedFile.named(plain.get()));
                    return;
                }
            }
        } catch (StorageException e) {
            throw new IllegalArgumentException(LocationText.shown(location) + ": not a usable pattern", e);
        }
        try (Stream<StoredObject> found = H5Coro.locations(location, storage)) {
            found.filter(object -> !isFolder || !isHidden(object.location()))
                    .map(ListedFile::of)
                    .forEach(files::add);
        }
    }

    private static boolean isHidden(String location) {
        char first = location.charAt(location.lastIndexOf('/') + 1);
        return first == '_' || first == '.';
    }
}
