// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.s3.FakeServer.Handler;
import io.h5coro.s3.FakeServer.Request;
import io.h5coro.storage.Backoff;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageListing;
import io.h5coro.storage.StorageListing.Depth;
import io.h5coro.storage.StorageListingContract;
import io.h5coro.storage.StorageOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server can do to a listing. */
@Timeout(120)
final class S3ListingFaultsTest {
    private static final byte[] NOTHING = {};

    private final S3Transports transports = new S3Transports(S3Surroundings.ofProcess());

    private StorageListing list(FakeServer server, Depth depth) throws StorageException {
        return list(server, depth, "s3://bucket/dir/");
    }

    private StorageListing list(FakeServer server, Depth depth, String prefix) throws StorageException {
        S3Options options = FakeServerCase.options(server.uri())
                .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(5)))
                .build();
        return new S3StorageProvider(transports)
                .list(URI.create(prefix), depth, StorageOptions.none().with(S3Options.class, options));
    }

    private StorageException failure(Kind kind, FakeServer server, Depth depth) {
        StorageException failure =
                assertThrows(StorageException.class, () -> StorageListingContract.all(list(server, depth)));
        String message = String.valueOf(failure.getMessage());
        assertEquals(kind, failure.kind(), message);
        assertTrue(message.startsWith("s3://bucket/dir/: "), message);
        assertFalse(
                message.contains("\n") || message.contains("my-secret") || message.contains("secret text"), message);
        assertEquals(0, transports.size(), "the client is given back");
        return failure;
    }

    private static String keys(String... keys) {
        StringBuilder page = new StringBuilder();
        for (String key : keys) {
            page.append(FakeBucket.contents(key, NOTHING));
        }
        return page.toString();
    }

    private void refuses(Depth depth, String why, String page) throws Exception {
        try (FakeServer server = new FakeServer((request, out) -> FakeBucket.sendPage(out, page))) {
            String message =
                    String.valueOf(failure(Kind.PROTOCOL, server, depth).getMessage());
            assertTrue(message.endsWith(why), message);
            assertEquals(1, server.requests().size(), "asked once");
        }
    }

    @Test
    void aPageOfWhatWasNotAskedForIsRefused() throws Exception {
        for (Depth depth : Depth.values()) {
            refuses(depth, "a key that does not begin as it was asked for", FakeBucket.page(keys("other/x"), ""));
            refuses(depth, "a key that does not begin as it was asked for", FakeBucket.page(keys("di"), ""));
            refuses(
                    depth,
                    "there is a next page, and not which",
                    FakeBucket.page(keys("dir/x"), " ").replace("> <", "><"));
        }
        refuses(Depth.FOLDER, "which it was not asked for", FakeBucket.page(keys("dir/a/x"), ""));
        refuses(Depth.FOLDER, "a folder that it was not asked for", FakeBucket.page(FakeBucket.common("dir/a/b/"), ""));
        refuses(Depth.FOLDER, "a folder that it was not asked for", FakeBucket.page(FakeBucket.common("dir/a"), ""));
        refuses(Depth.TREE, "a folder that it was not asked for", FakeBucket.page(FakeBucket.common("dir/a/"), ""));
    }

    @Test
    void pagesThatComeAgainAreRefused() throws Exception {
        Handler again = (request, out) ->
                FakeBucket.sendPage(out, FakeBucket.page(keys("dir/x", "dir/y"), "token" + request.number()));
        try (FakeServer server = new FakeServer(again)) {
            String message =
                    String.valueOf(failure(Kind.PROTOCOL, server, Depth.TREE).getMessage());
            assertTrue(message.endsWith("does not list keys in the order of their bytes"), message);
        }
        try (FakeServer server = new FakeServer((request, out) ->
                FakeBucket.sendPage(out, FakeBucket.page(keys("dir/x" + request.number()), "same")))) {
            String message =
                    String.valueOf(failure(Kind.PROTOCOL, server, Depth.TREE).getMessage());
            assertTrue(message.endsWith("says that there is a next page, and not which"), message);
        }
    }

    @Test
    void pagesWithoutKeysEndAfterAThousand() throws Exception {
        Handler empty = (request, out) -> FakeBucket.sendPage(out, FakeBucket.page("", "token" + request.number()));
        try (FakeServer server = new FakeServer(empty)) {
            failure(Kind.PROTOCOL, server, Depth.TREE);
            assertTrue(server.requests().size() <= 1_002, server.requests().size() + " requests");
        }
    }

    @Test
    void aPageWithoutEndIsRefusedAfterItsBound() throws Exception {
        byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        Handler endless = (request, out) -> {
            FakeServer.head(out, 200, List.of("Content-Type: application/xml"), 1L << 40);
            out.write("<ListBucketResult>".getBytes(StandardCharsets.UTF_8));
            while (true) {
                out.write(blanks);
            }
        };
        try (FakeServer server = new FakeServer(endless)) {
            String message =
                    String.valueOf(failure(Kind.PROTOCOL, server, Depth.TREE).getMessage());
            assertTrue(message.endsWith("sends a page of more than 33554432 bytes"), message);
            assertEquals(1, server.requests().size());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "404, NoSuchBucket, NOT_FOUND, no such bucket at",
        "403, AccessDenied, ACCESS_DENIED, no permission to list (403 AccessDenied)",
        "403, SignatureDoesNotMatch, ACCESS_DENIED, the secret key is wrong",
        "400, InvalidArgument, PROTOCOL, refuses the request (400 InvalidArgument)",
        "301, PermanentRedirect, INVALID, set the region or the endpoint"
    })
    void whatTheServerRefusesIsATypedError(int status, String code, Kind kind, String part) throws Exception {
        try (FakeServer server = new FakeServer((request, out) -> FakeServer.sendError(out, status, code))) {
            String message = String.valueOf(failure(kind, server, Depth.FOLDER).getMessage());
            assertTrue(message.contains(part), message);
            assertEquals(1, server.requests().size());
        }
    }

    @Test
    void anAnswerThatIsNoPageIsATypedError() throws Exception {
        for (String body : List.of("", "<html>not found</html>", "{}", "<ListBucketResult><Contents>")) {
            try (FakeServer server = new FakeServer((request, out) -> FakeBucket.sendPage(out, body))) {
                StorageException failure = assertThrows(
                        StorageException.class,
                        () -> StorageListingContract.all(list(server, Depth.TREE)),
                        () -> "taken for a page: " + body);
                assertEquals(Kind.PROTOCOL, failure.kind(), failure.getMessage());
                assertFalse(String.valueOf(failure.getMessage()).contains("<html>"), failure.getMessage());
            }
        }
    }

    @Test
    void aServerThatIsBusyIsAskedAgain() throws Exception {
        Handler busy = (request, out) -> {
            if (request.number() < 2) {
                FakeServer.sendError(out, 503, "SlowDown");
            } else {
                FakeBucket.sendPage(out, FakeBucket.page(keys("dir/x"), ""));
            }
        };
        try (FakeServer server = new FakeServer(busy)) {
            assertEquals(1, StorageListingContract.all(list(server, Depth.TREE)).size());
            assertEquals(3, server.requests().size());
        }
        try (FakeServer server = new FakeServer((request, out) -> FakeServer.sendError(out, 503, "SlowDown"))) {
            failure(Kind.UNAVAILABLE, server, Depth.TREE);
            assertEquals(3, server.requests().size(), "two retries");
        }
    }

    @Test
    void closingEndsTheRequestUnderWay() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        Handler silent = (request, out) -> {
            if (request.number() == 0) {
                FakeBucket.sendPage(out, FakeBucket.page(keys("dir/x"), "1"));
                return;
            }
            asked.countDown();
            awaitEnd(out);
            gone.countDown();
        };
        try (FakeServer server = new FakeServer(silent)) {
            StorageListing listing = list(server, Depth.TREE);
            assertTrue(listing.next().isPresent());
            asked.await();
            listing.close();
            listing.close();
            assertEquals(0, transports.size());
            assertTrue(listing.next().isEmpty());
            gone.await();
        }
    }

    /** Sends blanks until the client has gone away. */
    private static void awaitEnd(OutputStream out) {
        try {
            FakeServer.head(out, 200, List.of(), 1L << 40);
            while (true) {
                out.write(new byte[1 << 16]);
                out.flush();
            }
        } catch (IOException e) {
            return;
        }
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Handler silent = (request, out) -> never.await();
        try (FakeServer server = new FakeServer(silent);
                StorageListing listing = list(server, Depth.TREE)) {
            Thread.currentThread().interrupt();
            StorageException failure = assertThrows(StorageException.class, listing::next);
            assertTrue(Thread.interrupted());
            assertEquals(Kind.CLOSED, failure.kind());
        } finally {
            never.countDown();
        }
    }

    @Test
    void asksWithItsKeysOrWithoutAny() throws Exception {
        FakeBucket bucket = new FakeBucket().put("dir/x.h5", NOTHING);
        try (FakeServer server = new FakeServer(bucket)) {
            S3Options anonymous =
                    S3Options.builder().endpoint(server.uri()).anonymous(true).build();
            for (S3Options options : List.of(
                    anonymous,
                    FakeServerCase.options(server.uri()).requesterPays(true).build())) {
                StorageOptions all = StorageOptions.none().with(S3Options.class, options);
                assertEquals(
                        1,
                        StorageListingContract.all(new S3StorageProvider(transports)
                                        .list(URI.create("s3://bucket/dir/"), Depth.FOLDER, all))
                                .size());
            }
            List<Request> asked = server.requests();
            assertEquals("", asked.get(0).header("authorization"));
            assertTrue(asked.get(1).header("authorization").startsWith("AWS4-HMAC-SHA256 "));
            assertEquals("requester", asked.get(1).header("x-amz-request-payer"));
        }
    }
}
