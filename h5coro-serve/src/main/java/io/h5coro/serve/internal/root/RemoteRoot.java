// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.root;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageListing;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import io.h5coro.storage.StoredObject;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A prefix or an object of a storage. Immutable.
 *
 * @param location a prefix, which ends with a slash, or an object
 * @param storage credentials and such
 */
record RemoteRoot(String location, StorageOptions storage) implements Root {
    private static final int MOST_ENTRIES = 100_000;

    @Override
    public boolean isFile() {
        return !location.endsWith("/");
    }

    @Override
    public Object find(Place place, List<String> below) throws StorageException {
        if (isFile()) {
            return file(place, below);
        }
        Directory found = list(at(below));
        if (below.isEmpty() || !found.files().isEmpty() || !found.directories().isEmpty()) {
            return found;
        }
        return file(place, below);
    }

    @Override
    public ServedFile file(Place place, List<String> below) throws StorageException {
        if (isFile()) {
            if (!below.isEmpty()) {
                throw place.missing();
            }
            return new ServedFile(location, this, 0, 0, "", ServedFile.HDF5);
        }
        if (below.isEmpty()) {
            throw place.missing();
        }
        ServedFile listed = list(at(below.subList(0, below.size() - 1))).files().get(place.name());
        if (listed != null) {
            return listed;
        }
        throw place.missing();
    }

    private boolean isWeb() {
        return location.startsWith("http:") || location.startsWith("https:");
    }

    private String at(List<String> below) {
        StringBuilder at = new StringBuilder(location);
        for (String name : below) {
            at.append(isWeb() ? URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20") : name)
                    .append('/');
        }
        return at.toString();
    }

    private Directory list(String folder) throws StorageException {
        Directory found = Directory.empty();
        int entries = 0;
        try (StorageListing listing = Storages.list(folder, StorageListing.Depth.FOLDER, storage)) {
            Optional<StoredObject> next = listing.next();
            while (next.isPresent() && ++entries <= MOST_ENTRIES) {
                add(found, folder, next.get());
                next = listing.next();
            }
        } catch (StorageException e) {
            if (e.kind() != StorageException.Kind.NOT_FOUND) {
                throw e;
            }
        }
        return found;
    }

    private void add(Directory found, String folder, StoredObject object) {
        if (!object.location().startsWith(folder)) {
            return;
        }
        String rest = object.location().substring(folder.length());
        String plain = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
        String name = isWeb() ? URLDecoder.decode(plain.replace("+", "%2B"), StandardCharsets.UTF_8) : plain;
        if (name.isEmpty() || name.contains("/")) {
            return;
        }
        if (object.isFolder()) {
            found.directories().add(name);
        } else {
            long modified =
                    object.modified().map(java.time.Instant::toEpochMilli).orElse(0L);
            long bytes = object.sizeBytes().orElse(0);
            String version = object.version().orElse("");
            found.files()
                    .put(
                            name,
                            new ServedFile(object.location(), this, bytes, modified, version, MediaType.ofName(name)));
        }
    }
}
