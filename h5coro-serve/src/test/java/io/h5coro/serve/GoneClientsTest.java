// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.serve.option.ServeOptions;
import io.h5coro.storage.Eventually;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are killed leave nothing behind. */
final class GoneClientsTest {
    private static final int CLIENTS = 20;

    @TempDir
    private Path folder;

    private final List<RawClient> clients = new ArrayList<>();
    private Set<Thread> before = Set.of();
    private H5Server server;

    @BeforeEach
    void start() throws Exception {
        Checked.copy("checked.h5", folder);
        before = Thread.getAllStackTraces().keySet();
        server = H5Server.start(ServeOptions.defaults().withRoot("data", folder.toString()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void inTheMiddleOfALargeAnswer() throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(RawClient.connect(server.uri()).get(Checked.UNWRITTEN));
        }
        for (RawClient client : clients) {
            assertEquals(200, client.status());
        }
        Eventually.holds(() -> Checked.metric(server, "h5coro_reading_requests") == 0);
        assertEquals(CLIENTS, Checked.metric(server, "h5coro_holding_requests"));
        assertEquals(CLIENTS + 1, Checked.metric(server, "h5coro_active_requests"));
        assertNothingIsLeftOfThem();
    }

    @Test
    void inTheMiddleOfABodyThatTheySend() throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(RawClient.connect(server.uri())
                    .post("/msgpack/data/checked.h5", 1 << 20)
                    .send(new byte[1 << 19]));
        }
        Eventually.holds(() -> server.activeRequests() == CLIENTS);
        assertEquals(0, Checked.metric(server, "h5coro_holding_requests"));
        assertNothingIsLeftOfThem();
    }

    private void assertNothingIsLeftOfThem() throws Exception {
        for (RawClient client : clients) {
            client.kill();
        }
        Eventually.holds(() -> server.activeRequests() == 0 && server.connections() == 0);
        Eventually.holds(() -> busy().isEmpty());
        assertEquals(CLIENTS, Checked.metric(server, "h5coro_aborted_total"));
        assertEquals(0, Checked.metric(server, "h5coro_reading_requests"));
        assertEquals(0, Checked.metric(server, "h5coro_holding_requests"));
        Client client = new Client(server.uri());
        assertEquals(
                200,
                client.ask("data/checked.h5", Checked.slice("/plain", List.of(List.of(0, 1), List.of(0, 1))))
                        .statusCode());
        server.close();
        Eventually.noThread(name -> Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> !before.contains(thread) && thread.getName().equals(name) && isOurs(thread)));
    }

    private static boolean isOurs(Thread thread) {
        return thread.getName().startsWith("h5coro");
    }

    /** Threads of the server that answer, or wait for a client. */
    private static Map<Thread, StackTraceElement[]> busy() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(one -> isOurs(one.getKey()))
                .filter(one -> Arrays.stream(one.getValue())
                        .anyMatch(
                                frame -> frame.getClassName().startsWith("io.h5coro.serve.internal.http.ServeHandler")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
