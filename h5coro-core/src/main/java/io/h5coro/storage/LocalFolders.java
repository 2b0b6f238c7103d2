// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageListing.Depth;
import io.h5coro.storage.machine.Machine;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Lists local files below a prefix. Symbolic links to folders are folders in a listing of one folder. A listing of a
 * tree leaves them out, since they may lead back into it.
 */
final class LocalFolders {
    private LocalFolders() {}

    /** Lists paths, as they follow from the prefix: relative ones where it is. */
    static StorageListing ofPath(String prefix, Depth depth) throws StorageException {
        boolean tree = depth == Depth.TREE;
        StorageListing top = folder(prefix, !tree);
        return tree ? StorageListing.tree(top, location -> folder(location, false)) : top;
    }

    /**
     * Lists {@code file:} URIs.
     *
     * @param prefix an absolute path
     */
    static StorageListing ofUri(String prefix, Depth depth) throws StorageException {
        return new Uris(ofPath(prefix, depth));
    }

    private static StorageListing folder(String prefix, boolean linkedFolders) throws StorageException {
        int end = prefix.lastIndexOf('/') + 1;
        String folder = prefix.substring(0, end);
        try {
            FolderNames names = new FolderNames(
                    Path.of(folder.isEmpty() ? "." : folder), prefix.substring(end), linkedFolders, FolderNames.BATCH);
            return new FolderListing(names, name -> path(folder, name), Machine.ofThisProcess());
        } catch (InvalidPathException e) {
            // Not the cause: it repeats the text.
            throw new StorageException(Kind.INVALID, "not a path: " + e.getReason());
        }
    }

    /** Returns the path of a name. In the working folder a name may look like an address. */
    private static String path(String folder, String name) {
        boolean doubtful =
                folder.isEmpty() && (LocationText.scheme(name).isPresent() || LocationText.lacksASlash(name));
        return doubtful ? "./" + name : folder + name;
    }

    private record Uris(StorageListing paths) implements StorageListing {
        @Override
        public Optional<StoredObject> next() throws StorageException {
            return paths.next()
                    .map(found -> new StoredObject(
                            "file://" + LocationText.escaped(found.location()),
                            found.sizeBytes(),
                            found.version(),
                            found.modified()));
        }

        @Override
        public void close() {
            paths.close();
        }
    }
}
