// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import io.h5coro.internal.fetch.HedgesOnClock;
import io.h5coro.internal.fetch.Hedging;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.Backoff;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageProfile;
import io.h5coro.storage.machine.Machine;
import io.h5coro.storage.object.Attempts;
import io.h5coro.storage.object.RetryBudget;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Executors that read files of one prefix of S3, on a clock of events. The store's limit and times are a model; what
 * decides whether and when a request is sent again are the reader's own {@link Attempts}, {@link RetryBudget},
 * {@link Backoff} and {@link Hedging} with their defaults. Confined to one thread.
 */
final class ScaleSimulation {
    /** Of the S3 guide: GET requests a second for a prefix. */
    private static final double LIMIT = 5_500;

    /** Requests above the limit that the model lets pass after a second without any. */
    private static final double BURST = 5_500;

    private static final long FIRST_BYTE = Duration.ofMillis(60).toNanos();
    private static final long REFUSAL = Duration.ofMillis(15).toNanos();
    private static final long TOTAL = Duration.ofMinutes(5).toNanos();
    private static final int REQUESTS_OF_RANGE = 21;
    private static final int RETRIES_OF_FILE = 256;
    private static final int FILES_AHEAD = 16;
    private static final int RANGE_BYTES = 1 << 20;
    private static final byte[] NOTHING = {};

    /** How long an answer takes that stands still until somebody gives it up. */
    private static final long STALL = Duration.ofSeconds(30).toNanos();

    /**
     * What is read.
     *
     * @param executors each with one task at a time
     * @param requests of a file, one after the other
     * @param decode processor time of a file
     * @param stalls of a million answers, those that stand still
     * @param hedged whether late requests are sent a second time
     */
    record Load(int executors, int files, int requests, Duration decode, int stalls, boolean hedged) {
        Load(int executors, int files, int requests, Duration decode) {
            this(executors, files, requests, decode, 0, true);
        }
    }

    /**
     * What came of it.
     *
     * @param efficiency the time that limit or processors dictate, of the time that it took
     * @param hedges second requests, of which each may be refused and sent again as others are
     * @param failedFiles that ran out of attempts
     */
    record Outcome(double seconds, double efficiency, long sent, long refused, long hedges, int failedFiles) {}

