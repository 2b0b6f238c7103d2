// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that tasks share, over HTTP: a server that has ETags and counts. */
final class OpenFilesTest {
    private static final Path GRANULE = Path.of("src/test/resources/granules/ATL03_000.h5");
    private static final String DATASET = "/gt1l/heights/h_ph";

    private final OpenFiles files = new OpenFiles(StorageOptions.none(), ReadOptions.defaults());
    private FaultyHttpServer server;
    private String location;
    private byte[] content;

    @BeforeEach
    void serves() throws IOException {
        content = Files.readAllBytes(GRANULE);
        server = FaultyHttpServer.start();
        server.put("/granule.h5", content);
        location = server.uri("/granule.h5").toString();
    }

    @AfterEach
    void stops() throws IOException {
        server.close();
    }

    private ListedFile listed() throws Exception {
        try (RangeReader reader = Storages.open(location, StorageOptions.none())) {
            reader.read(new ByteRange(0, 8)).get();
            return new ListedFile(
                    location, content.length, reader.strongVersion().orElseThrow(), null);
        }
    }

    @Test
    void oneFileIsOpenedOnceAndCountedOnce() throws Exception {
        ListedFile listed = listed();
        server.clearLog();
        try (Lease one = files.open(listed);
                Lease other = files.open(listed)) {
            assertSame(one.file(), other.file());
            assertEquals(558, one.file().read(DATASET).length());
            assertEquals(
                    server.requests(),
                    one.takeCosts().requests() + other.takeCosts().requests());
            assertEquals(0, one.takeCosts().requests());
        }
        try (Lease again = files.open(listed)) {
            assertEquals(558, again.file().read(DATASET).length());
        }
        assertTrue(server.requests() >= 1 && server.requests() <= 2, server.requests() + " requests");
    }

    @Test
    void anotherVersionThanTheListedOneIsNotRead() throws Exception {
        ListedFile listed = listed();
        byte[] other = content.clone();
        other[other.length - 1] ^= 1;
        server.put("/granule.h5", other);
        H5Exception changed;
        try (Lease lease = files.open(listed)) {
            changed = assertThrows(H5Exception.class, lease::file);
        }
        assertTrue(changed.getMessage().contains(location), changed.getMessage());
    }

    @Test
    void aNewlyListedVersionIsOpenedAnew() throws Exception {
        ListedFile before = listed();
        files.open(before).close();
        byte[] other = content.clone();
        other[other.length - 1] ^= 1;
        server.put("/granule.h5", other);
        ListedFile after = listed();
        try (Lease lease = files.open(after)) {
            assertEquals(558, lease.file().read(DATASET).length());
        }
    }

    @Test
    void aFileThatCouldNotBeOpenedIsTriedAgain() throws Exception {
        server.put("/granule.h5", new byte[100]);
        ListedFile named = ListedFile.named(location);
        server.clearLog();
        try (Lease lease = files.open(named)) {
            assertThrows(H5Exception.class, lease::file);
            assertEquals(server.requests(), lease.takeCosts().requests());
            assertEquals(0, lease.takeCosts().requests());
        }
        server.put("/granule.h5", content);
        try (Lease lease = files.open(named)) {
            assertEquals(558, lease.file().read(DATASET).length());
        }
    }
}
