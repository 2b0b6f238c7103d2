// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import io.h5coro.storage.StorageException.Kind;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Set;

/** Local files by {@code file:} URI. Takes no options. Thread-safe. */
public final class FileStorageProvider implements StorageProvider {
    /** For {@link java.util.ServiceLoader}. */
    public FileStorageProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("file");
    }

    @Override
    public RangeReader open(URI uri, StorageOptions options) throws StorageException {
        try {
            URI local = "localhost".equalsIgnoreCase(uri.getAuthority()) ? URI.create("file:" + uri.getRawPath()) : uri;
            return new FileRangeReader(Path.of(local));
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw new StorageException(
                    Kind.INVALID, uri + ": is not the URI of a local file (file:///folder/name): " + e.getMessage(), e);
        }
    }
}
