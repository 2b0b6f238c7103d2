// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import static io.h5coro.storage.RangeReaderContract.failure;
import static io.h5coro.storage.RangeReaderContract.get;
import static io.h5coro.storage.RangeReaderContract.noise;
import static io.h5coro.storage.ServerFault.none;
import static io.h5coro.storage.ServerFault.redirect;
import static io.h5coro.storage.ServerFault.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.Backoff;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.ServedRequest;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects, tokens and URLs that expire: who may see which secret, and for how long. */
@Timeout(60)
final class HttpAccessTest {
    private static final ByteRange HEAD = new ByteRange(0, 10);

    private FaultyHttpServer front;
    private FaultyHttpServer store;

    @BeforeEach
    void start() throws Exception {
        front = FaultyHttpServer.start();
        store = FaultyHttpServer.start().put("/signed.h5", noise(1_000, 1));
    }

    @AfterEach
    void stop() throws Exception {
        front.close();
        store.close();
    }

    private RangeReader open(URI uri, HttpOptions.Builder options) throws Exception {
        HttpOptions quick = options.backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(5)))
                .build();
        return Storages.open(uri, StorageOptions.none().with(HttpOptions.class, quick));
    }

    private static HttpOptions.Builder withToken() {
        return HttpOptions.builder().bearerToken("TOKEN").header("Cookie", "COOKIE");
    }

    private static String message(StorageException failure) {
        return String.valueOf(failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsARedirectToAnotherHostWithoutTheSecrets(int status) throws Exception {
        front.always(
                request -> redirect(status, store.uri("/signed.h5?X-Sig=SECRET").toString()));
        try (RangeReader reader = open(front.uri("/x.h5"), withToken())) {
            assertEquals(10, get(reader.read(HEAD)).length);
            assertEquals(front.uri("/x.h5").toString(), reader.source());
        }
        ServedRequest first = front.log().get(0);
        assertEquals(Optional.of("Bearer TOKEN"), first.header("Authorization"));
        ServedRequest signed = store.log().get(0);
        assertEquals("X-Sig=SECRET", signed.query());
        assertEquals(Optional.of("bytes=0-9"), signed.header("Range"));
        assertEquals(Optional.empty(), signed.header("Authorization"));
        assertEquals(Optional.empty(), signed.header("Cookie"));
    }

    @Test
    void keepsTheSecretsForTheSameHost() throws Exception {
        front.put("/y.h5", noise(100, 1)).next(redirect(302, "y.h5"));
        try (RangeReader reader = open(front.uri("/x.h5"), withToken())) {
            get(reader.read(HEAD));
        }
        assertEquals("/y.h5", front.log().get(1).path());
        assertEquals(Optional.of("Bearer TOKEN"), front.log().get(1).header("Authorization"));
    }

    @Test
    void goesStraightToWhereRedirectsLedUntilThatIsRefused() throws Exception {
        AtomicInteger signatures = new AtomicInteger();
        front.always(request -> redirect(
                303, store.uri("/signed.h5?n=" + signatures.incrementAndGet()).toString()));
        try (RangeReader reader = open(front.uri("/x.h5"), withToken())) {
            for (int i = 0; i < 5; i++) {
                get(reader.read(HEAD));
            }
            assertEquals(1, front.requests());
            assertEquals(5, store.requests());
            store.next(status(403));
            get(reader.read(HEAD));
            assertEquals(2, front.requests());
            assertEquals("n=2", store.log().get(6).query());
        }
    }

    @Test
    void aChainOfRedirectsIsFollowedToItsEnd() throws Exception {
        front.always(request -> {
            int n = request.query().isEmpty() ? 0 : Integer.parseInt(request.query());
            return redirect(
                    302, n < 9 ? "/x.h5?" + (n + 1) : store.uri("/signed.h5").toString());
        });
        try (RangeReader reader = open(front.uri("/x.h5"), HttpOptions.builder())) {
            get(reader.read(HEAD));
        }
        assertEquals(10, front.requests());
    }

    @Test
    void aLoopOfRedirectsIsAnError() throws Exception {
        front.always(request -> redirect(302, "/x.h5?SECRET"));
        try (RangeReader reader = open(front.uri("/x.h5"), HttpOptions.builder())) {
            StorageException failure = failure(Kind.PROTOCOL, reader.read(HEAD));
            assertTrue(message(failure).contains("redirects"), message(failure));
            assertFalse(message(failure).contains("SECRET"), message(failure));
        }
        assertTrue(front.requests() >= 11 && front.requests() <= 13, front.requests() + " requests");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://host/SECRET", "file:///etc/passwd?SECRET", "http://", "http://[SECRET", "mailto:SECRET"})
    void aRedirectOutOfTheWebIsRefused(String location) throws Exception {
        front.always(request -> redirect(302, location));
        try (RangeReader reader = open(front.uri("/x.h5"), HttpOptions.builder())) {
            StorageException failure = failure(Kind.PROTOCOL, reader.read(HEAD));
            assertFalse(message(failure).contains("SECRET"), message(failure));
            assertTrue(message(failure).contains(reader.source()), message(failure));
        }
    }

    /**
     * A request that was cancelled after its end took the connection away from the next one, which was then sent twice.
     */
    @Test
    void anAnswerThatIsFasterThanItsSenderKeepsItsConnection() throws Exception {
        front.always(request -> redirect(302, "/x.h5"));
        try (RangeReader reader = open(front.uri("/x.h5"), HttpOptions.builder())) {
            for (int i = 0; i < 400; i++) {
                failure(Kind.PROTOCOL, reader.read(HEAD));
            }
        }
        // The JDK repeats a request on its own when a kept connection turns out to be dead; that is rare.
        int repeated = front.requests() - 400 * 11;
        assertTrue(repeated >= 0 && repeated <= 2, repeated + " requests were sent twice");
    }

    @Test
    void aRedirectWithoutALocationIsRefused() throws Exception {
        front.always(request -> status(302));
        try (RangeReader reader = open(front.uri("/x.h5"), HttpOptions.builder())) {
            failure(Kind.PROTOCOL, reader.read(HEAD));
        }
    }

    @Test
    void aRedirectToALoginPageIsAccessDenied() throws Exception {
        front.always(request -> redirect(302, store.uri("/login?client=SECRET").toString()));
        store.always(request -> status(200, "Content-Type: text/html; charset=utf-8"));
        try (RangeReader reader = open(front.uri("/x.h5"), HttpOptions.builder())) {
            StorageException failure = failure(Kind.ACCESS_DENIED, reader.read(HEAD));
            assertTrue(message(failure).contains("login"), message(failure));
            assertFalse(message(failure).contains("SECRET"), message(failure));
        }
    }

    @Test
    void anExpiredTokenIsRenewedOnceForAll() throws Exception {
        AtomicInteger tokens = new AtomicInteger();
        front.put("/x.h5", noise(1_000, 2))
                .always(request ->
                        request.header("Authorization").equals(Optional.of("Bearer T1")) && front.requests() > 3
                                ? status(401)
                                : none());
        try (RangeReader reader =
                open(front.uri("/x.h5"), HttpOptions.builder().bearerToken(() -> "T" + tokens.incrementAndGet()))) {
            for (int i = 0; i < 3; i++) {
                get(reader.read(HEAD));
            }
            List<ByteRange> ranges = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                ranges.add(new ByteRange(i, 10));
            }
            for (CompletableFuture<byte[]> answer : reader.read(ranges)) {
                assertEquals(10, get(answer).length);
            }
        }
        assertEquals(2, tokens.get());
    }

    @Test
    void aTokenThatIsRefusedEachTimeIsAccessDeniedSoon() throws Exception {
        AtomicInteger tokens = new AtomicInteger();
        front.always(request -> status(403));
        try (RangeReader reader =
                open(front.uri("/x.h5"), HttpOptions.builder().bearerToken(() -> "T" + tokens.incrementAndGet()))) {
            failure(Kind.ACCESS_DENIED, reader.read(HEAD));
        }
        assertTrue(front.requests() <= 4, front.requests() + " requests");
    }

    @Test
    void anExpiredUrlIsRenewed() throws Exception {
        store.always(request -> request.query().equals("n=1") && store.requests() > 2 ? status(403) : none());
        Supplier<URI> renewed = () -> store.uri("/signed.h5?n=2");
        try (RangeReader reader =
                open(store.uri("/signed.h5?n=1"), HttpOptions.builder().renewedUrl(renewed))) {
            for (int i = 0; i < 4; i++) {
                get(reader.read(HEAD));
            }
            assertTrue(reader.source().endsWith("/signed.h5"), reader.source());
        }
        assertEquals(5, store.requests());
        assertEquals("n=2", store.log().get(4).query());
    }

    @Test
    void aSupplierThatFailsIsAccessDenied() throws Exception {
        HttpOptions.Builder options = HttpOptions.builder().bearerToken(() -> {
            throw new IllegalStateException("vault is closed");
        });
        try (RangeReader reader = open(store.uri("/signed.h5"), options)) {
            StorageException failure = failure(Kind.ACCESS_DENIED, reader.read(HEAD));
            assertTrue(message(failure).contains("supplier of the token"), message(failure));
        }
        assertEquals(0, store.requests());
    }

    @Test
    void aTokenThatNoHeaderCanHoldIsRefusedWithoutShowingIt() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> HttpOptions.builder().bearerToken("SEC\nRET"));
        assertFalse(String.valueOf(refused.getMessage()).contains("RET"));
        StorageException failure = assertThrows(
                StorageException.class,
                () -> Storages.open(
                        store.uri("/signed.h5"), StorageOptions.none().with("token", "SEC\r\nRET")));
        assertEquals(Kind.INVALID, failure.kind());
        assertFalse(message(failure).contains("RET"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Range", "if-match", "Accept-Encoding", "Host", "Content-Length", "bad name"})
    void headersThatRequestsNeedThemselvesAreRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> HttpOptions.builder().header(name, "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http:///x?SECRET", "https:x?SECRET"})
    void anAddressWithoutAHostIsInvalid(String address) {
        StorageException failure =
                assertThrows(StorageException.class, () -> Storages.open(URI.create(address), StorageOptions.none()));
        assertEquals(Kind.INVALID, failure.kind());
        assertFalse(message(failure).contains("SECRET"), message(failure));
    }
}
