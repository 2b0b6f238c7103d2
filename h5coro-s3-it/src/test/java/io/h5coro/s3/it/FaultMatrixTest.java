// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.h5coro.CanonicalBytes;
import io.h5coro.H5Coro;
import io.h5coro.ReadPromise;
import io.h5coro.error.H5Exception;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadPlan;
import io.h5coro.s3.S3Options;
import io.h5coro.storage.Backoff;
import io.h5coro.storage.Eventually;
import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.ServedRequest;
import io.h5coro.storage.ServerFault;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.http.HttpOptions;
import io.h5coro.testdata.ExpectedObject;
import io.h5coro.testdata.Fixtures;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of fault, over each way to the store, at the open and in the data of one of two datasets. */
@Timeout(120)
final class FaultMatrixTest {
    private static final String GRANULE = "sample_granule";
    private static final String HIT = "/gt1l/heights/h_ph";
    private static final String OTHER = "/gt1l/heights/lat_ph";
    private static final Backoff SOON = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5));

    /** Where requests stand still; elsewhere a busy machine is not taken for a silent server. */
    private static final Duration STALL = Duration.ofMillis(500);

    private static final Duration NO_STALL = Duration.ofMinutes(1);

    /** As many as may meet a busy machine and the fault. */
    private static final int ATTEMPTS = 8;

    /** The fixture is small: with these, metadata and both datasets come in requests of their own. */
    private static ReadOptions.Builder piecewise() {
        return ReadOptions.builder()
                .firstReadBytes(4_096)
                .blockBytes(4_096)
                .gapBytes(0)
                .maxRequestBytes(8_192);
    }

    private final byte[] content = Fixtures.bytes(GRANULE);
    private FaultyHttpServer server;

    /** A way to the store. */
    enum Way {
        HTTP,
        S3
    }

    /** What takes the JVM and the SDK their time at the first request is over before little is allowed. */
    @BeforeAll
    static void warmUp() throws Exception {
        FaultMatrixTest first = new FaultMatrixTest();
        first.start();
        for (Way way : Way.values()) {
            first.open(way).close();
        }
        first.stop();
    }

    @BeforeEach
    void start() throws Exception {
        server = FaultyHttpServer.start().put("/bucket/key.h5", content);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private H5Coro open(Way way, ReadOptions options, Duration stall) {
        return open(way, options, stall, 3);
    }

    private H5Coro open(Way way, ReadOptions options, Duration stall, int attempts) {
        HttpOptions http = HttpOptions.builder()
                .backoff(SOON)
                .attemptTimeout(stall)
                .retries(attempts - 1)
                .build();
        S3Options s3 = S3Options.builder()
                .endpoint(server.uri(""))
                .region("us-east-1")
                .anonymous(true)
                .backoff(SOON)
                .attemptTimeout(stall)
                .retries(attempts - 1)
                .build();
        String location = way == Way.S3
                ? "s3://bucket/key.h5"
                : server.uri("/bucket/key.h5").toString();
        return H5Coro.open(
                location,
                options,
                StorageOptions.none().with(HttpOptions.class, http).with(S3Options.class, s3));
    }

    private H5Coro open(Way way) {
        return open(way, piecewise().build(), NO_STALL);
    }

    private static Duration stall(String kind) {
        return kind.startsWith("slow") || kind.startsWith("stall") ? STALL : NO_STALL;
    }

    private static void assertValues(ReadPromise promise, String path) {
        assertEquals(
                Fixtures.expected(GRANULE).object(path).sha256(),
                CanonicalBytes.sha256(promise.get(path), reference -> "", reference -> 0));
    }

    private static ReadPromise read(H5Coro file) {
        return file.readDatasets(List.of(DatasetRequest.of(HIT), DatasetRequest.of(OTHER)));
    }

    private static final Map<String, ServerFault> TRANSIENT = new TreeMap<>(Map.of(
            "slow first byte", ServerFault.slowFirstByte(Duration.ofMinutes(5)),
            "stall in mid-body", ServerFault.stallAfter(100),
            "reset before the body", ServerFault.resetAfter(0),
            "reset in mid-body", ServerFault.resetAfter(1_000),
            "short body", ServerFault.shortBody(1_000),
            "429", ServerFault.status(429),
            "500", ServerFault.status(500),
            "503", ServerFault.status(503),
            "503 with Retry-After", ServerFault.status(503, "Retry-After: 0")));

    private record Permanent(ServerFault fault, String error) {}

    private static final Map<String, Permanent> PERMANENT = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "slow first byte",
                    new Permanent(ServerFault.slowFirstByte(Duration.ofMinutes(5)), "StorageFailureException TIMEOUT")),
            Map.entry(
                    "stall before the body",
                    new Permanent(ServerFault.stallAfter(0), "StorageFailureException TIMEOUT")),
            Map.entry("reset", new Permanent(ServerFault.resetAfter(0), "StorageFailureException UNAVAILABLE")),
            Map.entry("short body", new Permanent(ServerFault.shortBody(0), "StorageFailureException UNAVAILABLE")),
            Map.entry("200 for a range", new Permanent(ServerFault.ignoreRange(), "StorageFailureException PROTOCOL")),
            Map.entry(
                    "wrong Content-Range",
                    new Permanent(
                            ServerFault.header("Content-Range", "bytes 7-9/379994"),
                            "StorageFailureException PROTOCOL")),
            Map.entry("403", new Permanent(ServerFault.status(403), "StorageFailureException ACCESS_DENIED")),
            Map.entry("404", new Permanent(ServerFault.status(404), "NotFoundException")),
            Map.entry("412", new Permanent(ServerFault.status(412), "ObjectChangedException")),
            Map.entry("429", new Permanent(ServerFault.status(429), "StorageFailureException UNAVAILABLE")),
            Map.entry("500", new Permanent(ServerFault.status(500), "StorageFailureException UNAVAILABLE")),
            Map.entry(
                    "503 with Retry-After",
                    new Permanent(
                            ServerFault.status(503, "Retry-After: 7200"), "StorageFailureException UNAVAILABLE"))));

    private static String shown(H5Exception failure) {
        String name = failure.getClass().getSimpleName();
        return failure instanceof StorageFailureException storage ? name + " " + storage.kind() : name;
    }

    /** Every kind over every way at both places. */
    private static Stream<Arguments> cases(Set<String> faults) {
        return Arrays.stream(Way.values())
                .flatMap(way -> faults.stream()
                        .flatMap(fault -> Stream.of(true, false).map(atOpen -> arguments(way, fault, atOpen))));
    }

    private static Stream<Arguments> whatPassesIsNotNoticed() {
        return cases(TRANSIENT.keySet());
    }

    private static Stream<Arguments> whatStaysIsOneTypedErrorOfWhatItHits() {
        return cases(PERMANENT.keySet());
    }

    @ParameterizedTest(name = "{0}, {1}, at the open: {2}")
    @MethodSource
    void whatPassesIsNotNoticed(Way way, String kind, boolean atOpen) {
        ServerFault fault = Objects.requireNonNull(TRANSIENT.get(kind));
        if (atOpen) {
            passesAtOpen(way, fault, stall(kind));
        } else {
            passesInData(way, fault, stall(kind));
        }
    }

    private void passesAtOpen(Way way, ServerFault fault, Duration stall) {
        server.next(fault);
        try (H5Coro file = open(way, piecewise().build(), stall, ATTEMPTS)) {
            ReadPromise promise = read(file);
            assertValues(promise, HIT);
            assertValues(promise, OTHER);
        }
    }

    private void passesInData(Way way, ServerFault fault, Duration stall) {
        try (H5Coro file = open(way, piecewise().build(), stall, ATTEMPTS)) {
            ReadPlan.Range hit = data(file);
            AtomicBoolean spent = new AtomicBoolean();
            server.always(request -> isIn(hit, request) && !spent.getAndSet(true) ? fault : ServerFault.none());
            ReadPromise promise = read(file);
            assertValues(promise, HIT);
            assertValues(promise, OTHER);
            assertTrue(spent.get(), "the fault has hit");
        }
    }

    @ParameterizedTest(name = "{0}, {1}, at the open: {2}")
    @MethodSource
    void whatStaysIsOneTypedErrorOfWhatItHits(Way way, String kind, boolean atOpen) {
        Permanent fault = Objects.requireNonNull(PERMANENT.get(kind));
        if (atOpen) {
            staysAtOpen(way, fault, stall(kind));
        } else {
            staysInData(way, fault, stall(kind));
        }
    }

    private void staysAtOpen(Way way, Permanent fault, Duration stall) {
        server.always(request -> fault.fault());
        H5Exception failure =
                assertThrows(H5Exception.class, () -> open(way, piecewise().build(), stall));
        assertEquals(fault.error(), shown(failure));
    }

    private void staysInData(Way way, Permanent fault, Duration stall) {
        try (H5Coro file = open(way, piecewise().build(), stall)) {
            ReadPlan.Range hit = data(file);
            server.always(request -> isIn(hit, request) ? fault.fault() : ServerFault.none());
            ReadPromise promise = read(file);
            assertEquals(fault.error(), shown(assertThrows(H5Exception.class, () -> promise.get(HIT))));
            assertValues(promise, OTHER);
        }
    }

    /** The first of the ranges that the data of {@link #HIT} come in; metadata are here then. */
    private ReadPlan.Range data(H5Coro file) {
        assertTrue(file.explain(List.of(DatasetRequest.of(OTHER))).failures().isEmpty());
        return file.explain(List.of(DatasetRequest.of(HIT))).requests().get(0);
    }

    private static String range(ServedRequest request) {
        return request.header("Range").orElseThrow();
    }

    private static boolean isIn(ReadPlan.Range range, ServedRequest request) {
        String[] ends = range(request).replace("bytes=", "").split("-");
        return Long.parseLong(ends[0]) < range.offset() + range.length() && Long.parseLong(ends[1]) >= range.offset();
    }

    @ParameterizedTest
    @EnumSource
    void oneRequestInTenFailingIsNotNoticedInAnyDatasetOfAFile(Way way) {
        Random dice = new Random(7);
        List<ServerFault> faults = TRANSIENT.entrySet().stream()
                .filter(fault -> !fault.getKey().startsWith("slow"))
                .map(Map.Entry::getValue)
                .toList();
        AtomicInteger failed = new AtomicInteger();
        server.always(request -> {
            synchronized (dice) {
                return dice.nextInt(10) == 0
                        ? faults.get(failed.getAndIncrement() % faults.size())
                        : ServerFault.none();
            }
        });
        try (H5Coro file = open(way, piecewise().build(), STALL, ATTEMPTS)) {
            List<String> paths = Fixtures.expected(GRANULE).datasets().stream()
                    .map(ExpectedObject::path)
                    .toList();
            ReadPromise promise =
                    file.readDatasets(paths.stream().map(DatasetRequest::of).toList());
            paths.forEach(path -> assertValues(promise, path));
        }
        assertTrue(failed.get() >= faults.size(), "each kind has hit: " + failed);
    }

    @ParameterizedTest
    @EnumSource
    void anotherTagIsAChangedObject(Way way) {
        try (H5Coro file = open(way)) {
            ReadPlan.Range hit = data(file);
            server.always(
                    request -> isIn(hit, request) ? ServerFault.header("ETag", "\"another\"") : ServerFault.none());
            ReadPromise promise = read(file);
            assertEquals("ObjectChangedException", shown(assertThrows(H5Exception.class, () -> promise.get(HIT))));
            assertValues(promise, OTHER);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anObjectReplacedDuringAReadIsTheOldOneOrAnError(Way way) {
        byte[] replacement = content.clone();
        for (int i = 4_096; i < replacement.length; i++) {
            replacement[i] ^= 0x55;
        }
        try (H5Coro file = open(way)) {
            ReadPlan.Range unused = data(file);
            AtomicInteger count = new AtomicInteger();
            server.always(request -> {
                if (count.incrementAndGet() == 2) {
                    server.put("/bucket/key.h5", replacement);
                }
                return ServerFault.none();
            });
            ReadPromise promise = read(file);
            int changed = 0;
            for (String path : promise.names()) {
                try {
                    promise.get(path);
                    assertValues(promise, path);
                } catch (H5Exception e) {
                    assertEquals("ObjectChangedException", shown(e));
                    changed++;
                }
            }
            assertTrue(changed > 0, "not all was here before the second request");
            H5Exception later = assertThrows(H5Exception.class, () -> file.read("/gt1l/heights/lon_ph"));
            assertEquals("ObjectChangedException", shown(later));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStalledRequestIsHedged(Way way) {
        ReadOptions early = piecewise().hedgeAfter(Duration.ofSeconds(1)).build();
        // Whoever waited for the time-out would wait for an hour.
        try (H5Coro file = open(way, early, Duration.ofHours(1))) {
            ReadPlan.Range hit = data(file);
            AtomicReference<String> stalled = new AtomicReference<>("");
            server.clearLog();
            server.always(request -> isIn(hit, request) && stalled.compareAndSet("", range(request))
                    ? ServerFault.stallAfter(100)
                    : ServerFault.none());
            ReadPromise promise = read(file);
            assertValues(promise, HIT);
            assertValues(promise, OTHER);
            // A busy machine may be late with others, too.
            assertTrue(promise.statistics().hedgedRequests() >= 1);
            long asked = server.log().stream()
                    .filter(request -> range(request).equals(stalled.get()))
                    .count();
            assertEquals(2, asked, stalled + " of " + server.log());
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancelAndCloseLeaveNoRequestConnectionOrThread(Way way) throws Exception {
        H5Coro file = open(way, piecewise().build(), Duration.ofSeconds(90));
        ReadPlan.Range unused = data(file);
        server.always(request -> ServerFault.stallAfter(10));
        ReadPromise cancelled = read(file);
        Eventually.holds(() -> server.requestsNow() > 0);
        cancelled.cancel();
        Eventually.holds(() -> server.requestsNow() == 0);
        assertInstanceOf(ReadAbortedException.class, assertThrows(H5Exception.class, () -> cancelled.get(HIT)));

        ReadPromise closed = read(file);
        Eventually.holds(() -> server.requestsNow() > 0);
        file.close();
        Eventually.holds(() -> server.requestsNow() == 0);
        assertInstanceOf(ReadAbortedException.class, assertThrows(H5Exception.class, () -> closed.get(HIT)));
        Eventually.holds(() -> {
            // Before Java 21 idle connections of the JDK's client end when it is collected.
            System.gc();
            return server.openConnections() == 0 && threads() == 0;
        });
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("h5coro"))
                .count();
    }
}
