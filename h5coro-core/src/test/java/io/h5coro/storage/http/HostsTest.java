// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import static io.h5coro.storage.RangeReaderContract.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.Eventually;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.ServerFault;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.machine.Machine;
import io.h5coro.storage.object.ProxySettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of hosts that {@link URI#getHost()} does not know, and the client that takes them. */
@Timeout(60)
final class HostsTest {
    private static final byte[] CONTENT = noise(300_000, 1);

    @ParameterizedTest
    @CsvSource({
        "http://my_host:8080/x.h5?q, my_host:8080, http://my_host:8080/x.h5",
        "https://a_b.s3.amazonaws.com/k, a_b.s3.amazonaws.com, https://a_b.s3.amazonaws.com/k",
        "http://me:p%40ss@my_host/x, my_host, http://my_host/x",
        "http://b\u00fccher.example/x, xn--bcher-kva.example, http://xn--bcher-kva.example/x",
        "http://[::1]:99/x, [::1]:99, http://[::1]:99/x",
        "http://-a.b-/x, -a.b-, http://-a.b-/x"
    })
    void namesThatAUriHasNoHostForAreHosts(URI uri, String host, String source) throws Exception {
        WebAddress address = WebAddress.of(uri);
        assertEquals(host, WebAddress.host(address.url()));
        assertEquals(source, address.source());
        assertEquals(uri.getRawAuthority().contains("@"), address.basic() != null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://h:99999999/x", "http://h:70000/x", "http://h%41/x", "http:///x", "http://a,b/x"})
    void otherNamesAreRefused(URI uri) {
        assertThrows(StorageException.class, () -> WebAddress.of(uri));
    }

    @Test
    void secretsGoToTheSameHostAndPortOnly() {
        assertTrue(same("http://a_b/x", "http://A_B:80/y"));
        assertFalse(same("http://a_b/x", "http://a_c/x"));
        assertFalse(same("http://a_b/x", "http://a_b:81/x"));
        assertFalse(same("http://a_b/x", "https://a_b/x"));
    }

    private static boolean same(String one, String other) {
        return WebAddress.isSameOrigin(URI.create(one), URI.create(other));
    }

    private static CompletableFuture<Void> send(FaultyHttpServer server, BodySink sink, Duration stall) {
        SharedClient.Live client = new SharedClient(new SharedClient.Settings(
                        Duration.ofMinutes(10),
                        null,
                        false,
                        ProxySettings.ofProcess(),
                        SharedClient.Ground.OF_THIS_PROCESS))
                .acquire();
        HttpResponse.BodyHandler<Void> handler = head -> {
            assertEquals(
                    "bytes 1000-200999/300000",
                    head.headers().firstValue("content-range").orElse(""));
            return sink;
        };
        return UrlTransfer.send(
                client,
                new UrlTransfer.Request(
                        server.uri("/x.h5"), Map.of("Range", "bytes=1000-200999", "User-Agent", "test"), stall),
                handler);
    }

    @Test
    void theOlderClientDeliversHeadAndBody() throws Exception {
        try (FaultyHttpServer server = FaultyHttpServer.start().put("/x.h5", CONTENT)) {
            byte[] target = new byte[200_000];
            BodySink sink = BodySink.into(
                    new BodySink.Room(target, 0, target.length, true, Machine.ofThisProcess()), "long", () -> {});
            CompletableFuture<Void> sent = send(server, sink, Duration.ofMinutes(10));
            sink.getBody().toCompletableFuture().get(30, TimeUnit.SECONDS);
            sent.get(30, TimeUnit.SECONDS);
            assertArrayEquals(Arrays.copyOfRange(CONTENT, 1_000, 201_000), target);
            assertTrue(sink.isFinished());
            assertEquals("test", server.log().get(0).header("User-Agent").orElse(""));
        }
    }

    @Test
    void theOlderClientKeepsWhatABrokenBodyHadAndEndsWhenItIsCancelled() throws Exception {
        try (FaultyHttpServer server = FaultyHttpServer.start().put("/x.h5", CONTENT)) {
            server.next(ServerFault.shortBody(100_000), ServerFault.stallAfter(100_000));
            byte[] target = new byte[200_000];
            BodySink broken = BodySink.into(
                    new BodySink.Room(target, 0, target.length, true, Machine.ofThisProcess()), "long", () -> {});
            CompletableFuture<Void> unused = send(server, broken, Duration.ofMinutes(10));
            // Java 17 takes a broken body for one that ended, Java 25 reports it; the sink counts.
            Throwable failed = broken.getBody()
                    .toCompletableFuture()
                    .handle((done, failure) -> failure)
                    .get(30, TimeUnit.SECONDS);
            assertTrue(failed == null || failed instanceof IOException, () -> "failed with " + failed);
            assertEquals(100_000, broken.stop());
            CountDownLatch begun = new CountDownLatch(1);
            BodySink stalled = BodySink.into(
                    new BodySink.Room(target, 0, target.length, true, Machine.ofThisProcess()),
                    "long",
                    begun::countDown);
            // Its thread sees that it is cancelled when it has waited so long.
            CompletableFuture<Void> sent = send(server, stalled, Duration.ofSeconds(3));
            assertTrue(begun.await(30, TimeUnit.SECONDS));
            sent.cancel(true);
            Eventually.holds(() -> server.openConnections() == 0);
        }
    }
}
