// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.StorageProvider;
import io.h5coro.storage.WaveRangeReader;
import io.h5coro.testdata.Fixtures;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Fixtures by the address {@code counted://fixture/NAME}, whose waves are counted. */
public final class CountedStorage implements StorageProvider {
    private static final List<WaveRangeReader> OPENED = new ArrayList<>();

    @Override
    public Set<String> schemes() {
        return Set.of("counted");
    }

    @Override
    public RangeReader open(URI uri, StorageOptions options) throws StorageException {
        String name = uri.getPath().substring(1);
        WaveRangeReader reader = new WaveRangeReader(MemoryRangeReader.of(name, Fixtures.bytes(name)));
        synchronized (OPENED) {
            OPENED.add(reader);
        }
        return reader;
    }

    /** Takes the readers that were opened since the last call. */
    static List<WaveRangeReader> take() {
        synchronized (OPENED) {
            List<WaveRangeReader> taken = List.copyOf(OPENED);
            OPENED.clear();
            return taken;
        }
    }
}
