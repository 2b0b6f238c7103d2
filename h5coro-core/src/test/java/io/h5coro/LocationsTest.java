// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.NotFoundException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.ServerFault;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.StoredObject;
import io.h5coro.testdata.Fixtures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link H5Coro#locations}: files by wildcards, and the library's own errors. */
final class LocationsTest {
    private static final StorageOptions NONE = StorageOptions.none();

    @TempDir
    Path folder;

    private static List<String> found(String location) {
        try (Stream<StoredObject> files = H5Coro.locations(location, NONE)) {
            return files.map(StoredObject::location).toList();
        }
    }

    @Test
    void whatIsFoundOpens() throws Exception {
        for (String name : List.of("b.h5", "a.h5", "c.txt")) {
            Files.copy(Fixtures.path("numbers_earliest"), folder.resolve(name));
        }
        List<String> files = found(folder + "/*.h5");
        assertEquals(List.of(folder + "/a.h5", folder + "/b.h5"), files);
        for (String file : files) {
            try (H5Coro open = H5Coro.open(file, ReadOptions.defaults(), NONE)) {
                assertFalse(open.root().links().isEmpty());
            }
        }
        assertEquals(3, found(folder.toString()).size());
        assertEquals(3, found(folder + "/").size());
        assertEquals(List.of(folder + "/c.txt"), found(folder + "/c.txt"));
    }

    @Test
    void nothingIsNotFound() {
        for (String location :
                List.of(folder + "/*.h5", folder + "/x.h5", folder + "/", folder + "/no/*", "no/../no*")) {
            NotFoundException failure = assertThrows(NotFoundException.class, () -> found(location), location);
            assertTrue(String.valueOf(failure.getMessage()).contains(location), failure.getMessage());
        }
    }

    @Test
    void aStorageThatDoesNotListIsUnsupported() {
        UnsupportedFeatureException failure =
                assertThrows(UnsupportedFeatureException.class, () -> found("https://id:secret@host/data/*.h5"));
        assertEquals(
                "https://host/data/*.h5: https://host/data/: HTTP has no listing; HttpOptions.indexPages reads the"
                        + " index pages of Apache and nginx",
                failure.getMessage());
        StorageFailureException unknown =
                assertThrows(StorageFailureException.class, () -> found("gopher://host/*.h5"));
        assertEquals(Kind.INVALID, unknown.kind());
    }

    @Test
    void aFailureComesWithTheElementThatItConcerns() throws Exception {
        try (FaultyHttpServer server = FaultyHttpServer.start()) {
            String page = "<title>Index of /d/</title><a href=\"a/\">a</a><a href=\"b/\">b</a>";
            server.put("/d/", page.getBytes(StandardCharsets.UTF_8));
            server.put("/d/a/", "<title>Index of /d/a/</title><a href=\"x.h5\">x</a>".getBytes(StandardCharsets.UTF_8));
            server.always(request -> request.path().equals("/d/b/") ? ServerFault.status(403) : ServerFault.none());
            StorageOptions pages = NONE.with("index_pages", "true");
            try (Stream<StoredObject> files =
                    H5Coro.locations(server.uri("/d/*/*.h5").toString(), pages)) {
                Iterator<StoredObject> each = files.iterator();
                assertEquals(server.uri("/d/a/x.h5").toString(), each.next().location());
                StorageFailureException failure = assertThrows(StorageFailureException.class, each::next);
                assertEquals(Kind.ACCESS_DENIED, failure.kind());
                assertThrows(NoSuchElementException.class, each::next);
            }
        }
    }
}
