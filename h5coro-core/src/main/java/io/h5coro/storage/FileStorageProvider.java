// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import io.h5coro.storage.StorageException.Kind;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Opens and lists local files by {@code file:} URI. Takes no options. Thread-safe.
 *
 * <pre>{@code
 * try (RangeReader reader = Storages.open(path.toUri(), StorageOptions.none())) {
 *     byte[] first = reader.read(new ByteRange(0, 512)).get();
 * }
 * }</pre>
 */
public final class FileStorageProvider implements StorageProvider {
    /** Makes a provider; called by {@link java.util.ServiceLoader}. */
    public FileStorageProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("file");
    }

    @Override
    public RangeReader open(URI uri, StorageOptions options) throws StorageException {
        requireLocal(uri);
        try {
            URI local = uri.getRawAuthority() != null ? URI.create("file:" + uri.getRawPath()) : uri;
            return new FileRangeReader(Path.of(local));
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            // Neither its text nor itself as the cause: it may repeat the URI.
            throw malformed(uri, uri.getRawQuery() == null ? "no file can have this name" : "it has a query");
        }
    }

    /**
     * Lists files. Their locations begin with {@code file:///}.
     *
     * @throws StorageException of kind {@link Kind#INVALID} when the URI or the options are not usable
     */
    @Override
    public StorageListing list(URI prefix, StorageListing.Depth depth, StorageOptions options) throws StorageException {
        requireLocal(prefix);
        if (prefix.getPath() == null || prefix.getRawQuery() != null) {
            throw malformed(prefix, "no folder can have this name");
        }
        return LocalFolders.ofUri(prefix.getPath(), depth);
    }

    private static void requireLocal(URI uri) throws StorageException {
        if (uri.getRawAuthority() != null && !uri.getRawAuthority().equalsIgnoreCase("localhost")) {
            throw malformed(uri, "it names a host");
        }
    }

    private static StorageException malformed(URI uri, String why) {
        return new StorageException(
                Kind.INVALID,
                LocationText.shown(uri.toString()) + ": is not the URI of a local file (file:///folder/name): " + why);
    }
}
