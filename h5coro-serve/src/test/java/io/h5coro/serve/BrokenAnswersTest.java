// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.serve.option.ServeLimits;
import io.h5coro.serve.option.ServeOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A failure behind the first byte breaks the connection: nothing that came looks complete. */
final class BrokenAnswersTest {
    /** Windows that are much smaller than what stands before the damaged chunk, which is the 51st of 64. */
    private static final ServeLimits LIMITS = new ServeLimits(1 << 20, 1000, 64, 4, 1 << 17, Duration.ofSeconds(30));

    private static final long BEFORE_THE_DAMAGE = 50L << 16;
    private static final String MSGPACK = "/msgpack/data/checked.h5?object=/damaged&slice=0:4194304";
    private static final String ARROW = "/arrow/data/checked.h5?object=/damaged";

    @TempDir
    private Path folder;

    private H5Server server;

    @BeforeEach
    void start() throws Exception {
        Checked.copy("checked.h5", folder);
        server = H5Server.start(
                ServeOptions.defaults().withRoot("data", folder.toString()).withLimits(LIMITS));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {MSGPACK, ARROW})
    void endsAChunkedBodyWithoutItsEnd(String path) throws Exception {
        try (RawClient client = RawClient.connect(server.uri()).get(path)) {
            assertEquals(200, client.status());
            String rest = client.rest();
            assertTrue(rest.toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding: chunked\r\n"), path);
            assertTrue(rest.length() > BEFORE_THE_DAMAGE / 2, () -> "bytes before the failure: " + rest.length());
            assertTrue(rest.length() < 1 << 22);
            assertFalse(rest.endsWith("0\r\n\r\n"));
        }
        assertEquals(1, Checked.metric(server, "h5coro_aborted_total"));
    }

    @ParameterizedTest
    @ValueSource(strings = {MSGPACK, ARROW})
    void makesClientsFail(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(server.uri().resolve(path)).GET().build();
        assertThrows(
                IOException.class,
                () -> HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray()));
    }

    /** HTTP/1.0 knows no chunks: its bodies end with the connection, and a length that was stated is not reached. */
    @Test
    void statesNoLengthThatItReachesWithLess() throws Exception {
        try (RawClient client =
                RawClient.connect(server.uri()).send("GET " + MSGPACK + " HTTP/1.0\r\nHost: localhost\r\n\r\n")) {
            assertEquals(200, client.status());
            String rest = client.rest();
            assertFalse(rest.toLowerCase(java.util.Locale.ROOT).contains("content-length"));
            assertTrue(rest.length() < 1 << 22);
        }
    }

    @Test
    void endsABodyOfAKnownLengthBeforeIt() throws Exception {
        Path file = Files.createFile(folder.resolve("shrinks.bin"));
        long size = 64L << 20;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.allocate(1), size - 1);
            try (RawClient client = RawClient.connect(server.uri()).get("/download/data/shrinks.bin")) {
                assertEquals(200, client.status());
                channel.truncate(1 << 20);
                String rest = client.rest();
                assertTrue(rest.contains("Content-Length: " + size), () -> rest.substring(0, 500));
                assertTrue(rest.length() < size);
            }
        }
        assertEquals(1, Checked.metric(server, "h5coro_aborted_total"));
    }

    @Test
    void tellsOfADamageThatItMeetsAtOnce() {
        Client client = new Client(server.uri());
        assertEquals(
                500,
                client.get("msgpack/data/checked.h5?object=/damaged&slice=3276800:3276801")
                        .statusCode());
    }
}
