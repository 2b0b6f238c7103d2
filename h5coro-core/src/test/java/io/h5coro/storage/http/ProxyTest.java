// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import static io.h5coro.storage.RangeReaderContract.failure;
import static io.h5coro.storage.RangeReaderContract.get;
import static io.h5coro.storage.RangeReaderContract.noise;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.Backoff;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.ServedRequest;
import io.h5coro.storage.ServerFault;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import io.h5coro.storage.object.ProxySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that answers as a proxy: what it is asked for names a host that does not exist. */
@Timeout(60)
final class ProxyTest {
    private static final ByteRange HEAD = new ByteRange(0, 10);
    private static final URI OBJECT = URI.create("http://data.invalid/x.h5");

    private FaultyHttpServer proxy;

    @BeforeEach
    void start() throws Exception {
        proxy = FaultyHttpServer.start()
                .put("http://data.invalid/x.h5", noise(100, 1))
                .put("/x.h5", noise(100, 1));
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
    }

    private RangeReader open(URI object, String way) throws StorageException {
        Map<String, String> environment = Map.of("http_proxy", way, "https_proxy", way);
        HttpOptions options = HttpOptions.builder()
                .proxies(new ProxySettings(name -> null, environment::get))
                .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)))
                .build();
        return Storages.open(object, StorageOptions.none().with(HttpOptions.class, options));
    }

    private String way(String login) {
        return "http://" + login + "127.0.0.1:" + proxy.uri("/").getPort();
    }

    @Test
    void goesByTheProxyOfTheEnvironmentWithUserAndPassword() throws Exception {
        try (RangeReader reader = open(OBJECT, way("user:secret@"))) {
            assertEquals(10, get(reader.read(HEAD)).length);
        }
        ServedRequest asked = proxy.log().get(0);
        assertEquals(Optional.of("Basic dXNlcjpzZWNyZXQ="), asked.header("Proxy-Authorization"));
        assertEquals(Optional.of("data.invalid"), asked.header("Host"));
    }

    @Test
    void aServerThatIsAskedWithoutAProxyNeverSeesItsPassword() throws Exception {
        URI own = proxy.uri("/x.h5");
        try (RangeReader reader = open(own, "http://user:secret@127.0.0.1:1")) {
            assertEquals(10, get(reader.read(HEAD)).length);
        }
        assertEquals(Optional.empty(), proxy.log().get(0).header("Proxy-Authorization"));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 407})
    void aRefusalNamesTheProxyAndIsFinal(int status) throws Exception {
        proxy.always(request -> ServerFault.status(status));
        try (RangeReader reader = open(OBJECT, way("user:secret@"))) {
            StorageException failure = failure(status == 404 ? Kind.NOT_FOUND : Kind.ACCESS_DENIED, reader.read(HEAD));
            String message = String.valueOf(failure.getMessage());
            assertTrue(message.contains("the proxy 127.0.0.1:"), message);
            assertFalse(message.contains("secret"), message);
        }
        assertEquals(1, proxy.requests());
    }

    @Test
    void aProxyThatRefusesTheTunnelIsNamed() throws Exception {
        proxy.always(request -> ServerFault.status(403));
        try (RangeReader reader = open(URI.create("https://data.invalid/x.h5"), way(""))) {
            StorageException failure = failure(Kind.UNREACHABLE, reader.read(HEAD));
            assertTrue(String.valueOf(failure.getMessage()).contains("the proxy 127.0.0.1:"), failure.getMessage());
            assertTrue(String.valueOf(failure.getMessage()).contains("403"), failure.getMessage());
        }
    }

    @Test
    void aProxyThatIsNotThereIsNamed() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        try (RangeReader reader = open(OBJECT, "http://127.0.0.1:" + port)) {
            StorageException failure = failure(Kind.UNREACHABLE, reader.read(HEAD));
            String expected = "the proxy 127.0.0.1:" + port + " takes no connection";
            assertTrue(String.valueOf(failure.getMessage()).endsWith(expected), failure.getMessage());
        }
    }
}
