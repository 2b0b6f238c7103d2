// SPDX-License-Identifier: Apache-2.0
package io.h5coro.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.bench.Store.Network;
import io.h5coro.bench.Store.Traffic;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ServedExchange;
import io.h5coro.storage.ServedRequest;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
    private static ServedExchange exchange(long start, long end, long bytes) {
        return new ServedExchange(new ServedRequest("GET", "/a", "", Map.of(), 1), start, end, 0, bytes);
    }

    @Test
    void countsTheLongestRowOfRequestsThatMayHaveWaitedForOneAnother() {
        List<ServedExchange> byEnd = List.of(
                exchange(0, 10, 5), exchange(11, 20, 6), exchange(11, 25, 7), exchange(15, 30, 8), exchange(26, 40, 9));

        assertEquals(new Traffic(5, 35, 3), Traffic.of(byEnd));
    }

    @Test
    void storeServesRangesToHttpAndS3AlikeAndTakesItsTime(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("a.bin");
        Files.write(file, new byte[300_000]);
        try (Store store = Store.start(new Network(Duration.ofMillis(20), 10_000_000, 10_000_000))) {
            store.serve(file);
            StorageOptions s3 = StorageOptions.none()
                    .with("endpoint", store.endpoint())
                    .with("anon", "true")
                    .with("region", "us-east-1");
            for (String location : List.of(store.httpLocation("a.bin"), Store.s3Location("a.bin"))) {
                store.startCounting();
                long start = System.nanoTime();
                try (var reader = Storages.open(URI.create(location), s3)) {
                    assertEquals(
                            200_000, reader.read(new ByteRange(1000, 200_000)).get().length);
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                assertTrue(seconds >= 0.035, location + " took " + seconds + " s, not latency and transfer");
            }
        }
    }

    @Test
    void refusesArgumentsThatItDoesNotKnow() {
        assertThrows(IllegalArgumentException.class, () -> BenchArguments.parse("task=slice"));
        assertTrue(BenchArguments.parse("tasks=slice,all").wants(new Task("all", "f", List.of())));
    }

    @Test
    void aReaderThatTakesTooLongIsEndedAndSaysSo() throws IOException {
        try (Worker worker = Worker.start(List.of("sleep", "600"))) {
            assertEquals("over 1 s", worker.ask("read\ta", 1).failure());
            assertEquals("over 1 s", worker.ask("read\ta", 1).failure());
        }
    }

    @Test
    void reportsOursBesideTheFastestOfTheOthers() {
        Report report = new Report();
        Task task = new Task("slice", "granule.h5", List.of());
        report.add(task, new Report.Row("slow", 9, 8, new Traffic(70, 7_000_000, 7)));
        report.add(task, new Report.Row("fast", 5, 4, new Traffic(30, 3_000_000, 3)));
        report.add(task, new Report.Row("h5coro-java s3", 1, 1, new Traffic(5, 6_000_000, 2)));
        report.add(task, new Report.Row("h5coro-java", 3, 2, new Traffic(20, 2_500_000, 2)));
        report.add(task, new Report.Bound(0.8, 1.6, 2, 1_500_000));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        report.print(new PrintStream(out, true, StandardCharsets.UTF_8));

        assertEquals(
                "| granule | slice | 20 | 2.50 (1.50) | 2 | 3.000 | 2.000 | 0.800, 2.50 | 1.600, 1.25 | "
                        + "fast 4.000, 30, 3.00 | 0.50 |",
                out.toString(StandardCharsets.UTF_8).lines().skip(2).findFirst().orElseThrow());
    }
}
