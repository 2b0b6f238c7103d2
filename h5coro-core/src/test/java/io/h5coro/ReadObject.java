// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.model.Link;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.testdata.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An object of a fixture and the bytes that calls on it read.
 *
 * @param file all bytes of the fixture
 * @param path of the object
 * @param read what was read, in units of 512 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never changed
record ReadObject(String fixture, byte[] file, String path, List<ByteRange> read) {
    /** Objects of one fixture that are tried. */
    private static final int MOST_OBJECTS = 40;

    /** Small pieces, so that what is read is what is needed, and small limits, so that what is too much ends soon. */
    static ReadOptions.Builder options() {
        return ReadOptions.builder()
                .blockBytes(512)
                .firstReadBytes(512)
                .cacheBytes(256 << 10)
                .decodeThreads(1)
                .resultBytes(1 << 20)
                .metadataBudgetBytes(4 << 20)
                .deadline(Duration.ofSeconds(10));
    }

    /** A number of its own, the same in every run. */
    int number() {
        return (fixture + path).hashCode();
    }

    /** The objects of a fixture: of many only some, the first ones and others evenly. */
    static List<ReadObject> of(String fixture) {
        List<ReadObject> objects = new ArrayList<>();
        byte[] file = Fixtures.bytes(fixture);
        for (String path : paths(file)) {
            CountingRangeReader counting = new CountingRangeReader(MemoryRangeReader.of(fixture, file));
            PublicCalls.on(counting, options().build(), path, PublicCalls.Extent.VALUES);
            List<ByteRange> read = counting.ranges().stream()
                    .filter(range -> range.offset() < file.length)
                    .toList();
            objects.add(new ReadObject(fixture, file, path, read));
        }
        return objects;
    }

    private static List<String> paths(byte[] file) {
        List<String> found = new ArrayList<>(List.of("/"));
        try (H5Coro open =
                H5Coro.open(MemoryRangeReader.of("fixture", file), options().build())) {
            Set<Long> seen = new HashSet<>();
            for (int i = 0; i < found.size() && i < 500; i++) {
                try {
                    if (open.object(found.get(i)) instanceof Group group && seen.add(group.address())) {
                        for (Link link : group.links()) {
                            found.add((i == 0 ? "" : found.get(i)) + "/" + link.name());
                        }
                    }
                } catch (H5Exception unreadable) {
                    assertTrue(i > 0 || found.size() == 1);
                }
            }
        } catch (H5Exception unopenable) {
            assertEquals(1, found.size());
        }
        List<String> some = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_OBJECTS, found.size()); i++) {
            some.add(found.get((int) ((long) i * found.size() / Math.min(MOST_OBJECTS, found.size()))));
        }
        return some;
    }
}
