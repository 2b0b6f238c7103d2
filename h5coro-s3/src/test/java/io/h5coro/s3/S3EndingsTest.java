// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.s3.FakeServer.Handler;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.Eventually;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cancelled, stalled and closed reads, and what the last close leaves behind. */
@Timeout(60)
final class S3EndingsTest extends FakeServerCase {
    @Test
    void aClosedPortIsUnreachable() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (RangeReader reader =
                open(options(URI.create("http://127.0.0.1:" + port)).build())) {
            StorageException failure = failure(Kind.UNREACHABLE, reader, 0, 10);
            assertEquals(
                    "s3://bucket/dir/key.h5: 127.0.0.1:" + port + " does not accept connections", failure.getMessage());
        }
    }

    @Test
    void aHostWithoutAddressIsUnreachable() throws Exception {
        try (RangeReader reader =
                open(options(URI.create("http://no-such-host.invalid")).build())) {
            StorageException failure = failure(Kind.UNREACHABLE, reader, 0, 10);
            assertTrue(String.valueOf(failure.getMessage()).contains("does not resolve"), failure.getMessage());
        }
    }

    @Test
    void aServerWithoutTlsIsUnreachable() throws Exception {
        try (FakeServer server = new FakeServer((request, out) -> out.write(1));
                RangeReader reader =
                        open(options(URI.create(server.uri().toString().replace("http:", "https:")))
                                .build())) {
            StorageException failure = failure(Kind.UNREACHABLE, reader, 0, 10);
            assertTrue(String.valueOf(failure.getMessage()).contains("no TLS connection"), failure.getMessage());
        }
    }

    @Test
    void aConnectionThatIsResetIsUnavailable() throws Exception {
        try (FakeServer server = new FakeServer((request, out) -> out.close());
                RangeReader reader = open(options(server.uri()).build())) {
            failure(Kind.UNAVAILABLE, reader, 0, 10);
        }
    }

    @Test
    void missingCredentialsAreDeniedBeforeAnythingIsSent() throws Exception {
        try (FakeServer server = new FakeServer(S3FaultsTest::serve);
                RangeReader reader = open(S3Options.builder()
                        .endpoint(server.uri())
                        .profile("no-such-profile")
                        .build())) {
            StorageException failure = failure(Kind.ACCESS_DENIED, reader, 0, 10);
            assertTrue(
                    String.valueOf(failure.getMessage()).contains("no credentials from the profile 'no-such-profile'"),
                    failure.getMessage());
            assertEquals(0, server.requests().size());
        }
    }

    @Test
    void anonymousRequestsAreNotSignedAndSignedOnesAre() throws Exception {
        try (FakeServer server = new FakeServer(S3FaultsTest::serve);
                RangeReader signed =
                        open(options(server.uri()).requesterPays(true).build());
                RangeReader anonymous = open(S3Options.builder()
                        .endpoint(server.uri())
                        .anonymous(true)
                        .build())) {
            read(signed, 0, 10);
            read(anonymous, 0, 10);
            assertTrue(server.requests().get(0).header("authorization").startsWith("AWS4-HMAC-SHA256"));
            assertEquals("requester", server.requests().get(0).header("x-amz-request-payer"));
            assertEquals("", server.requests().get(1).header("authorization"));
            assertEquals("", server.requests().get(1).header("x-amz-request-payer"));
            assertEquals(
                    "GET /bucket/dir/key.h5 HTTP/1.1", server.requests().get(1).line());
        }
    }

    @Test
    void aProxyIsNotAskedForThisMachine() throws Exception {
        try (FakeServer proxy = new FakeServer((request, out) -> FakeServer.sendError(out, 502, "Proxy"));
                FakeServer server = new FakeServer(S3FaultsTest::serve)) {
            System.setProperty("http.proxyHost", "127.0.0.1");
            System.setProperty("http.proxyPort", String.valueOf(proxy.uri().getPort()));
            System.setProperty("http.nonProxyHosts", "");
            try (RangeReader local = open(options(server.uri()).build());
                    RangeReader remote = open(options(URI.create("http://no-such-host.invalid"))
                            .retries(0)
                            .build())) {
                assertEquals(10, read(local, 0, 10).length);
                failure(Kind.UNAVAILABLE, remote, 0, 10);
                assertEquals(1, proxy.requests().size());
            } finally {
                List.of("http.proxyHost", "http.proxyPort", "http.nonProxyHosts")
                        .forEach(System::clearProperty);
            }
        }
    }

    @Test
    void cancellingAbortsTheRequestUnderWay() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        CountDownLatch broken = new CountDownLatch(1);
        Handler endless = (request, out) -> {
            FakeServer.head(out, 206, List.of(TAG, contentRange(0, 100_000)), 100_000);
            out.write(new byte[8]);
            sent.countDown();
            cancelled.await();
            try {
                while (true) {
                    out.write(new byte[8]);
                }
            } catch (IOException e) {
                broken.countDown();
            }
        };
        try (FakeServer server = new FakeServer(endless);
                RangeReader reader = open(options(server.uri()).build())) {
            CompletableFuture<byte[]> answer = reader.read(new ByteRange(0, 100_000));
            assertTrue(sent.await(20, TimeUnit.SECONDS));
            answer.cancel(true);
            cancelled.countDown();
            assertTrue(broken.await(20, TimeUnit.SECONDS), "the server sees the connection end");
        }
    }

    @Test
    void closingAbortsARequestWithoutAnAnswer() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Handler silent = (request, out) -> {
            asked.countDown();
            end.await();
        };
        try (FakeServer server = new FakeServer(silent)) {
            // Whoever waited for an answer would wait for an hour.
            RangeReader reader = open(options(server.uri())
                    .connections(2)
                    .attemptTimeout(Duration.ofHours(1))
                    .build());
            List<CompletableFuture<byte[]>> answers =
                    reader.read(List.of(new ByteRange(0, 10), new ByteRange(10, 10), new ByteRange(20, 10)));
            assertTrue(asked.await(20, TimeUnit.SECONDS));
            reader.close();
            for (CompletableFuture<byte[]> answer : answers) {
                failure(Kind.CLOSED, answer);
            }
        } finally {
            end.countDown();
        }
    }

    @Test
    void theLastCloseLeavesNoThread() throws Exception {
        // Where a request was under way at the close, the SDK's clock may go on until its time-out: those of other
        // tests.
        Set<String> clocks = names().filter(name -> name.startsWith("sdk-")).collect(Collectors.toSet());
        Predicate<String> isNew = name -> isOurs(name) && !clocks.contains(name);
        try (FakeServer server = new FakeServer(S3FaultsTest::serve)) {
            RangeReader reader = open(options(server.uri()).build());
            read(reader, 0, 10);
            assertTrue(names().anyMatch(isNew));
            reader.close();
            Eventually.noThread(isNew);
        }
    }

    private static Stream<String> names() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName);
    }

    /** Of ours and of the SDK's client; those of its HTTP client included. */
    private static boolean isOurs(String thread) {
        return thread.matches("(h5coro-s3-|sdk-|idle-connection-reaper).*");
    }

    @Test
    void rangesBeyondAnArrayAreRefused() throws Exception {
        Handler huge = (request, out) -> {
            long end = request.range()[1];
            FakeServer.head(out, 206, List.of(TAG, "Content-Range: bytes 0-" + (end - 1) + "/9000000000"), end);
        };
        try (FakeServer server = new FakeServer(huge);
                RangeReader reader = open(options(server.uri()).build())) {
            failure(Kind.INVALID, reader, 0, 5_000_000_000L);
            assertEquals(1, server.requests().size());
            failure(Kind.INVALID, reader, 0, 5_000_000_000L);
            assertEquals(1, server.requests().size(), "with the size known it is refused without a request");
        }
    }
}
