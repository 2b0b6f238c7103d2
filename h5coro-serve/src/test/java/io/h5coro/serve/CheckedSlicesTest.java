// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.serve.option.ServeLimits;
import io.h5coro.serve.option.ServeOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random slices over many connections at once are what h5py reads of the same file. */
final class CheckedSlicesTest {
    private static final int CONNECTIONS = 40;
    private static final int EACH = 20;

    /** Windows of 500 bytes: most answers have several. */
    private static final ServeLimits LIMITS = new ServeLimits(1 << 20, 1000, 64, 4, 500, Duration.ofSeconds(30));

    @TempDir
    private Path folder;

    @Test
    void areWhatH5pyReads() throws Exception {
        Checked.copy("checked.h5", folder);
        List<String[]> slices = Checked.slices();
        assertEquals(CONNECTIONS * EACH, slices.size());
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        AtomicInteger open = new AtomicInteger();
        try (H5Server server = H5Server.start(
                ServeOptions.defaults().withRoot("data", folder.toString()).withLimits(LIMITS))) {
            CyclicBarrier together = new CyclicBarrier(CONNECTIONS);
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                List<String[]> own = slices.subList(i * EACH, (i + 1) * EACH);
                tasks.add(() -> {
                    Client client = new Client(server.uri());
                    assertEquals(200, client.get("msgpack/").statusCode());
                    together.await();
                    open.accumulateAndGet(server.connections(), Math::max);
                    own.forEach(line -> assertEqualsPeer(client, line));
                    return null;
                });
            }
            for (Future<Void> one : threads.invokeAll(tasks)) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertTrue(open.get() >= CONNECTIONS, () -> "connections: " + open);
    }

    private static void assertEqualsPeer(Client client, String[] line) {
        byte[] found = client.array("data/checked.h5", line[0], JsonList.parse(line[1]))
                .bytes();
        CRC32 crc = new CRC32();
        crc.update(found);
        assertEquals(Long.parseLong(line[2]), crc.getValue(), () -> line[0] + " " + line[1]);
    }
}
