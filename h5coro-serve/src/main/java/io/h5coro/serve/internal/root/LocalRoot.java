// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.root;

import io.h5coro.storage.StorageException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/**
 * A folder or file of this machine. What a path leads to is compared by its real path, so that no link leads out.
 * Immutable.
 *
 * @param base its real path
 */
record LocalRoot(Path base) implements Root {
    static LocalRoot of(Path path) throws IOException {
        return new LocalRoot(path.toRealPath());
    }

    @Override
    public boolean isFile() {
        return !Files.isDirectory(base);
    }

    @Override
    public Object find(Place place, List<String> below) {
        Path real = real(place, below);
        try {
            return Files.isDirectory(real) ? directory(real) : file(real);
        } catch (IOException | DirectoryIteratorException e) {
            throw place.missing();
        }
    }

    @Override
    public ServedFile file(Place place, List<String> below) {
        try {
            Path real = real(place, below);
            if (!Files.isRegularFile(real)) {
                throw place.missing();
            }
            return file(real);
        } catch (IOException e) {
            throw place.missing();
        }
    }

    @Override
    public Optional<ServedFile> listed() {
        try {
            return Optional.of(file(base));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Path real(Place place, List<String> below) {
        try {
            Path path = base;
            for (String name : below) {
                path = path.resolve(name);
            }
            Path real = path.toRealPath();
            if (real.startsWith(base)) {
                return real;
            }
        } catch (IOException | InvalidPathException e) {
            throw place.missing();
        }
        throw place.missing();
    }

    /** Whether a file that another one names is one of this root. */
    boolean holds(Path path) throws StorageException {
        try {
            return path.toRealPath().startsWith(isFile() ? parent() : base);
        } catch (IOException e) {
            throw new StorageException(StorageException.Kind.NOT_FOUND, "there is no such file");
        }
    }

    private Path parent() {
        Path parent = base.getParent();
        return parent == null ? base : parent;
    }

    private ServedFile file(Path real) throws IOException {
        return file(real, Files.readAttributes(real, BasicFileAttributes.class));
    }

    private ServedFile file(Path real, BasicFileAttributes attributes) throws IOException {
        if (!attributes.isRegularFile()) {
            throw new IOException("neither a file nor a folder");
        }
        String version =
                attributes.size() + " " + attributes.lastModifiedTime().toInstant() + " " + attributes.fileKey();
        return new ServedFile(
                real.toString(),
                this,
                attributes.size(),
                attributes.lastModifiedTime().toMillis(),
                version,
                MediaType.of(real, attributes.size()));
    }

    private Directory directory(Path real) throws IOException {
        Directory found = Directory.empty();
        int entries = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(real)) {
            for (Path entry : all) {
                Directory.requireFew(++entries);
                add(found, entry);
            }
        }
        return found;
    }

    private void add(Directory found, Path entry) {
        try {
            // The folder is a real path already: only a link leads elsewhere.
            Path real = Files.isSymbolicLink(entry) ? entry.toRealPath() : entry;
            Path name = entry.getFileName();
            if (name == null || !real.startsWith(base)) {
                return;
            }
            BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                found.directories().add(name.toString());
            } else if (attributes.isRegularFile()) {
                found.files().put(name.toString(), file(real, attributes));
            }
        } catch (IOException e) {
            // A link that leads nowhere, or a file that is gone by now, is not there.
        }
    }
}
