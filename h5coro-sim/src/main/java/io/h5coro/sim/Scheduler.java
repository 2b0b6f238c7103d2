// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs strands on real threads, of which exactly one has the turn. It gives the turn away where it waits, where it
 * hands a task to a pool, and where it ends; the seed chooses who is next. When nobody can go on, the clock jumps to
 * the next event; when there is none and somebody waits, a wake-up was lost.
 *
 * <p>Confined to the strand that has the turn, but for {@link #run}.
 */
final class Scheduler implements World {
    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    /** A run that takes more steps goes round in circles. */
    private static final int MOST_STEPS = 2_000_000;

    /** How long a strand may keep the turn, in seconds of the real clock, before it is taken to be stuck. */
    private static final int STUCK_SECONDS = 30;

    private final Crew crew;
    private final Trace trace;
    private final SplittableRandom order;
    private final SplittableRandom chance;
    private final Turns turns;

    private final List<Strand> ready = new ArrayList<>();
    private final List<Strand> waiting = new ArrayList<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.<Event>comparingLong(one -> one.time).thenComparingInt(one -> one.strand.id));

    private final CountDownLatch over = new CountDownLatch(1);
    private @Nullable Strand running;
    private long now;
    private int strands;
    private Runnable afterStep = () -> {};

    /** Also looked at by the thread that waits for the end. */
    private volatile int steps;

    private volatile @Nullable Throwable failure;

    /** Something that happens at a time, unless it is cancelled. */
    private static final class Event {
        final long time;
        final Strand strand;
        boolean cancelled;

        Event(long time, Strand strand) {
            this.time = time;
            this.strand = strand;
        }
    }

    /** The run is over for a strand that still wants something of it. */
    static final class Abandoned extends Error {
        private static final long serialVersionUID = 1L;
    }

    Scheduler(long seed, Crew crew, Trace trace) {
        this.crew = crew;
        this.trace = trace;
        SplittableRandom root = new SplittableRandom(seed);
        this.order = root.split();
        this.chance = root.split();
        this.turns = Turns.of(order);
    }

    /**
     * Runs a scenario to its end, on threads of the crew, with all that it starts.
     *
     * @return why the run failed; null when it did not
     */
    @Nullable
    Throwable run(Runnable scenario) {
        ready.add(strand("scenario", scenario));
        Strand first = next();
        begin(java.util.Objects.requireNonNull(first));
        int seen = -1;
        try {
            while (!over.await(STUCK_SECONDS, TimeUnit.SECONDS)) {
                if (steps == seen) {
                    failure = new Stuck("no step in " + STUCK_SECONDS + " s:\n" + Stuck.stacks(running));
                    break;
                }
                seen = steps;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = e;
        }
        return failure;
    }

    /** Has something looked at after each step. It throws what is wrong. */
    void afterEachStep(Runnable check) {
        afterStep = check;
    }

    int steps() {
        return steps;
    }

    /** Most time that a step takes. */
    int mostStepNanos() {
        return turns.mostStepNanos();
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public Instant now() {
        return EPOCH.plusNanos(now);
    }

    @Override
    public RandomGenerator chance() {
        return chance;
    }

    @Override
    public void note(String what) {
        trace.add(now, what);
    }

    @Override
    public void after(long nanos, Runnable event) {
        Runnable unused = cancellable(nanos, "event", event);
    }

    /** The same; what is returned cancels it, and has no effect once it happens. */
    Runnable cancellable(long nanos, String name, Runnable event) {
        mine();
        long time = now + Math.max(0, Math.min(nanos, Long.MAX_VALUE / 4));
        Event one = new Event(time, strand(name, event));
        events.add(one);
        return () -> one.cancelled = true;
    }

    private Strand strand(String name, Runnable task) {
        return new Strand(strands++, name, task);
    }

    /** Starts a strand that can go on at once. */
    void spawn(String name, Runnable task) {
        mine();
        ready.add(strand(name, task));
    }

    /** The strand that has the turn, which must be that of this thread. */
    private Strand mine() {
        Strand one = running;
        if (one == null || (one.worker != null && one.worker != Thread.currentThread())) {
            throw new IllegalStateException("a thread outside of the run: " + Thread.currentThread());
        }
        if (failure != null) {
            throw new Abandoned();
        }
        return one;
    }

    /** Gives others a turn, if the seed says so. */
    void pause() {
        Strand me = mine();
        if (turns.givesWay()) {
            boolean interrupted = Thread.interrupted();
            ready.add(me);
            giveAway(me, null);
            if (me.takeInterrupt() || interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Waits until a future is done, a lock's notice comes, a time has come, or it is interrupted; whichever is first.
     *
     * @return whether it was interrupted
     */
    boolean await(@Nullable Future<?> future, @Nullable Object monitor, long nanos) {
        Strand me = mine();
        if (Thread.interrupted()) {
            return true;
        }
        long until = nanos >= Long.MAX_VALUE / 4 ? Long.MAX_VALUE : now + Math.max(0, nanos);
        me.wait = new Strand.Wait(future, monitor, until);
        waiting.add(me);
        giveAway(me, monitor);
        return me.takeInterrupt();
    }

    /** Forgets an interrupt that the strand has not noticed, since what it was for is over. */
    void forgetInterrupt() {
        boolean own = Thread.interrupted();
        boolean others = mine().takeInterrupt();
        if (own || others) {
            note("an interrupt came late");
        }
    }

    /** Wakes those who wait on a lock. */
    void wake(Object monitor) {
        mine();
        for (Strand one : waiting) {
            if (one.wait != null && one.wait.monitor == monitor) {
                one.wait.woken = true;
            }
        }
    }

    private void giveAway(Strand me, @Nullable Object monitor) {
        Strand next = next();
        if (next == me) {
            me.wait = null;
            running = me;
            return;
        }
        if (next != null) {
            me.stop();
            begin(next);
        }
        try {
            me.awaitTurn(monitor);
        } catch (InterruptedException e) {
            fail(e);
        }
    }

    /** Hands the turn to a strand of another thread. */
    private void begin(Strand next) {
        running = next;
        Crew.Worker known = next.worker;
        if (known != null) {
            next.go();
        } else {
            Crew.Worker worker = crew.take();
            next.worker = worker;
            worker.give(() -> runOn(worker, next));
        }
    }

    /** Runs a strand, and those that follow it, as long as no other thread is to go on. */
    private void runOn(Crew.Worker worker, Strand first) {
        Strand current = first;
        while (true) {
            running = current;
            current.worker = worker;
            try {
                current.task.run();
            } catch (Abandoned e) {
                return;
            } catch (Throwable thrown) {
                fail(new AssertionError(current + " throws " + thrown, thrown));
            }
            // As pools do it: what was meant for one task does not meet the next.
            boolean own = Thread.interrupted();
            boolean others = current.takeInterrupt();
            if (own || others) {
                trace.add(now, current + " was interrupted");
            }
            Strand next = next();
            if (next == null) {
                crew.giveBack(worker);
                over.countDown();
                return;
            }
            if (next.worker != null) {
                crew.giveBack(worker);
                running = next;
                next.go();
                return;
            }
            current = next;
        }
    }

    /** Ends the run: no strand has a further turn. Does not return. */
    void fail(Throwable why) {
        if (failure == null) {
            failure = why;
        }
        over.countDown();
        while (true) {
            LockSupport.park(this);
        }
    }

    /** Who has the next turn; null when all have ended. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // only who has the baton writes it; the watch reads it
    private @Nullable Strand next() {
        try {
            afterStep.run();
        } catch (Throwable wrong) {
            fail(wrong);
        }
        steps++;
        if (steps > MOST_STEPS) {
            fail(new AssertionError("more than " + MOST_STEPS + " steps; at " + now + " ns wait " + waiting));
        }
        now += turns.stepNanos();
        while (true) {
            happen();
            for (int i = 0; i < waiting.size(); i++) {
                Strand one = waiting.get(i);
                if (one.wait == null || one.wait.isOver(now) || one.wasInterrupted()) {
                    waiting.remove(i--);
                    ready.add(one);
                }
            }
            if (!ready.isEmpty()) {
                Strand chosen = ready.remove(turns.choose(ready));
                trace.step(now, chosen);
                return chosen;
            }
            long then = nextTime();
            if (then == Long.MAX_VALUE) {
                if (waiting.isEmpty()) {
                    return null;
                }
                fail(new Stuck("a wake-up was lost: nothing can happen, and these wait:\n" + Stuck.waits(waiting)));
            }
            now = then;
        }
    }

    private void happen() {
        while (!events.isEmpty() && events.element().time <= now) {
            Event event = events.remove();
            if (!event.cancelled) {
                ready.add(event.strand);
            }
        }
    }

    private long nextTime() {
        while (!events.isEmpty() && events.element().cancelled) {
            events.remove();
        }
        long then = events.isEmpty() ? Long.MAX_VALUE : events.element().time;
        for (Strand one : waiting) {
            then = Math.min(then, one.wait == null ? now : one.wait.until);
        }
        return then;
    }
}
