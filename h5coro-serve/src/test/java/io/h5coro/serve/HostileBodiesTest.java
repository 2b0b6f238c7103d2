// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.serve.option.ServeLimits;
import io.h5coro.serve.option.ServeOptions;
import io.h5coro.storage.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What hostile clients send ends in a status of 4xx or a closed connection, opens no file, and leaves the server ready.
 * The times only end a test that hangs: the work for each body is bounded where it is read, and counted there.
 */
final class HostileBodiesTest {
    private static final Duration HANGS = Duration.ofSeconds(60);
    private static final ServeLimits LIMITS = new ServeLimits(1 << 20, 1000, 64, 4, 1 << 16, Duration.ofSeconds(1));
    private static final String POST =
            "POST /msgpack/data/checked.h5 HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + Client.TYPE + "\r\n";

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
    void stop() throws Exception {
        Eventually.holds(() -> server.activeRequests() == 0);
        assertEquals(0, Checked.metric(server, "h5coro_open_files"));
        assertEquals(0, Checked.metric(server, "h5coro_holding_requests"));
        server.close();
    }

    private int status(String request, byte[] body) {
        return assertTimeoutPreemptively(HANGS, () -> {
            try (RawClient client =
                    RawClient.connect(server.uri()).send(request).send(body)) {
                return client.status();
            }
        });
    }

    private static String length(long bytes) {
        return POST + "Content-Length: " + bytes + "\r\n\r\n";
    }

    @Test
    void refusesWhatIsNoRequest() {
        byte[] deep = new byte[1 << 20];
        Arrays.fill(deep, (byte) 0x91);
        assertEquals(400, status(length(deep.length), deep));
        byte[] huge = {(byte) 0x81, (byte) 0xa6, 'o', 'b', 'j', 'e', 'c', 't', (byte) 0xdb, 127, -1, -1, -1};
        assertEquals(400, status(length(huge.length), huge));
        long[] many = new long[1001];
        byte[] slices = Client.packed(Checked.slice("/plain", List.of(List.of(many, 1), List.of(0, 1))));
        assertEquals(400, status(length(slices.length), slices));
        assertEquals(413, status(length((1 << 20) + 1), new byte[(1 << 20) + 1]));
    }

    @Test
    void refusesWhatIsNoHttp() {
        byte[] none = new byte[0];
        assertEquals(400, status(POST + "Content-Length: -1\r\n\r\n", none));
        assertEquals(400, status(POST + "Content-Length: 99999999999999999999\r\n\r\n", none));
        assertEquals(400, status(POST + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", none));
        assertEquals(400, status(POST + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", none));
        assertEquals(400, status(POST + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", none));
        assertEquals(400, status(POST + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", none));
        assertEquals(431, status(POST + "X: " + "x".repeat(17_000) + "\r\n\r\n", none));
        assertEquals(414, status("GET /" + "x".repeat(17_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n", none));
        assertEquals(400, status("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n", none));
        assertEquals(400, status("GET /health HTTP/1.1\r\n\r\n", none));
        assertEquals(405, status("DELETE /download/data/checked.h5 HTTP/1.1\r\nHost: localhost\r\n\r\n", none));
    }

    /** The head is whole, the body is not: the client is told, or its connection ends. */
    @Test
    void waitsForNoBodyThatDoesNotCome() {
        for (String head : List.of(length(1000), POST + "Transfer-Encoding: chunked\r\n\r\n3e8\r\n")) {
            String rest = assertTimeoutPreemptively(HANGS, () -> {
                try (RawClient client = RawClient.connect(server.uri()).send(head + "x")) {
                    return client.rest();
                }
            });
            assertTrue(rest.isEmpty() || rest.startsWith("HTTP/1.1 4"), rest);
        }
    }

    /** A byte now and then makes no request: however often it comes, the time for the whole is bounded. */
    @Test
    void waitsForNoBodyThatDrips() {
        String rest = assertTimeoutPreemptively(HANGS, () -> {
            try (RawClient client = RawClient.connect(server.uri()).send(length(1 << 20))) {
                Thread drips = new Thread(() -> drip(client));
                drips.start();
                String all = client.rest();
                drips.join();
                return all;
            }
        });
        assertTrue(rest.isEmpty() || rest.startsWith("HTTP/1.1 408"), rest);
    }

    private static void drip(RawClient client) {
        try {
            while (true) {
                client.send("x");
                Thread.sleep(10);
            }
        } catch (java.io.IOException | InterruptedException e) {
            // The connection has ended, which is what is waited for.
            return;
        }
    }
}
