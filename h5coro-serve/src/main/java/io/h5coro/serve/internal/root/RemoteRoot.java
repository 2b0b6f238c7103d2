// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.root;

import io.h5coro.serve.internal.wire.WireException;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageListing;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import io.h5coro.storage.StoredObject;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * A prefix or an object of a storage. Immutable.
 *
 * @param location a prefix, which ends with a slash, or an object
 * @param storage credentials and such
 */
record RemoteRoot(String location, StorageOptions storage) implements Root {
    private static final Set<StorageException.Kind> NOT_LISTED = EnumSet.of(
            StorageException.Kind.NOT_FOUND, StorageException.Kind.ACCESS_DENIED, StorageException.Kind.UNSUPPORTED);

    @Override
    public boolean isFile() {
        return !location.endsWith("/");
    }

    /**
     * Checks that there is a storage for such a location; sends no request.
     *
     * @throws StorageException when there is none
     */
    void requireUsable() throws StorageException {
        if (isFile()) {
            Storages.open(location, storage).close();
            return;
        }
        try {
            Storages.list(location, StorageListing.Depth.FOLDER, storage).close();
        } catch (StorageException e) {
            if (e.kind() != StorageException.Kind.UNSUPPORTED) {
                throw e;
            }
            // A web server that lists no folders has files all the same.
            Storages.open(location + "-", storage).close();
        }
    }

    /** A name that looks like a file of HDF5 is asked for as one first: a listing may be long. */
    @Override
    public Object find(Place place, List<String> below) throws StorageException {
        if (isFile()) {
            return file(place, below);
        }
        boolean likely = !below.isEmpty() && MediaType.ofName(place.name()).equals(ServedFile.HDF5);
        Optional<ServedFile> file = likely ? probe(place, below) : Optional.empty();
        if (file.isPresent()) {
            return file.get();
        }
        Directory found = list(below);
        if (below.isEmpty() || !found.files().isEmpty() || !found.directories().isEmpty()) {
            return found;
        }
        Optional<ServedFile> plain = probe(place, below);
        if (plain.isPresent()) {
            return plain.get();
        }
        if (isEmptyFolder(below)) {
            return found;
        }
        throw place.missing();
    }

    @Override
    public ServedFile file(Place place, List<String> below) throws StorageException {
        if (isFile() != below.isEmpty()) {
            throw place.missing();
        }
        return probe(place, below).orElseThrow(place::missing);
    }

    /** One request for a byte of a file tells whether it is there, its size and its version. */
    private Optional<ServedFile> probe(Place place, List<String> below) throws StorageException {
        String at = at(below);
        return probe(
                isFile() ? location : at.substring(0, at.length() - 1),
                isFile() ? ServedFile.HDF5 : MediaType.ofName(place.name()));
    }

    /** An empty folder of an object store is an object without bytes whose name ends with a slash. */
    private boolean isEmptyFolder(List<String> below) throws StorageException {
        try {
            return !isWeb() && probe(at(below), "").isPresent();
        } catch (StorageException e) {
            // S3Proxy has it, and answers as if a range of it were there.
            if (e.kind() == StorageException.Kind.PROTOCOL) {
                return true;
            }
            throw e;
        }
    }

    private Optional<ServedFile> probe(String own, String type) throws StorageException {
        try (RangeReader reader = Storages.open(own, storage)) {
            int unused = reader.read(new ByteRange(0, 1)).join().length;
            String version = reader.version().orElse("");
            return Optional.of(new ServedFile(own, this, reader.size().orElse(0), 0, version, type));
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof StorageException failure)) {
                throw e;
            }
            if (failure.kind() == StorageException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    @Override
    public Optional<ServedFile> listed() {
        return Optional.of(new ServedFile(location, this, 0, 0, "", ServedFile.HDF5));
    }

    private boolean isWeb() {
        return location.regionMatches(true, 0, "http", 0, 4);
    }

    private String at(List<String> below) {
        StringBuilder at = new StringBuilder(location);
        for (String name : below) {
            at.append(isWeb() ? URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20") : name)
                    .append('/');
        }
        return at.toString();
    }

    private Directory list(List<String> below) throws StorageException {
        String folder = at(below);
        Directory found = Directory.empty();
        int entries = 0;
        try (StorageListing listing = Storages.list(folder, StorageListing.Depth.FOLDER, storage)) {
            Optional<StoredObject> next = listing.next();
            while (next.isPresent()) {
                Directory.requireFew(++entries);
                add(found, folder, next.get());
                next = listing.next();
            }
        } catch (StorageException e) {
            // A folder that a storage does not list may be a file all the same, but the root is none.
            boolean mayBeFile = !below.isEmpty() && NOT_LISTED.contains(e.kind());
            if (e.kind() == StorageException.Kind.UNSUPPORTED && !mayBeFile) {
                throw new WireException(501, "the storage lists no folders: ask for a file by its name");
            }
            if (!mayBeFile) {
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
