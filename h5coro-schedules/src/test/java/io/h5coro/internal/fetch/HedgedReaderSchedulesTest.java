// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import static io.h5coro.schedules.Schedules.check;
import static io.h5coro.schedules.Schedules.explore;
import static io.h5coro.schedules.Schedules.together;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A second request for what is late: the answer comes once, whatever ends first, and nothing stays under way. */
final class HedgedReaderSchedulesTest {
    private static final byte[] FIRST = {1};
    private static final byte[] SECOND = {2};
    private static final ByteRange RANGE = new ByteRange(0, 1);

    /** Each request is one of these futures, in their order. */
    private static final class Storage implements RangeReader {
        private final List<CompletableFuture<byte[]>> sent =
                List.of(new CompletableFuture<>(), new CompletableFuture<>());
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public String source() {
            return "two answers";
        }

        @Override
        public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
            return List.of(sent.get(asked.getAndIncrement()));
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.of(1);
        }

        @Override
        public Optional<String> version() {
            return Optional.empty();
        }

        @Override
        public StorageProfile profile() {
            return StorageProfile.REMOTE;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    /** A clock that is late for whatever is set, when the test says so. */
    private static final class Clock implements Alarm {
        private final List<Runnable> set = new ArrayList<>();
        private long now;

        /** Calls what is set, up to so many times: some of it sets the next. */
        void ring(int times) {
            for (int i = 0; i < times; i++) {
                Runnable next;
                synchronized (this) {
                    now += 1L << 50;
                    next = set.isEmpty() ? null : set.remove(0);
                }
                if (next != null) {
                    next.run();
                }
            }
        }

        @Override
        public synchronized long nanoTime() {
            return now;
        }

        @Override
        public synchronized Runnable after(long nanos, Runnable task) {
            set.add(task);
            return () -> cancel(task);
        }

        private synchronized void cancel(Runnable task) {
            set.remove(task);
        }

        @Override
        public void close() {
            // Nobody is called but by the test.
        }
    }

    private static final class Scene {
        private final Storage storage = new Storage();
        private final Clock clock = new Clock();
        private final Hedging hedging = new Hedging(1, clock);
        private final RangeReader reader = hedging.around(storage);

        /** What must hold once all has ended: nothing is under way, and the requests that lost were given up. */
        void isOver() {
            for (int i = 0; i < storage.asked.get(); i++) {
                check(storage.sent.get(i).isDone(), "request " + i + " is still under way");
            }
            synchronized (clock) {
                for (Runnable late : List.copyOf(clock.set)) {
                    late.run();
                }
            }
            check(storage.asked.get() <= 2 && hedging.sent() == storage.asked.get() - 1, "asked too often");
            for (int i = 0; i < Hedging.MOST_AT_ONCE && i < Hedging.FREE - hedging.sent(); i++) {
                check(hedging.mayAsk(), "a second request is still counted as under way");
            }
        }
    }

    private static StorageException busy() {
        return new StorageException(StorageException.Kind.UNAVAILABLE, "busy");
    }

    private static byte[] bytes(CompletableFuture<byte[]> answer) throws InterruptedException, ExecutionException {
        return answer.get();
    }

    @Test
    void theFirstOfTwoAnswersIsTheAnswer() {
        explore(() -> {
            Scene scene = new Scene();
            CompletableFuture<byte[]> answer = scene.reader.read(RANGE);
            together(
                    () -> scene.clock.ring(1),
                    () -> scene.storage.sent.get(0).complete(FIRST),
                    () -> scene.storage.sent.get(1).complete(SECOND));
            byte[] bytes = bytes(answer);
            check(bytes == FIRST || bytes == SECOND, "other bytes");
            scene.isOver();
        });
    }

    @Test
    void aFirstThatFailsForNowWaitsForTheSecond() {
        explore(() -> {
            Scene scene = new Scene();
            CompletableFuture<byte[]> answer = scene.reader.read(RANGE);
            together(
                    () -> scene.clock.ring(2),
                    () -> scene.storage.sent.get(0).completeExceptionally(busy()),
                    () -> scene.storage.sent.get(1).complete(SECOND));
            check(answer.isDone(), "no answer");
            check(answer.isCompletedExceptionally() || bytes(answer) == SECOND, "other bytes");
            check(scene.storage.asked.get() == 1 || bytes(answer) == SECOND, "the second was of no use");
            scene.isOver();
        });
    }

    @Test
    void cancellingGivesBothUp() {
        explore(() -> {
            Scene scene = new Scene();
            CompletableFuture<byte[]> answer = scene.reader.read(RANGE);
            together(
                    () -> scene.clock.ring(1),
                    () -> answer.cancel(true),
                    () -> scene.storage.sent.get(0).completeExceptionally(busy()));
            check(answer.isDone(), "no answer");
            scene.isOver();
        });
    }
}
