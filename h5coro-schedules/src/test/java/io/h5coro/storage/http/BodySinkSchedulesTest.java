// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import static io.h5coro.schedules.Schedules.check;
import static io.h5coro.schedules.Schedules.explore;
import static io.h5coro.schedules.Schedules.together;

import io.h5coro.storage.machine.Machine;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A body that arrives while its exchange is given up: nothing is written after that, and the transfer ends. */
final class BodySinkSchedulesTest {
    private static final class Transfer implements Flow.Subscription {
        private final AtomicInteger cancelled = new AtomicInteger();

        @Override
        public void request(long count) {
            // The test sends what it likes.
        }

        @Override
        public void cancel() {
            cancelled.incrementAndGet();
        }
    }

    private static List<ByteBuffer> bytes(int first) {
        return List.of(ByteBuffer.wrap(new byte[] {(byte) first, (byte) (first + 1)}));
    }

    @Test
    void afterStoppingNothingIsWritten() {
        explore(() -> {
            byte[] target = new byte[4];
            BodySink sink =
                    BodySink.into(new BodySink.Room(target, 0, 4, true, Machine.ofThisProcess()), "too long", () -> {});
            Transfer transfer = new Transfer();
            together(
                    () -> {
                        sink.onSubscribe(transfer);
                        sink.onNext(bytes(1));
                        sink.onNext(bytes(3));
                        sink.onComplete();
                    },
                    () -> {
                        int reached = sink.stop();
                        for (int i = reached; i < 4; i++) {
                            check(target[i] == 0, "byte " + i + " was written");
                            target[i] = 9;
                        }
                    });
            for (int i = 0; i < 4; i++) {
                check(target[i] == i + 1 || target[i] == 9, "byte " + i + " is " + target[i]);
            }
            check(sink.isFinished() || transfer.cancelled.get() > 0, "the transfer goes on");
            check(sink.getBody().toCompletableFuture().isDone(), "somebody waits for the body");
        });
    }
}
