// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.ObjectChangedException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadStatistics;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a file costs whose metadata another process has handed over, and that a wrong note changes no value. */
@Timeout(60)
final class MetadataNoteTest {
    private static final String DATASET = "/gt1l/heights/h_ph";
    private static final int ROOM = 1 << 20;

    /** Requests are counted: a busy machine must not have one sent twice. */
    private static final ReadOptions OPTIONS = ReadOptions.builder()
            .hedgeAfter(Duration.ZERO)
            .firstReadBytes(4 << 10)
            .build();

    private final byte[] content = Fixtures.bytes("sample_granule");
    private FaultyHttpServer server;
    private String location;

    @BeforeEach
    void start() throws IOException {
        server = FaultyHttpServer.start().put("/a.h5", content);
        location = server.uri("/a.h5").toString();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static RangeReader plain(String at) throws io.h5coro.storage.StorageException {
        return Storages.open(at, StorageOptions.none());
    }

    /** Opens a version, as somebody who knows it from a listing does. */
    private static SiblingFiles.Opener pinned(byte[] version) {
        return at -> {
            RangeReader reader = plain(at);
            assertTrue(reader.expect(FaultyHttpServer.etag(version), version.length));
            return reader;
        };
    }

    private byte[] note() {
        try (H5Coro file = MetadataNote.empty().open(location, OPTIONS, MetadataNoteTest::plain)) {
            assertTrue(file.explain(List.of(DatasetRequest.of(DATASET)))
                            .datasets()
                            .get(0)
                            .bytesWanted()
                    > 0);
            return MetadataNote.of(file, ROOM).orElseThrow().toBytes();
        } finally {
            server.clearLog();
        }
    }

    private static String sum(H5Coro file) {
        return CanonicalBytes.sha256(file.read(DATASET), r -> "", r -> 0);
    }

    private static String expected() {
        return Fixtures.expected("sample_granule").object(DATASET).sha256();
    }

    @Test
    void aPinnedFileIsReadWithoutARequestForMetadata() {
        byte[] note = note();
        assertTrue(note.length > 1000 && note.length < content.length / 2, note.length + " bytes");
        try (H5Coro file = MetadataNote.of(note).open(location, OPTIONS, pinned(content))) {
            assertTrue(file.dataset(DATASET).shape().elementCount() > 0);
            assertTrue(file.dataset(DATASET).chunks().isPresent());
            assertEquals(0, server.requests());
            assertEquals(expected(), sum(file));
            ReadStatistics told = file.statistics();
            assertEquals(0, told.metadataRequests(), told::toString);
            assertTrue(told.requests() >= 1 && told.requests() == server.requests(), told::toString);
        }
    }

    @Test
    void withoutAPinTheVersionIsConfirmedFirst() {
        byte[] note = note();
        try (H5Coro file = MetadataNote.of(note).open(location, OPTIONS, MetadataNoteTest::plain)) {
            assertTrue(file.dataset(DATASET).shape().elementCount() > 0);
            assertEquals(1, server.requests());
            assertEquals(expected(), sum(file));
        }
    }

    @Test
    void aNoteIsHandedOnFromFileToFile() {
        byte[] again;
        try (H5Coro file = MetadataNote.of(note()).open(location, OPTIONS, pinned(content))) {
            again = MetadataNote.of(file, ROOM).orElseThrow().toBytes();
        }
        try (H5Coro file = MetadataNote.of(again).open(location, OPTIONS, pinned(content))) {
            assertEquals(expected(), sum(file));
            assertEquals(0, file.statistics().metadataRequests());
        }
    }

    @Test
    void anotherVersionIsReadAsIfThereWereNoNote() {
        byte[] note = note();
        byte[] other = Fixtures.bytes("odd_chunks");
        server.put("/a.h5", other);
        for (SiblingFiles.Opener opener : List.<SiblingFiles.Opener>of(MetadataNoteTest::plain, pinned(other))) {
            try (H5Coro file = MetadataNote.of(note).open(location, OPTIONS, opener);
                    H5Coro same = H5Coro.open(location, OPTIONS)) {
                assertEquals(
                        same.list("/").variables().keySet(),
                        file.list("/").variables().keySet());
                assertTrue(file.statistics().metadataRequests() >= 1);
            }
        }
    }

    @Test
    void aPinnedVersionThatIsGoneIsNeverReadInPart() {
        byte[] note = note();
        byte[] other = content.clone();
        other[other.length - 1] ^= 1;
        server.put("/a.h5", other);
        try (H5Coro file = MetadataNote.of(note).open(location, OPTIONS, pinned(content))) {
            assertThrows(ObjectChangedException.class, () -> file.read(DATASET));
        }
    }

    @Test
    void whatIsNoNoteOfTheObjectIsLeftAside() {
        byte[] note = note();
        byte[] broken = note.clone();
        broken[note.length / 2] ^= 1;
        server.put("/b.h5", content);
        String twin = server.uri("/b.h5").toString();
        for (byte[] useless : List.of(broken, Arrays.copyOf(note, note.length / 2), new byte[0])) {
            assertReads(location, useless);
        }
        assertReads(twin, note);
    }

    private void assertReads(String at, byte[] useless) {
        try (H5Coro file = MetadataNote.of(useless).open(at, OPTIONS, pinned(content))) {
            assertEquals(expected(), sum(file));
            assertTrue(file.statistics().metadataRequests() >= 1);
        }
    }

    @Test
    void aNoteThatWouldBeTooLongIsNone() {
        try (H5Coro file = MetadataNote.empty().open(location, OPTIONS, MetadataNoteTest::plain);
                H5Coro other = H5Coro.open(location, OPTIONS)) {
            assertTrue(MetadataNote.of(file, 100).isEmpty());
            assertTrue(MetadataNote.of(file, ROOM).isPresent());
            assertTrue(MetadataNote.of(other, ROOM).isEmpty());
        }
    }
}
