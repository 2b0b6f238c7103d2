// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** A world of one thread: a queue of events. For tests of pieces that need no scheduler. */
public final class QueueWorld implements World {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Comparator<Event> ORDER =
            Comparator.comparingLong(Event::at).thenComparingLong(Event::lot).thenComparingLong(Event::number);

    private final SplittableRandom chance;
    private final SplittableRandom order;
    private final PriorityQueue<Event> events = new PriorityQueue<>(ORDER);
    private final List<String> trace = new ArrayList<>();
    private long nanos;
    private long number;

    private record Event(long at, long lot, long number, Runnable task) {}

    /** A world of a seed. */
    public QueueWorld(long seed) {
        SplittableRandom both = new SplittableRandom(seed);
        chance = both.split();
        order = both.split();
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Instant now() {
        return START.plusNanos(nanos);
    }

    @Override
    public void after(long later, Runnable event) {
        events.add(new Event(nanos + Math.max(0, later), order.nextLong(), number++, event));
    }

    @Override
    public RandomGenerator chance() {
        return chance;
    }

    @Override
    public void note(String what) {
        trace.add(nanos + " " + what);
    }

    /** Returns what was noted. */
    public List<String> trace() {
        return trace;
    }

    /** Lets the next thing happen; false when there is none. */
    public boolean step() {
        Event next = events.poll();
        if (next == null) {
            return false;
        }
        nanos = next.at;
        next.task.run();
        return true;
    }

    /** Lets things happen until there is nothing left. */
    public void run() {
        while (step()) {
            continue;
        }
    }

    /** Lets things happen until it is so; an error when nothing happens any more before. */
    public void runUntil(BooleanSupplier so) {
        while (!so.getAsBoolean()) {
            if (!step()) {
                throw new AssertionError("waits for ever");
            }
        }
    }
}
