// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.call;

import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.Where;
import io.h5coro.storage.machine.Machine;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Until when one call of a user may take. It is bound to the thread that works for the call, and to every other thread
 * while that does a part of it, so that all waits and all loops of the call end together, however deep they are:
 * {@link #await} and {@link #check}. Both also notice an interrupt, whose flag stays set, and that the call is over for
 * another reason, such as a file that was closed. Immutable and thread-safe.
 */
public final class Deadline {
    /**
     * How often whoever waits looks whether the call is over for another reason.
     *
     * <p>A file that is closed ends its waits within 50 ms. Shorter intervals would only wake threads more often.
     */
    private static final long LOOK_NANOS = 50_000_000;

    /** Of what belongs to no call. */
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    /**
     * The deadline of the call for which a thread works. Set and reset by {@link #during} only, also on pool threads.
     */
    private static final ThreadLocal<@Nullable Deadline> CURRENT = new ThreadLocal<>();

    private final Machine machine;
    private final Duration limit;
    private final LongSupplier clock;
    /** When it passes, by the clock. Compared by subtraction, since the clock may overflow. */
    private final long until;

    private final Supplier<@Nullable String> over;

    private Deadline(Machine machine, LongSupplier clock, Duration limit, Supplier<@Nullable String> over) {
        this.machine = machine;
        this.limit = limit;
        this.clock = clock;
        this.over = over;
        this.until = clock.getAsLong() + nanos(limit);
    }

    private Deadline(Deadline same, Supplier<@Nullable String> over) {
        this.machine = same.machine;
        this.limit = same.limit;
        this.clock = same.clock;
        this.over = over;
        this.until = same.until;
    }

    private static long nanos(Duration limit) {
        try {
            return Math.min(limit.toNanos(), Long.MAX_VALUE / 4);
        } catch (ArithmeticException veryLong) {
            return Long.MAX_VALUE / 4;
        }
    }

    /**
     * A deadline.
     *
     * @param machine has the clock, and waits
     * @param over why the call is over before that; null as long as it is not
     */
    public static Deadline after(Machine machine, Duration limit, Supplier<@Nullable String> over) {
        return after(machine, machine::nanoTime, limit, over);
    }

    /** The same by another clock, of nanoseconds. */
    public static Deadline after(Machine machine, LongSupplier clock, Duration limit, Supplier<@Nullable String> over) {
        return new Deadline(machine, clock, limit, over);
    }

    /**
     * That of the call for which this thread works; a new one, on the machine of this process, when it works for none.
     *
     * @param limit how long a new one lasts from now on; of no effect when there is a current one
     */
    public static Deadline currentOr(Duration limit) {
        return currentOr(Machine.ofThisProcess(), limit);
    }

    /** The same, on another machine. */
    public static Deadline currentOr(Machine machine, Duration limit) {
        Deadline current = CURRENT.get();
        return current != null ? current : after(machine, limit, () -> null);
    }

    /** Does a call, or a part of one whose deadline is bound to this thread: that one holds. */
    public static <T extends @Nullable Object> T within(
            Machine machine, Duration limit, Supplier<@Nullable String> over, Supplier<T> call) {
        return CURRENT.get() != null ? call.get() : after(machine, limit, over).during(call);
    }

    /**
     * Does a part of the call.
     *
     * <p>Binds the deadline to this thread while the part runs, and then the one that was bound before.
     */
    public <T extends @Nullable Object> T during(Supplier<T> part) {
        Deadline before = CURRENT.get();
        CURRENT.set(this);
        try {
            return part.get();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }

    /**
     * Ends the call of this thread when it is to end; for loops.
     *
     * @param source what is read, for messages
     * @throws ReadAbortedException when the deadline has passed, the thread is interrupted or the call is over
     */
    public static void check(String source) {
        Deadline current = CURRENT.get();
        if (current != null) {
            current.checkNow(Where.source(source));
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted(Where.source(source), null);
            }
        }
    }

    private void checkNow(Where where) {
        if (left() <= 0) {
            throw late(where, null);
        }
        String why = over.get();
        if (why != null) {
            throw new ReadAbortedException(where, why);
        }
    }

    /**
     * Waits for something until the deadline.
     *
     * @param where what is waited for, for messages
     * @throws ReadAbortedException when the deadline passes, the thread is interrupted (its flag is set again) or the
     *     call is over before that is there
     * @throws ExecutionException what it failed with
     */
    public <T> T await(Future<T> future, Where where) throws ExecutionException {
        while (true) {
            try {
                if (!future.isDone()) {
                    checkNow(where);
                }
                return machine.get(future, Math.max(0, Math.min(left(), LOOK_NANOS)));
            } catch (TimeoutException e) {
                if (left() <= 0) {
                    throw late(where, e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw interrupted(where, e);
            }
        }
    }

    /** The same deadline for a part that may be over sooner; {@code why} as {@code over} of {@link #after}. */
    public Deadline or(Supplier<@Nullable String> why) {
        return new Deadline(this, () -> {
            String known = over.get();
            return known != null ? known : why.get();
        });
    }

    /**
     * Waits for a turn, within the deadline of this thread's call if it has one.
     *
     * @throws ReadAbortedException when the call is to end before
     */
    static void awaitTurn(Turn turn, Where where) {
        Deadline current = CURRENT.get();
        Deadline until = current != null ? current : after(Machine.ofThisProcess(), FOR_EVER, () -> null);
        synchronized (turn) {
            while (!turn.take()) {
                try {
                    until.machine.waitOn(turn, Math.max(1, Math.min(until.left(), LOOK_NANOS)));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw interrupted(where, e);
                }
                until.checkNow(where);
            }
        }
    }

    /** Where this thread's call waits. */
    static Machine machineOfCall() {
        Deadline current = CURRENT.get();
        return current != null ? current.machine : Machine.ofThisProcess();
    }

    /** What waits for it. */
    public Machine machine() {
        return machine;
    }

    /** Nanoseconds that are left; 0 or less when it has passed. */
    public long left() {
        return until - clock.getAsLong();
    }

    private ReadAbortedException late(Where where, @Nullable Exception cause) {
        return new ReadAbortedException(where, "the deadline of " + limit + " has passed", cause);
    }

    private static ReadAbortedException interrupted(Where where, @Nullable Exception cause) {
        return new ReadAbortedException(where, "the thread was interrupted", cause);
    }
}
