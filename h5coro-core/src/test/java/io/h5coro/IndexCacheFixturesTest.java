// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.error.H5Exception;
import io.h5coro.model.IndexCache;
import io.h5coro.model.ReadOptions;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.MultipleFailuresError;

/** Every fixture has the values that libhdf5 reads, also from what an index cache has kept of it. */
final class IndexCacheFixturesTest {
    @TempDir
    static Path folder;

    @TestFactory
    Stream<DynamicTest> hasTheSameValuesWhenItIsOpenedAgain() {
        return Fixtures.all().stream().map(name -> DynamicTest.dynamicTest(name, () -> check(name)));
    }

    private static void check(String name) throws IOException {
        settle(Fixtures.path(name));
        IndexCache cache = IndexCache.at(folder);
        String first = outcome(name, ReadOptions.builder().indexCache(cache));
        assertEquals(first, outcome(name, ReadOptions.builder().indexCache(cache)));
        assertEquals(first, outcome(name, ReadOptions.builder()));
    }

    /** A file that was written just now is not cached: it may be written to again within the resolution of its time. */
    private static void settle(Path path) throws IOException {
        Instant old = Instant.now().minus(Duration.ofHours(1));
        if (Files.getLastModifiedTime(path).toInstant().isAfter(old)) {
            Files.setLastModifiedTime(path, FileTime.from(old));
        }
    }

    private static String outcome(String name, ReadOptions.Builder options) {
        try {
            FixtureCheck.all(name, options);
            return "as libhdf5";
        } catch (H5Exception | MultipleFailuresError failure) {
            if (!FixtureTest.hasRefusals(name)) {
                throw failure;
            }
            return String.valueOf(failure.getMessage());
        }
    }
}
