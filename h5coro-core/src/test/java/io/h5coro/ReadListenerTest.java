// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.ReadAbortedException;
import io.h5coro.event.ReadEvent;
import io.h5coro.event.ReadListener;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Destination;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadStatistics;
import io.h5coro.storage.Backoff;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.Eventually;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.ServerFault;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.http.HttpOptions;
import io.h5coro.testdata.Fixtures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a listener is told of reads, and what it can and cannot do to them. */
@Timeout(120)
final class ReadListenerTest {
    private static final String HEIGHTS = "/gt1l/heights/h_ph";
    private static final List<DatasetRequest> REQUESTS =
            List.of(DatasetRequest.of(HEIGHTS), DatasetRequest.of("/gt1l/heights/lat_ph"));

    private final List<ReadEvent> told = Collections.synchronizedList(new ArrayList<>());

    private <T extends ReadEvent> List<T> all(Class<T> type) {
        return List.copyOf(told).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static ReadOptions options(ReadListener listener) {
        return ReadOptions.builder()
                .listener(listener)
                .hedgeAfter(Duration.ZERO)
                .firstReadBytes(4 << 10)
                .build();
    }

    private static RangeReader granule() {
        return MemoryRangeReader.of("granule", Fixtures.bytes("sample_granule"));
    }

    /** Each request begins once, and ends once after that; between both is what belongs to it. */
    private void assertComplete() {
        List<ReadEvent> events = List.copyOf(told);
        List<Long> open = new ArrayList<>();
        long begun = 0;
        for (ReadEvent event : events) {
            if (event instanceof ReadEvent.Requested asked) {
                begun++;
                open.add(asked.request());
            } else if (event instanceof ReadEvent.Retried again) {
                assertTrue(open.contains(again.request()), event::toString);
            } else if (event instanceof ReadEvent.Answered answer) {
                assertTrue(open.remove((Long) answer.request()), event::toString);
            } else if (event instanceof ReadEvent.Failed failed) {
                assertTrue(open.remove((Long) failed.request()), event::toString);
            }
        }
        assertEquals(List.of(), open);
        assertEquals(
                begun,
                all(ReadEvent.Requested.class).stream()
                        .map(ReadEvent.Requested::request)
                        .distinct()
                        .count());
    }

    @Test
    void requestsBytesChunksAndResultsAreThoseOfTheStatistics() throws Exception {
        CountingRangeReader counting = new CountingRangeReader(granule());
        try (H5Coro file = H5Coro.open(counting, options(told::add))) {
            ReadPromise promise = file.readDatasets(REQUESTS);
            promise.await();
            assertComplete();
            ReadStatistics all = file.statistics();
            List<ReadEvent.Answered> answers = all(ReadEvent.Answered.class);
            assertTrue(answers.size() >= 3, told::toString);
            assertEquals(counting.requests(), answers.size());
            assertEquals(all.requests(), answers.size());
            long bytes = answers.stream().mapToLong(ReadEvent.Answered::bytes).sum();
            assertTrue(bytes > 10_000, () -> "bytes " + bytes);
            assertEquals(counting.bytes(), bytes);
            assertEquals(all.bytesFetched(), bytes);
            answers.forEach(answer -> assertEquals("granule", answer.file()));
            long waves =
                    answers.stream().mapToLong(ReadEvent.Answered::wave).max().orElse(0);
            assertTrue(waves >= 2 && waves <= all.metadataWaves() + 2, () -> waves + " waves, " + all);

            List<ReadEvent.Decoded> decoded = all(ReadEvent.Decoded.class);
            assertTrue(all.chunks() >= 2, all::toString);
            assertEquals(
                    all.chunks(),
                    decoded.stream().mapToInt(ReadEvent.Decoded::chunks).sum());
            assertTrue(decoded.stream().anyMatch(one -> one.object().equals(HEIGHTS)), decoded::toString);

            assertEquals(1, all(ReadEvent.Planned.class).size());
            ReadEvent.Planned plan = all(ReadEvent.Planned.class).get(0);
            assertEquals(all.requests() - all.metadataRequests(), plan.requests());
            assertEquals(all.bytesFetched() - all.metadataBytes(), plan.bytes());

            List<ReadEvent.Delivered> results = all(ReadEvent.Delivered.class);
            assertEquals(2, results.size());
            results.forEach(result -> assertNull(result.failure()));
            assertEquals(
                    all.bytesDecoded(),
                    results.stream().mapToLong(ReadEvent.Delivered::bytes).sum());
        }
    }

    @Test
    void valuesInMemoryOfTheCallersAreDeliveredToo() throws Exception {
        try (H5Coro file = H5Coro.open(granule(), options(told::add))) {
            int count = Math.toIntExact(file.dataset(HEIGHTS).shape().elementCount());
            file.readInto(DatasetRequest.of(HEIGHTS), Destination.of(new float[count], 0))
                    .join();
            ReadEvent.Delivered result = all(ReadEvent.Delivered.class).get(0);
            assertEquals(4L * count, result.bytes());
            assertEquals(HEIGHTS, result.name());
        }
    }

    @Test
    void attemptsOfTheStorageBelongToTheirRequestAndNameNoSecret() throws Exception {
        HttpOptions http = HttpOptions.builder()
                .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(5)))
                .build();
        try (FaultyHttpServer server = FaultyHttpServer.start().put("/x.h5", Fixtures.bytes("sample_granule"))) {
            server.next(ServerFault.status(503), ServerFault.status(503));
            try (H5Coro file = H5Coro.open(
                    server.uri("/x.h5") + "?token=hidden",
                    options(told::add),
                    StorageOptions.none().with(HttpOptions.class, http))) {
                file.dataset(HEIGHTS).shape();
                server.next(ServerFault.resetAfter(100));
                file.read(HEIGHTS);
                assertComplete();
                List<ReadEvent.Retried> again = all(ReadEvent.Retried.class);
                assertEquals(3, again.size());
                assertEquals(file.statistics().retries(), again.size());
                assertEquals(
                        List.of(2, 3, 2),
                        again.stream().map(ReadEvent.Retried::attempt).toList());
                assertTrue(again.get(0).cause().getMessage().contains("503"), again::toString);
                long attempts = all(ReadEvent.Answered.class).stream()
                        .mapToInt(ReadEvent.Answered::attempts)
                        .sum();
                assertEquals(server.requests(), attempts);
                assertFalse(told.toString().contains("hidden"), told::toString);
                assertTrue(
                        told.get(0).file().endsWith("/x.h5"), () -> told.get(0).file());
            }
        }
    }

    /** The storage gives up at once; the reader's own second attempt is another request. */
    @Test
    void aRequestThatTheStorageGivesUpHasFailed() throws Exception {
        HttpOptions http = HttpOptions.builder().retries(0).build();
        try (FaultyHttpServer server = FaultyHttpServer.start().put("/x.h5", Fixtures.bytes("sample_granule"));
                H5Coro file = H5Coro.open(
                        server.uri("/x.h5").toString(),
                        options(told::add),
                        StorageOptions.none().with(HttpOptions.class, http))) {
            file.explain(List.of(DatasetRequest.of(HEIGHTS)));
            server.next(ServerFault.status(503));
            file.read(HEIGHTS);
            assertComplete();
            assertEquals(1, all(ReadEvent.Failed.class).size());
            assertEquals(List.of(), all(ReadEvent.Retried.class));
            assertEquals(
                    file.statistics().requests(), all(ReadEvent.Requested.class).size());
        }
    }

    @Test
    void whatAListenerThrowsIsLoggedOnceAndBreaksNothing() throws Exception {
        List<String> logged = Collections.synchronizedList(new ArrayList<>());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                logged.add(line.getMessage() + line.getThrown().getMessage());
            }

            @Override
            public void flush() {
                // Nothing is held.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        Logger logger = Logger.getLogger("io.h5coro.event");
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try (H5Coro plain = H5Coro.open(granule(), ReadOptions.defaults());
                H5Coro file = H5Coro.open(granule(), options(event -> {
                    told.add(event);
                    throw new AssertionError("of the listener");
                }))) {
            assertArrayEquals(plain.read(HEIGHTS).toFloats(), file.read(HEIGHTS).toFloats());
            assertTrue(told.size() >= 5, told::toString);
            assertEquals(1, logged.size(), logged::toString);
            assertTrue(logged.get(0).endsWith("of the listener"), logged::toString);
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
    }

    /** Answers nothing once it is told so. */
    private static final class Stalling extends ForwardingRangeReader {
        private volatile boolean silent;

        Stalling() {
            super(granule());
        }

        @Override
        public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
            return silent
                    ? ranges.stream()
                            .map(range -> new CompletableFuture<byte[]>())
                            .toList()
                    : delegate().read(ranges);
        }
    }

    @Test
    void aCancelledCallEndsItsRequestsAndResults() throws Exception {
        Stalling storage = new Stalling();
        try (H5Coro file = H5Coro.open(storage, options(told::add))) {
            file.explain(List.of(DatasetRequest.of(HEIGHTS)));
            told.clear();
            storage.silent = true;
            ReadPromise promise = file.readDatasets(List.of(DatasetRequest.of(HEIGHTS)));
            Eventually.holds(() -> !all(ReadEvent.Requested.class).isEmpty());
            promise.cancel();
            assertThrows(ReadAbortedException.class, () -> promise.get(HEIGHTS));
            Eventually.holds(() -> all(ReadEvent.Failed.class).size()
                    == all(ReadEvent.Requested.class).size());
            assertComplete();
            assertInstanceOf(
                    CancellationException.class,
                    all(ReadEvent.Failed.class).get(0).cause());
            assertEquals(List.of(), all(ReadEvent.Answered.class));
            assertEquals(1, all(ReadEvent.Delivered.class).size());
            ReadEvent.Delivered result = all(ReadEvent.Delivered.class).get(0);
            assertInstanceOf(ReadAbortedException.class, assertNotNullFailure(result));
            assertEquals(0, result.bytes());
        }
    }

    private static Throwable assertNotNullFailure(ReadEvent.Delivered result) {
        Throwable failure = result.failure();
        assertNotNull(failure);
        return failure;
    }

    /** The example of docs/reliability.md is this test's code, line by line. */
    @Test
    void theExampleOfTheDocumentRuns() throws Exception {
        ReadListener watching = event -> {
            if (event instanceof ReadEvent.Answered answer && answer.nanos() > 100_000_000) {
                System.out.println("slow: " + answer);
            } else if (event instanceof ReadEvent.Retried again) {
                System.out.println("again: " + again.cause().getMessage());
            }
        };
        ReadOptions watched = ReadOptions.builder().listener(watching).build();
        try (H5Coro file = H5Coro.open(granule(), watched)) {
            assertEquals(7000, file.read(HEIGHTS).length());
        }
        String document = Files.readString(Path.of("../docs/reliability.md"));
        String here = Files.readString(Path.of("src/test/java/io/h5coro/ReadListenerTest.java"));
        String example = document.substring(document.indexOf("```java\nReadListener watching") + "```java".length());
        List<String> lines = example.substring(0, example.indexOf("```"))
                .lines()
                .map(String::strip)
                .toList();
        assertTrue(lines.size() > 5);
        lines.forEach(line -> assertTrue(here.contains(line), line));
    }

    /** What the child of the test below does. */
    public static void main(String[] args) {
        List<ReadEvent> told = Collections.synchronizedList(new ArrayList<>());
        try (H5Coro file = H5Coro.open(granule(), options(told::add))) {
            file.read(HEIGHTS);
        }
        System.out.println(ModuleLayer.boot().findModule("jdk.jfr").isPresent() + " " + !told.isEmpty());
    }

    @Test
    void aJavaWithoutFlightRecorderReadsAndTells() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--limit-modules",
                        "java.base,java.net.http,java.logging",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ReadListenerTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, child.waitFor(), said);
        assertEquals("false true", said.strip());
    }
}
