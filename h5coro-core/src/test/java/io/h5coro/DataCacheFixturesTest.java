// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.DataCache;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.VersionedRangeReader;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every fixture has the same values from a data cache as without. That those are libhdf5's is FixtureTest's. */
final class DataCacheFixturesTest {
    @TempDir
    static Path folder;

    @TestFactory
    Stream<DynamicTest> hasTheSameValuesWhenItIsReadAgain() {
        return Fixtures.all().stream().map(name -> DynamicTest.dynamicTest(name, () -> check(name)));
    }

    private static void check(String name) {
        // Data do not come along with metadata.
        ReadOptions.Builder options =
                ReadOptions.builder().firstReadBytes(512).blockBytes(512).chunkCacheBytes(0);
        Map<String, String> without = outcomes(name, options.build());
        ReadOptions cached = options.dataCache(DataCache.at(folder.resolve("data"), 1L << 30))
                .build();
        assertEquals(without, outcomes(name, cached));
        assertEquals(without, outcomes(name, cached));
    }

    private static Map<String, String> outcomes(String name, ReadOptions options) {
        RangeReader reader =
                new VersionedRangeReader(MemoryRangeReader.of(name, Fixtures.bytes(name)), "mem://" + name, "v1");
        return PublicCalls.all(reader, options, PublicCalls.Extent.VALUES, () -> {})
                .outcomes();
    }

    @AfterAll
    static void somethingWasKept() throws IOException {
        try (Stream<Path> kept = Files.walk(folder)) {
            assertTrue(kept.filter(path -> path.toString().endsWith(".h5data")).count() > 50);
        }
    }
}
