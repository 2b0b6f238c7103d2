// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.root;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that is served, by name. Immutable. */
public final class Roots {
    private final Map<String, Root> roots = new TreeMap<>();

    /**
     * Takes names and locations.
     *
     * @throws IOException when a local one is not there
     * @throws StorageException when a location is not usable
     */
    public Roots(Map<String, String> locations, StorageOptions storage) throws IOException, StorageException {
        for (Map.Entry<String, String> one : locations.entrySet()) {
            if (!Place.isName(one.getKey())) {
                throw new IllegalArgumentException(
                        "'" + one.getKey() + "' is no name: it is part of a path, neither empty"
                                + " nor . or .., and without slashes, backslashes and control characters");
            }
            roots.put(one.getKey(), root(one.getValue(), storage));
        }
    }

    /** Returns whether clients could ask for a file of this machine, such as that of the passwords. */
    public boolean serve(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        Path real = file.toRealPath();
        return roots.values().stream()
                .anyMatch(root -> root instanceof LocalRoot local && real.startsWith(local.base()));
    }

    private static Root root(String location, StorageOptions storage) throws IOException, StorageException {
        if (location.regionMatches(true, 0, "file:", 0, 5)) {
            return local(path(location));
        }
        if (!location.matches("[A-Za-z][A-Za-z0-9+.-]+://.*")) {
            return local(Path.of(location));
        }
        RemoteRoot remote = new RemoteRoot(Storages.folder(location).orElse(location), storage);
        remote.requireUsable();
        return remote;
    }

    /** A folder or file of this machine is confined by its real path, however it is written. */
    private static Path path(String location) {
        try {
            return Path.of(URI.create(location));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a location of file: is file:///PATH, with escapes");
        }
    }

    private static Root local(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new FileNotFoundException("there is no such file or folder: " + path);
        }
        return LocalRoot.of(path);
    }

    /**
     * Finds what a path leads to: a {@link Directory} or a {@link ServedFile}.
     *
     * @throws io.h5coro.serve.internal.wire.WireException with status 404 when it leads nowhere
     * @throws StorageException when a storage fails
     */
    public Object find(Place place) throws StorageException {
        if (!place.names().isEmpty()) {
            return root(place).find(place, below(place));
        }
        Directory top = Directory.empty();
        for (Map.Entry<String, Root> one : roots.entrySet()) {
            if (one.getValue().isFile()) {
                one.getValue().listed().ifPresent(file -> top.files().put(one.getKey(), file));
            } else {
                top.directories().add(one.getKey());
            }
        }
        return top;
    }

    /**
     * Finds a file.
     *
     * @throws io.h5coro.serve.internal.wire.WireException with status 404 when the path leads to none
     * @throws StorageException when a storage fails
     */
    public ServedFile file(Place place) throws StorageException {
        if (place.names().isEmpty()) {
            throw place.missing();
        }
        return root(place).file(place, below(place));
    }

    private Root root(Place place) {
        Root root = roots.get(place.names().get(0));
        if (root == null) {
            throw place.missing();
        }
        return root;
    }

    private static List<String> below(Place place) {
        return place.names().subList(1, place.names().size());
    }
}
