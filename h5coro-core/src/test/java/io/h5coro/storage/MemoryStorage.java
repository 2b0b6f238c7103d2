// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import io.h5coro.storage.StorageException.Kind;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Objects in memory at {@code mem://box/key}, as a storage of another jar has them; counts what is asked for. */
public final class MemoryStorage implements StorageProvider {
    private final TreeMap<String, byte[]> objects = new TreeMap<>(StorageListing.order());
    private final List<String> asked = new ArrayList<>();

    public MemoryStorage put(String key, byte[] content) {
        objects.put(key, content);
        return this;
    }

    /** The prefixes that were listed, each with its depth. */
    public List<String> asked() {
        return asked;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("mem");
    }

    @Override
    public RangeReader open(URI uri, StorageOptions options) throws StorageException {
        byte[] content = objects.get(uri.getPath().substring(1));
        if (content == null) {
            throw new StorageException(Kind.NOT_FOUND, uri + ": no such object");
        }
        return MemoryRangeReader.of(uri.toString(), content);
    }

    @Override
    public StorageListing list(URI prefix, StorageListing.Depth depth, StorageOptions options) {
        String root = "mem://" + prefix.getAuthority() + "/";
        String start = prefix.getPath().substring(1);
        int folder = start.lastIndexOf('/') + 1;
        TreeMap<String, StoredObject> found = new TreeMap<>(StorageListing.order());
        for (Map.Entry<String, byte[]> object : objects.tailMap(start).entrySet()) {
            String key = object.getKey();
            int slash = key.indexOf('/', folder);
            if (!key.startsWith(start)) {
                continue;
            }
            if (depth == StorageListing.Depth.FOLDER && slash >= 0) {
                String inner = key.substring(0, slash + 1);
                found.put(inner, StoredObject.folder(root + inner));
            } else {
                found.put(
                        key,
                        new StoredObject(
                                root + key,
                                OptionalLong.of(object.getValue().length),
                                Optional.empty(),
                                Optional.of(Instant.EPOCH)));
            }
        }
        Iterator<StoredObject> all = found.values().iterator();
        return new StorageListing() {
            private boolean counted;

            @Override
            public Optional<StoredObject> next() {
                if (!counted) {
                    counted = true;
                    asked.add(start + (depth == Depth.FOLDER ? "" : " and below"));
                }
                return all.hasNext() ? Optional.of(all.next()) : Optional.empty();
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }
}
