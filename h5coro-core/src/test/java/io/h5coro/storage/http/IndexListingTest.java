// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.ServerFault;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageListing;
import io.h5coro.storage.StorageListing.Depth;
import io.h5coro.storage.StorageListingContract;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import io.h5coro.storage.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server can do to a listing by index pages. */
@Timeout(60)
final class IndexListingTest {
    private FaultyHttpServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = FaultyHttpServer.start();
    }

    @AfterEach
    void stopServer() throws Exception {
        server.close();
    }

    private void page(String path, String... links) {
        StringBuilder page = new StringBuilder("<title>Index of " + path + "</title>");
        for (String link : links) {
            page.append("<a href=\"").append(link).append("\">link</a>\n");
        }
        server.put(path, page.toString().getBytes(StandardCharsets.UTF_8));
    }

    private StorageListing list(String path, Depth depth) throws StorageException {
        StorageOptions options = StorageOptions.none()
                .with(
                        HttpOptions.class,
                        HttpOptions.builder().indexPages(true).retries(0).build());
        return Storages.list(server.uri(path).toString(), depth, options);
    }

    private static StorageException failure(Kind kind, StorageListing listing) {
        StorageException failure = assertThrows(StorageException.class, () -> StorageListingContract.all(listing));
        assertEquals(kind, failure.kind(), failure.getMessage());
        return failure;
    }

    @Test
    void withoutTheOptionNothingIsAskedAndTheOptionIsNamed() {
        String location = server.uri("/data/*.h5").toString();
        StorageException refused = assertThrows(
                StorageException.class,
                () -> Storages.find(location.replace("http://", "http://id:secret@"), StorageOptions.none()));
        assertEquals(Kind.UNSUPPORTED, refused.kind());
        assertEquals(
                server.uri("/data/")
                        + ": HTTP has no listing; HttpOptions.indexPages reads the index pages of Apache and nginx",
                refused.getMessage());
        assertEquals(0, server.requests());
    }

    @Test
    void noLinkLeadsOutOfTheFolder() throws Exception {
        page(
                "/data/",
                "x.h5",
                "/secret/",
                "../",
                "..%2f..%2f/",
                "//evil.net/",
                "http://evil.net/a/",
                "sub/../../up/",
                "in/");
        page("/data/in/", "y.h5", "/data/", "/data/in/", "./", "../in/");
        List<String> found = StorageListingContract.all(list("/data/", Depth.TREE)).stream()
                .map(StoredObject::location)
                .toList();
        assertEquals(
                List.of(
                        server.uri("/data/in/y.h5").toString(),
                        server.uri("/data/x.h5").toString()),
                found);
        assertEquals(
                List.of("/data/", "/data/in/"),
                server.log().stream().map(request -> request.path()).toList());
    }

    @Test
    void foldersWithoutEndAreAnErrorAfterAHundred() throws Exception {
        server.always(request -> answer -> {
            answer.status = 200;
            answer.headers.clear();
            answer.body("<title>Index of x</title><a href=\"a/\">a/</a><a href=\"b/\">b/</a>");
        });
        StorageException refused = failure(Kind.PROTOCOL, list("/data/", Depth.TREE));
        assertTrue(String.valueOf(refused.getMessage()).contains("more than 100 levels"), refused.getMessage());
        assertEquals(100, server.requests());
    }

    @Test
    void aFolderThatIsNoneHasNoObjects() throws Exception {
        page("/data/", "gone/", "x.h5");
        assertEquals(1, StorageListingContract.all(list("/data/", Depth.TREE)).size());
        failure(Kind.NOT_FOUND, list("/nothing/", Depth.TREE));
    }

    @Test
    void aPageWithoutEndIsRefusedAfterItsBound() throws Exception {
        page("/data/", "x.h5");
        server.always(request -> answer -> {
            answer.header("Content-Range", "");
            ServerFault.endless(200, "X-None: 1").spoil(answer);
        });
        StorageException refused = failure(Kind.PROTOCOL, list("/data/", Depth.FOLDER));
        assertTrue(String.valueOf(refused.getMessage()).contains("(an index page has at most 16777216 bytes)"));
        assertTrue(server.endlessBytes() < 64 << 20, server.endlessBytes() + " bytes sent");
    }

    @Test
    void aPageOfAnotherKindIsRefused() throws Exception {
        server.put("/data/", "<html><title>Please log in</title></html>".getBytes(StandardCharsets.UTF_8));
        failure(Kind.PROTOCOL, list("/data/", Depth.FOLDER));
        server.always(request -> ServerFault.status(401));
        failure(Kind.ACCESS_DENIED, list("/data/", Depth.FOLDER));
        server.always(request -> ServerFault.redirect(302, "http://127.0.0.1:1/login"));
        failure(Kind.UNREACHABLE, list("/data/", Depth.FOLDER));
    }

    @Test
    void anAddressWithAQueryCannotBeListed() {
        StorageException refused = assertThrows(StorageException.class, () -> list("/data/?sig=SECRET", Depth.FOLDER));
        assertEquals(Kind.INVALID, refused.kind());
        assertFalse(String.valueOf(refused.getMessage()).contains("SECRET"));
    }

    @Test
    void aQueryMakesAnAddressPlain() throws Exception {
        for (String location : List.of("https://host/a*.h5?sig=1", "https://host/a.h5?x=*", "https://host/a%2A.h5")) {
            assertEquals(Optional.of(location), Storages.plain(location));
        }
        assertEquals(Optional.empty(), Storages.plain("https://host/a*.h5"));
    }

    @Test
    void userAndPasswordStayInTheLocationsAndOutOfTheTexts() throws Exception {
        page("/data/", "x.h5");
        String location = server.uri("/data/*.h5").toString().replace("http://", "http://id:secret@");
        StoredObject found = StorageListingContract.all(
                        Storages.find(location, StorageOptions.none().with("index_pages", "yes")))
                .get(0);
        assertEquals(server.uri("/data/x.h5").toString().replace("http://", "http://id:secret@"), found.location());
        assertEquals(server.uri("/data/x.h5").toString(), found.toString());
        assertTrue(server.log().get(0).header("Authorization").isPresent());
    }
}
