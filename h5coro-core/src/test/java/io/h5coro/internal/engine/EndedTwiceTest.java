// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Shape;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A request that ends at the same time as its call is cancelled has one result for all who ask. */
@Timeout(120)
final class EndedTwiceTest {
    private static final IntegerType INT = IntegerType.of(4, Order.LITTLE_ENDIAN, true);
    private static final ReadOptions OPTIONS =
            ReadOptions.builder().decodeThreads(2).build();

    private static Object of(CompletableFuture<H5Array> future) throws Exception {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    private static MemoryFile file() {
        MemoryFile file = new MemoryFile();
        file.contiguous("/a", INT, Shape.of(3), file.append(Results.ints(1, 2, 3)));
        return file;
    }

    @Test
    void whatAWaiterHasSeenIsWhatTheFutureHas() throws Exception {
        try (MemoryFile.Open open = file().open(OPTIONS)) {
            for (int i = 0; i < 3_000; i++) {
                Call call = open.start(List.of(DatasetRequest.of("/a")));
                assertTrue(call.awaitOutcomes(1, Long.MAX_VALUE));
                call.cancel();
                Outcome outcome = call.outcome(0);
                assertSame(outcome.array(), of(call.future("/a")));
                assertEquals(3, outcome.array().getLong(2));
            }
        }
    }

    @Test
    void whoeverComesFirstDecidesForAll() throws Exception {
        try (MemoryFile.Open open = file().open(OPTIONS)) {
            for (int i = 0; i < 1_000; i++) {
                Call call = open.start(List.of(DatasetRequest.of("/a")));
                call.cancel();
                Object result = of(call.future("/a"));
                Outcome outcome = call.outcome(0);
                assertSame(outcome.array() != null ? outcome.array() : outcome.failure(), result);
                assertTrue(call.hasEnded());
            }
        }
    }
}