    private record Event(long at, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Random random = new Random(13);
    private final Load load;
    private long now;
    private long order;
    private double tokens = BURST;
    private long filled;
    private long sent;
    private long refused;
    private long hedges;
    private int failedFiles;
    private long last;

    private ScaleSimulation(Load load) {
        this.load = load;
    }

    static Outcome run(Load load) {
        return new ScaleSimulation(load).run();
    }

    private Outcome run() {
        List<Executor> executors = new ArrayList<>();
        for (int i = 0; i < load.executors(); i++) {
            executors.add(new Executor());
        }
        for (int file = 0; file < load.files(); file++) {
            executors
                    .get((int) ((long) file * load.executors() / load.files()))
                    .files
                    .add(file);
        }
        // Executors start within a second, as a cluster's do.
        executors.forEach(executor -> at(random.nextInt(1_000_000_000), executor::begin));
        while (!events.isEmpty()) {
            Event event = events.remove();
            now = event.at();
            event.action().run();
        }
        double seconds = last / 1e9;
        double dictated = Math.max(
                Math.max(0, (double) load.files() * load.requests() - BURST) / LIMIT,
                Math.ceil((double) load.files() / load.executors())
                        * load.decode().toNanos()
                        / 1e9);
        return new Outcome(seconds, dictated / seconds, sent, refused, hedges, failedFiles);
    }

    private void at(long time, Runnable action) {
        events.add(new Event(time, order++, action));
    }

    /** Whether the store takes a request now. */
    private boolean isTaken() {
        tokens = Math.min(BURST, tokens + (now - filled) / 1e9 * LIMIT);
        filled = now;
        sent++;
        if (tokens < 1) {
            refused++;
            return false;
        }
        tokens--;
        return true;
    }

    /** One task after the other: files are fetched side by side, and decoded one at a time. */
    private final class Executor {
        private final Deque<Integer> files = new ArrayDeque<>();
        private int underWay;
        private long busyUntil;

        void begin() {
            while (underWay < FILES_AHEAD && !files.isEmpty()) {
                files.remove();
                underWay++;
                new File(this).request();
            }
        }

        void fetched() {
            busyUntil = Math.max(busyUntil, now) + load.decode().toNanos();
            at(busyUntil, this::done);
        }

        void done() {
            last = Math.max(last, now);
            underWay--;
            begin();
        }
    }

    private HedgesOnClock.Clock clock() {
        return new HedgesOnClock.Clock() {
            @Override
            public long nanoTime() {
                return now;
            }

            @Override
            public Runnable after(long nanos, Runnable task) {
                AtomicBoolean cancelled = new AtomicBoolean();
                at(now + nanos, () -> {
                    if (!cancelled.get()) {
                        task.run();
                    }
                });
                return () -> cancelled.set(true);
            }
        };
    }

    /** A file: requests one after the other, each with its attempts and perhaps a second one beside it. */
    private final class File {
        private final Executor executor;
        private final Hedging hedging =
                load.hedged() ? HedgesOnClock.of(ReadOptions.defaults().hedgeAfter(), clock()) : Hedging.none();
        private final RangeReader reader = hedging.around(new StoredFile());
        private int left = load.requests();

        File(Executor executor) {
            this.executor = executor;
        }

        void request() {
            CompletableFuture<Void> unused = reader.read(new ByteRange(0, RANGE_BYTES))
                    .handle((bytes, failure) -> {
                        ended(failure);
                        return null;
                    });
        }

        private void ended(@Nullable Throwable failure) {
            left--;
            if (failure == null && left > 0) {
                request();
                return;
            }
            hedges += hedging.sent();
            if (failure == null) {
                executor.fetched();
            } else {
                failedFiles++;
                executor.done();
            }
        }
    }

    /** A file in the store, which sends refused requests again as the reader of S3 does. */
    private final class StoredFile implements RangeReader {
        private final RetryBudget budget = new RetryBudget(RETRIES_OF_FILE);

        @Override
        public String source() {
            return "a file";
        }

        @Override
        public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
            return ranges.stream().map(range -> new Call(budget).begin()).toList();
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.of(RANGE_BYTES);
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
            // Nothing is open.
        }
    }

    /** One range, with as many attempts as it takes. Whoever is content with another answer cancels it. */
    private final class Call {
        private final CompletableFuture<byte[]> answer = new CompletableFuture<>();
        private final RetryBudget budget;
        private final Attempts attempts;
        private final long deadline = now + TOTAL;

        Call(RetryBudget budget) {
            this.budget = budget;
            this.attempts = new Attempts(
                    Machine.ofThisProcess(),
                    new Attempts.Limits(
                            REQUESTS_OF_RANGE, budget, new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10))));
        }

        CompletableFuture<byte[]> begin() {
            request();
            return answer;
        }

        private void request() {
            if (answer.isDone()) {
                return;
            }
            if (!isTaken()) {
                at(now + REFUSAL, this::refused);
            } else if (random.nextInt(1_000_000) < load.stalls()) {
                at(now + STALL, this::answered);
            } else {
                at(now + FIRST_BYTE / 2 + random.nextInt((int) FIRST_BYTE), this::answered);
            }
        }

        private void answered() {
            budget.answered();
            answer.complete(NOTHING);
        }

        private void refused() {
            // The reader's clock is the machine's; its deadline is as far away as the simulation's.
            Optional<Duration> pause =
                    attempts.after(new Attempts.Setback(1, false, null), System.nanoTime() + deadline - now);
            if (pause.isPresent()) {
                at(now + pause.get().toNanos(), this::request);
            } else {
                answer.completeExceptionally(
                        new StorageException(StorageException.Kind.UNAVAILABLE, "refused too often"));
            }
        }
    }

    /** Prints tables for {@code docs/scale.md}. */
    public static void main(String[] arguments) {
        for (int executors : new int[] {100, 300, 1000, 3000}) {
            for (int millis : new int[] {40, 400}) {
                for (boolean hedged : new boolean[] {false, true}) {
                    Load load = new Load(executors, executors * 100, 2, Duration.ofMillis(millis), 0, hedged);
                    System.out.println(load + ": " + run(load));
                }
            }
        }
        for (boolean hedged : new boolean[] {false, true}) {
            Load load = new Load(100, 10_000, 2, Duration.ofMillis(400), 1000, hedged);
            System.out.println(load + ": " + run(load));
        }
    }
}
