// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.SparseRangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageListing;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.StorageProvider;
import io.h5coro.storage.StoredObject;
import io.h5coro.storage.WaveRangeReader;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Fixtures by the address {@code counted://fixture/NAME}, and large files without their values, which are far away, by
 * {@code counted://large/NAME}. Their waves are counted: those of each file, or, of the large files of
 * {@code counted://shelf/}, which is a folder, those of all together.
 */
public final class CountedStorage implements StorageProvider {
    private static final List<String> SHELF = List.of("granule_less", "granule_original", "granule_same");

    private static final List<WaveRangeReader> OPENED = new ArrayList<>();
    private static final List<CountedShelf> SHELVES = new ArrayList<>();

    @Override
    public Set<String> schemes() {
        return Set.of("counted");
    }

    @Override
    public RangeReader open(URI uri, StorageOptions options) throws StorageException {
        String name = uri.getPath().substring(1);
        synchronized (OPENED) {
            if ("shelf".equals(uri.getHost())) {
                if (SHELVES.isEmpty()) {
                    CountedShelf shelf = new CountedShelf(
                            SHELF.stream().map(CountedStorage::large).toList());
                    SHELVES.add(shelf);
                    OPENED.add(shelf.waves());
                }
                return SHELVES.get(0).file(SHELF.indexOf(name));
            }
            WaveRangeReader reader = new WaveRangeReader(
                    "large".equals(uri.getHost()) ? large(name) : MemoryRangeReader.of(name, Fixtures.bytes(name)));
            OPENED.add(reader);
            return reader;
        }
    }

    @Override
    public StorageListing list(URI prefix, StorageListing.Depth depth, StorageOptions options) {
        Iterator<String> names = SHELF.iterator();
        return new StorageListing() {
            @Override
            public Optional<StoredObject> next() {
                return names.hasNext()
                        ? Optional.of(new StoredObject(
                                "counted://shelf/" + names.next(),
                                OptionalLong.empty(),
                                Optional.empty(),
                                Optional.empty()))
                        : Optional.empty();
            }

            @Override
            public void close() {}
        };
    }

    /** A file of the tests of the core. */
    static RangeReader large(String name) {
        try (InputStream extents = Objects.requireNonNull(
                WaveRangeReader.class.getResourceAsStream("/large/" + name + ".extents.gz"), name)) {
            return SparseRangeReader.of(name, extents);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the readers that were opened since the last call. */
    static List<WaveRangeReader> take() {
        synchronized (OPENED) {
            List<WaveRangeReader> taken = List.copyOf(OPENED);
            OPENED.clear();
            SHELVES.clear();
            return taken;
        }
    }
}
