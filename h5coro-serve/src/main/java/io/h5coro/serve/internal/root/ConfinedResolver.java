// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.root;

import io.h5coro.storage.FileResolver;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Opens the files that a local file names, as long as their real paths are inside of its root. Of an absolute path the
 * last name is looked for beside the file. Immutable.
 *
 * @param root what is served
 * @param file the file that names others
 */
record ConfinedResolver(LocalRoot root, Path file) implements FileResolver {
    @Override
    public Optional<RangeReader> open(String name) throws StorageException {
        Path path = path(name);
        if (!root.holds(path)) {
            throw new StorageException(
                    StorageException.Kind.ACCESS_DENIED, "the file names another one that is not served");
        }
        return Optional.of(Storages.open(path, StorageOptions.none()));
    }

    @Override
    public FileResolver within(String name) {
        try {
            return new ConfinedResolver(root, path(name));
        } catch (StorageException e) {
            return FileResolver.none();
        }
    }

    private Path path(String name) throws StorageException {
        try {
            Path path = Path.of(name);
            Path last = path.getFileName();
            if (name.contains("://") || last == null) {
                throw new StorageException(
                        StorageException.Kind.ACCESS_DENIED, "the file names another one that is not served");
            }
            return file.resolveSibling(path.isAbsolute() ? last : path);
        } catch (InvalidPathException e) {
            throw new StorageException(StorageException.Kind.INVALID, "the file names another one by no path");
        }
    }
}
