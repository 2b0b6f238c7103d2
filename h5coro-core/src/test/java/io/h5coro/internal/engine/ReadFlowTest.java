// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Shape;
import io.h5coro.storage.Eventually;
import io.h5coro.storage.StorageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a call flows: bounds, retries, cancellation, ends. */
@Timeout(60)
final class ReadFlowTest {
    private static final IntegerType INT = IntegerType.of(4, Order.LITTLE_ENDIAN, true);

    private static final ReadOptions OPTIONS =
            ReadOptions.builder().decodeThreads(2).gapBytes(0).build();

    private static MemoryFile scattered(int datasets) {
        MemoryFile file = new MemoryFile();
        for (int i = 0; i < datasets; i++) {
            long address = file.append(Results.ints(Results.sequence(1000 * i, 1000)));
            file.append(new byte[10_000]);
            file.contiguous("/d" + i, INT, Shape.of(1000), address);
        }
        return file;
    }

    private static List<DatasetRequest> all(int datasets) {
        List<DatasetRequest> requests = new ArrayList<>();
        for (int i = 0; i < datasets; i++) {
            requests.add(DatasetRequest.of("/d" + i));
        }
        return requests;
    }

    /** A promise that is kept for long shall not keep 300 MB of stored chunks for 8 MB of values. */
    @Test
    void keepsNothingOfWhatLedToItsResultsButCounts() throws Exception {
        try (MemoryFile.Open open = scattered(20).open(OPTIONS)) {
            Call call = open.start(all(20));
            call.names().forEach(name -> Results.of(call, name));
            Eventually.holds(() -> call.fetch().held() == 0);
            assertEquals(20, call.statistics().requests());
            assertEquals(20 * 4000, call.statistics().bytesFetched());
        }
    }

    @Test
    void keepsRequestsAndBytesInFlightWithinTheirBounds() throws Exception {
        StalledReader[] stalled = new StalledReader[1];
        MemoryFile file = scattered(20);
        ReadOptions frugal =
                ReadOptions.builder().gapBytes(0).bytesInFlight(9000).build();
        try (MemoryFile.Open open = file.open(frugal, reader -> stalled[0] = new StalledReader(reader))) {
            Call call = open.start(all(20));
            Eventually.holds(() -> stalled[0].waiting() == 2);
            Eventually.holds(() -> {
                boolean unused = stalled[0].release();
                return call.statistics().requests() == 20;
            });
            assertEquals(2, stalled[0].mostWaiting());
            for (int i = 0; i < 20; i++) {
                assertEquals(1000 * i + 999, Results.of(call, "/d" + i).getLong(999));
            }
        }
        try (MemoryFile.Open open = file.open(OPTIONS, reader -> stalled[0] = new StalledReader(reader))) {
            Call call = open.start(all(20));
            Eventually.holds(() -> stalled[0].waiting() == 4);
            while (!call.awaitOutcomes(20, 1_000_000)) {
                boolean unused = stalled[0].release();
            }
            assertEquals(4, stalled[0].mostWaiting());
            assertEquals(4, open.counting().maxInFlight());
        }
    }

