// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.model.H5Array;
import io.h5coro.sim.store.FaultKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** Whether what a caller got is what it may get. */
final class Verdicts {
    /** Deadlines that do not pass without anything being asked for. */
    private static final long LONG_NANOS = 60_000_000_000L;

    /**
     * Deadlines that nothing but a fault of the storage lets pass. The smallest blocks through a cache of a few of
     * them, one or two requests at a time, take a minute and a half without one.
     */
    private static final long LONGEST_NANOS = 600_000_000_000L;

    /** Longer than a wait takes beyond its deadline, whatever goes before; whether it was too long is judged. */
    static final long LONGER_NANOS = 600_000_000_000L;

    /** Longer than any pause before a request is sent again, and than others take with what they have. */
    private static final long QUIET_NANOS = 30_000_000_000L;

    /** From this budget on no call of these files is refused. */
    private static final long ENOUGH_BYTES = 4 << 20;

    /** How late the end of a wait may be noticed, besides the steps of others: see {@code Deadline}. */
    private static final long LOOK_NANOS = 200_000_000;

    private final Run run;
    private final Library.File file;
    private final Duration limit;
    private final BooleanSupplier closing;

    Verdicts(Run run, Library.File file, Duration limit, BooleanSupplier closing) {
        this.run = run;
        this.file = file;
        this.limit = limit;
        this.closing = closing;
    }

    /** All arrays of one call are of one version of the object, and right. */
    void right(Map<String, H5Array> arrays, Map<String, Plan.Wish> wishes) {
        if (arrays.isEmpty()) {
            return;
        }
        int variants = file.variants().size();
        for (int v = 0; v < variants; v++) {
            if (isAllOf(v, arrays, wishes)) {
                return;
            }
        }
        StringBuilder text = new StringBuilder("values are of no version of " + file.name() + ":");
        arrays.forEach((name, array) -> {
            Plan.Wish wish = Objects.requireNonNull(wishes.get(name));
            text.append('\n').append(wish.dataset().path()).append(wish.slice()).append(" is of ");
            List<byte[]> got = Calls.elements(array);
            for (int v = 0; v < variants; v++) {
                if (wish.dataset().isOf(v, wish.slice(), got)) {
                    text.append(v).append(' ');
                }
            }
        });
        throw new AssertionError(text.toString());
    }

    /** Whether they are those of one variant of the file. */
    static boolean isAllOf(int variant, Map<String, H5Array> arrays, Map<String, Plan.Wish> wishes) {
        for (Map.Entry<String, H5Array> one : arrays.entrySet()) {
            Plan.Wish wish = java.util.Objects.requireNonNull(wishes.get(one.getKey()));
            if (!wish.dataset().isOf(variant, wish.slice(), Calls.elements(one.getValue()))) {
                return false;
            }
        }
        return true;
    }

    /**
     * A deadline does not pass while nobody asks the storage for anything: who waits then waits for a notice that does
     * not come. To be called when it passes.
     */
    void isNotForgotten(Throwable failure) {
        long quiet = run.store.quietNanos();
        if (failure instanceof ReadAbortedException
                && limit.toNanos() >= LONG_NANOS
                && quiet >= QUIET_NANOS
                && String.valueOf(failure.getMessage()).contains("deadline")) {
            run.isWrong("nothing is asked for in " + quiet / 1e9 + " s, and " + file.name() + " waits: " + failure);
        }
    }

    /** A failure is one that the plan explains. */
    void failed(String what, H5Exception failure, long startNanos, boolean cancelled) {
        run.scheduler.note(what + " fails: " + failure);
        if (!isExplained(failure, run.scheduler.nanoTime() - startNanos, cancelled)) {
            throw new AssertionError(what + " of " + file.name() + " fails without a reason", failure);
        }
    }

    private boolean isExplained(H5Exception failure, long nanos, boolean cancelled) {
        long deadline = limit.toNanos();
        if (failure instanceof ReadAbortedException) {
            boolean late = nanos >= deadline && (deadline < LONGEST_NANOS || !run.plan.isFair());
            return closing.getAsBoolean() || cancelled || late;
        }
        if (failure instanceof LimitExceededException) {
            return run.plan.ground().budgetBytes() < ENOUGH_BYTES
                    || run.plan.ground().whenFull() == io.h5coro.model.MemoryBudget.WhenFull.FAIL;
        }
        if (failure instanceof ObjectChangedException) {
            return run.store.met().containsKey(FaultKind.CHANGE);
        }
        if (failure instanceof StorageFailureException) {
            // The slowest of all requests take longer than is waited for, without any fault.
            return closing.getAsBoolean()
                    || !run.store.met().isEmpty()
                    || run.plan.network().tail() > 0;
        }
        return false;
    }

    /** Nobody waits on when all that was waited for is there. */
    void soon(long endNanos, int startSteps) {
        long waited = run.scheduler.nanoTime() - endNanos;
        long steps = (long) run.scheduler.steps() - startSteps;
        Checks.that(
                waited <= LOOK_NANOS + steps * run.scheduler.mostStepNanos(),
                () -> "a call of " + file.name() + " has ended, and " + waited / 1e9
                        + " s later who waits for it goes on");
    }

    /** Nobody has waited past the deadline. */
    void inTime(String what, long startNanos, int startSteps) {
        long took = run.scheduler.nanoTime() - startNanos;
        long steps = (long) run.scheduler.steps() - startSteps;
        long most = limit.toNanos() + LOOK_NANOS + steps * run.scheduler.mostStepNanos();
        Checks.that(
                took <= most,
                () -> what + " of " + file.name() + " took " + took / 1e9 + " s, and the deadline is " + limit);
    }
}
