// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import io.h5coro.storage.Backoff;
import io.h5coro.storage.object.Attempts;
import io.h5coro.storage.object.RetryBudget;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Executors that read files of one prefix of S3, on a clock of events. The store's limit and times are a model; what
 * decides whether and when a request is sent again are the reader's own {@link Attempts}, {@link RetryBudget} and
 * {@link Backoff} with their defaults. Confined to one thread.
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

    /**
     * What is read.
     *
     * @param executors each with one task at a time
     * @param requests of a file, one after the other
     * @param decode processor time of a file
     */
    record Load(int executors, int files, int requests, Duration decode) {}

    /**
     * What came of it.
     *
     * @param efficiency the time that limit or processors dictate, of the time that it took
     * @param failedFiles that ran out of attempts
     */
    record Outcome(double seconds, double efficiency, long sent, long refused, int failedFiles) {}

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
        return new Outcome(seconds, dictated / seconds, sent, refused, failedFiles);
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

    /** A file: requests one after the other, each with its attempts. */
    private final class File {
        private final Executor executor;
        private final RetryBudget budget = new RetryBudget(RETRIES_OF_FILE);
        private int left = load.requests();
        private Attempts attempts = attempts();
        private long deadline = now + TOTAL;

        File(Executor executor) {
            this.executor = executor;
        }

        private Attempts attempts() {
            return new Attempts(new Attempts.Limits(
                    REQUESTS_OF_RANGE, budget, new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10))));
        }

        void request() {
            if (isTaken()) {
                at(now + FIRST_BYTE / 2 + random.nextInt((int) FIRST_BYTE), this::answered);
            } else {
                at(now + REFUSAL, this::refused);
            }
        }

        private void answered() {
            budget.answered();
            left--;
            if (left == 0) {
                executor.fetched();
                return;
            }
            attempts = attempts();
            deadline = now + TOTAL;
            request();
        }

        private void refused() {
            // The reader's clock is the machine's; its deadline is as far away as the simulation's.
            Optional<Duration> pause =
                    attempts.after(new Attempts.Setback(1, false, null), System.nanoTime() + deadline - now);
            if (pause.isPresent()) {
                at(now + pause.get().toNanos(), this::request);
            } else {
                failedFiles++;
                executor.done();
            }
        }
    }

    /** Prints a table for {@code docs/scale.md}. */
    public static void main(String[] arguments) {
        for (int executors : new int[] {10, 100, 300, 1000, 3000}) {
            for (int millis : new int[] {40, 400}) {
                Load load = new Load(executors, executors * 100, 2, Duration.ofMillis(millis));
                System.out.println(executors + " executors, " + millis + " ms a file: " + run(load));
            }
        }
    }
}