    @Test
    void rangeLongerThanTheBudgetIsFetchedInPartsAllTheSame() throws Exception {
        MemoryFile file = new MemoryFile();
        file.chunked("/a", INT, Shape.of(2_000_000), new long[] {1_000_000}, MemoryFile.DEFLATE);
        byte[] noise = new byte[4_000_000];
        new Random(3).nextBytes(noise);
        byte[] stored = MemoryFile.deflated(noise);
        file.chunk("/a", stored, 0, 0);
        file.chunk("/a", stored, 0, 1);
        ReadOptions frugal = ReadOptions.builder()
                .bytesInFlight(1000)
                .maxRequestBytes(300_000)
                .build();
        try (MemoryFile.Open open = file.open(frugal)) {
            H5Array array = Results.of(open.start(List.of(DatasetRequest.of("/a"))), "/a");
            ByteBuffer expected = ByteBuffer.wrap(noise).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < 1_000_000; i += 997) {
                assertEquals(expected.getInt(4 * i), array.getLong(i));
                assertEquals(expected.getInt(4 * i), array.getLong(1_000_000 + i));
            }
        }
    }

    @Test
    void cancelEndsTheCallAndItsRequests() throws Exception {
        StalledReader[] stalled = new StalledReader[1];
        try (MemoryFile.Open open = scattered(20).open(OPTIONS, reader -> stalled[0] = new StalledReader(reader))) {
            Call call = open.start(all(20));
            Eventually.holds(() -> stalled[0].waiting() == 4);
            call.cancel();
            assertThrows(ReadAbortedException.class, () -> Results.of(call, "/d0"));
            assertTrue(call.awaitOutcomes(20, 1_000_000_000L));
            Eventually.holds(() -> stalled[0].cancelled.get() == 4);
            assertEquals(4, open.counting().requests());
            // What was given up makes room for others.
            Call next = open.start(all(1));
            Eventually.holds(() -> stalled[0].release());
            Eventually.holds(() -> {
                boolean unused = stalled[0].release();
                return next.future("/d0").isDone();
            });
            assertEquals(999, Results.of(next, "/d0").getLong(999));
        }
    }

    @Test
    void closeAndDeadlineEndCalls() throws Exception {
        StalledReader[] stalled = new StalledReader[1];
        MemoryFile file = scattered(3);
        Call[] call = new Call[1];
        try (MemoryFile.Open open = file.open(OPTIONS, reader -> stalled[0] = new StalledReader(reader))) {
            call[0] = open.start(all(3));
            Eventually.holds(() -> stalled[0].waiting() == 3);
            open.file().close();
            assertThrows(ReadAbortedException.class, () -> open.start(all(1)));
        }
        ReadAbortedException closed = assertThrows(ReadAbortedException.class, () -> Results.of(call[0], "/d1"));
        assertTrue(closed.getMessage().contains("closed"), closed.getMessage());
        ReadOptions hasty =
                ReadOptions.builder().deadline(Duration.ofMillis(50)).build();
        try (MemoryFile.Open open = file.open(hasty, reader -> stalled[0] = new StalledReader(reader))) {
            Call late = open.start(all(3));
            ReadAbortedException e = assertThrows(ReadAbortedException.class, () -> Results.of(late, "/d1"));
            assertTrue(e.getMessage().contains("deadline"), e.getMessage());
        }
    }

    @Test
    void transientFailuresAreTriedOnceMore() throws Exception {
        StalledReader[] stalled = new StalledReader[1];
        MemoryFile file = scattered(2);
        try (MemoryFile.Open open = file.open(OPTIONS, reader -> stalled[0] = new StalledReader(reader))) {
            stalled[0].failures.set(2);
            Call call = open.start(all(2));
            Eventually.holds(() -> stalled[0].waiting() == 2);
            assertTrue(stalled[0].release());
            assertEquals(1000, Results.of(call, "/d1").length());
            // Another call would share what is still on its way.
            assertEquals(1000, Results.of(call, "/d0").length());
            stalled[0].failures.set(4);
            Call broken = open.start(all(2));
            StorageFailureException e = assertThrows(StorageFailureException.class, () -> Results.of(broken, "/d0"));
            assertEquals(StorageException.Kind.UNAVAILABLE, e.kind());
            assertTrue(e.getMessage().contains("/d0"), e.getMessage());
        }
    }

    @Test
    void outcomesComeInTheOrderOfCompletion() throws Exception {
        try (MemoryFile.Open open = scattered(5).open(OPTIONS)) {
            Call call = open.start(all(5));
            List<String> names = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                assertTrue(call.awaitOutcomes(i + 1, 10_000_000_000L));
                names.add(call.outcome(i).name());
            }
            assertEquals(5, names.stream().distinct().count());
        }
    }
}
