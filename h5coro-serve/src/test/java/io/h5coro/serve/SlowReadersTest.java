// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.serve.option.ServeLimits;
import io.h5coro.serve.option.ServeOptions;
import io.h5coro.storage.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that take little of their answers keep no others from reading. */
final class SlowReadersTest {
    private static final int READERS = 2;

    @TempDir
    private Path folder;

    private final List<RawClient> slow = new ArrayList<>();

    @BeforeEach
    void copy() throws IOException {
        Checked.copy("checked.h5", folder);
    }

    private H5Server start(Duration time) throws Exception {
        ServeLimits limits = new ServeLimits(1 << 20, 1000, 64, READERS, 1 << 16, time);
        return H5Server.start(
                ServeOptions.defaults().withRoot("data", folder.toString()).withLimits(limits));
    }

    private void ask(H5Server server, int clients) throws IOException {
        for (int i = 0; i < clients; i++) {
            slow.add(RawClient.connect(server.uri()).get(Checked.UNWRITTEN));
        }
    }

    private static int status(H5Server server) {
        return new Client(server.uri())
                .ask("data/checked.h5", Checked.slice("/plain", List.of(List.of(0, 500), List.of(0, 3))))
                .statusCode();
    }

    /** The time allowed is longer than the test: nobody is ended, and as many as there are places take nothing. */
    @Test
    void letsOthersReadWhileAnswersWait() throws Exception {
        try (H5Server server = start(Duration.ofHours(1))) {
            ask(server, READERS);
            for (RawClient client : slow) {
                assertEquals(200, client.status());
            }
            Eventually.holds(() -> Checked.metric(server, "h5coro_holding_requests") == READERS
                    && Checked.metric(server, "h5coro_reading_requests") == 0);
            assertEquals(200, status(server));
            assertEquals(READERS, Checked.metric(server, "h5coro_holding_requests"));
        }
    }

    /**
     * More than may hold values: the first ones are ended, although they take a byte now and then, and others follow.
     */
    @Test
    void endsThoseThatTakeTooLittle() throws Exception {
        try (H5Server server = start(Duration.ofSeconds(2))) {
            ask(server, 2 * READERS);
            Eventually.holds(() -> Checked.metric(server, "h5coro_holding_requests") == 2 * READERS);
            Thread drips = new Thread(this::drip);
            drips.start();
            assertEquals(200, status(server));
            Eventually.holds(() -> Checked.metric(server, "h5coro_holding_requests") == 0);
            assertEquals(2 * READERS, Checked.metric(server, "h5coro_aborted_total"));
            for (RawClient client : slow) {
                client.kill(); // much of what was sent still waits to be read
            }
            drips.join();
        }
    }

    /** Takes four kilobytes a second of each answer, until none goes on. */
    private void drip() {
        byte[] part = new byte[400];
        List<RawClient> left = new ArrayList<>(slow);
        while (!left.isEmpty()) {
            left.removeIf(client -> !takes(client, part));
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static boolean takes(RawClient client, byte[] part) {
        try {
            return client.in().read(part) >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** What is sent fast is taken fast: a client that reads is never ended, however long its answer is. */
    @Test
    void keepsThoseThatReadOn() throws Exception {
        try (H5Server server = start(Duration.ofSeconds(2))) {
            byte[] all = new Client(server.uri())
                    .get("msgpack/data/checked.h5?object=/unwritten&slice=0:4000000")
                    .body();
            assertTrue(all.length > 32_000_000);
        }
    }
}
