// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import static io.h5coro.storage.RangeReaderContract.failure;
import static io.h5coro.storage.RangeReaderContract.get;
import static io.h5coro.storage.RangeReaderContract.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.h5coro.storage.Backoff;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same over TLS, against the JDK's own server with a certificate that is made for the test. */
@Timeout(120)
final class HttpsTest {
    private static final String PASSWORD = "made-for-this-test";
    private static final byte[] CONTENT = noise(500_000, 1);
    private static final AtomicInteger REQUESTS = new AtomicInteger();

    @TempDir
    static Path folder;

    private static HttpsServer server;
    private static SSLContext context;
    private static ExecutorService threads;

    @BeforeAll
    static void start() throws Exception {
        context = context(keys());
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 64);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/x.h5", HttpsTest::serve);
        server.createContext("/downgrade", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:9/x.h5");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static Path keys() throws Exception {
        Path file = folder.resolve("keys.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(List.of(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0, said);
        return file;
    }

    private static SSLContext context(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(store, PASSWORD.toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(store);
        SSLContext made = SSLContext.getInstance("TLS");
        made.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return made;
    }

    private static void serve(HttpExchange exchange) throws IOException {
        REQUESTS.incrementAndGet();
        String[] range = exchange.getRequestHeaders()
                .getFirst("Range")
                .substring("bytes=".length())
                .split("-", 2);
        int first = Integer.parseInt(range[0]);
        int last = (int) Math.min(CONTENT.length - 1L, Long.parseLong(range[1]));
        exchange.getResponseHeaders().set("ETag", "\"1\"");
        exchange.getResponseHeaders().set("Content-Range", "bytes " + first + "-" + last + "/" + CONTENT.length);
        exchange.sendResponseHeaders(206, last - first + 1L);
        exchange.getResponseBody().write(CONTENT, first, last - first + 1);
        exchange.close();
    }

    private static RangeReader open(String path, HttpOptions.Builder options) throws Exception {
        URI uri = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + path);
        HttpOptions quick = options.backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(5)))
                .build();
        return Storages.open(uri, StorageOptions.none().with(HttpOptions.class, quick));
    }

    @Test
    void readsThroughTls() throws Exception {
        try (RangeReader reader = open("/x.h5", HttpOptions.builder().sslContext(context))) {
            List<ByteRange> ranges = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                ranges.add(new ByteRange(i * 25_000L, 40_000));
            }
            List<CompletableFuture<byte[]>> answers = reader.read(ranges);
            for (int i = 0; i < ranges.size(); i++) {
                int from = (int) ranges.get(i).offset();
                int to = Math.min(CONTENT.length, from + 40_000);
                assertArrayEquals(Arrays.copyOfRange(CONTENT, from, to), get(answers.get(i)));
            }
        }
    }

    @Test
    void aCertificateThatNobodyTrustsIsUnreachableWithoutARequest() throws Exception {
        int before = REQUESTS.get();
        try (RangeReader reader = open("/x.h5", HttpOptions.builder())) {
            StorageException failure = failure(Kind.UNREACHABLE, reader.read(new ByteRange(0, 10)));
            assertTrue(String.valueOf(failure.getMessage()).contains("no secure connection"), failure.getMessage());
        }
        assertEquals(before, REQUESTS.get());
    }

    @Test
    void aRedirectToAnOpenLineIsRefused() throws Exception {
        try (RangeReader reader = open("/downgrade", HttpOptions.builder().sslContext(context))) {
            StorageException failure = failure(Kind.PROTOCOL, reader.read(new ByteRange(0, 10)));
            assertTrue(String.valueOf(failure.getMessage()).contains("from https to http"), failure.getMessage());
        }
    }
}
