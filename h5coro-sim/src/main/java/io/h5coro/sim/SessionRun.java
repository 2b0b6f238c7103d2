// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.H5Coro;
import io.h5coro.error.H5Exception;
import io.h5coro.error.ReadAbortedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One open file of a run, and its callers. */
final class SessionRun {
    /** Longer than a call that has ended takes to give up its requests. */
    private static final long LEFT_NANOS = 3_000_000_000L;

    private final Run run;
    private final Plan.Session session;
    private final Verdicts verdicts;
    private final Run.Counting counting;
    private final Calls calls;
    private boolean closing;

    SessionRun(Run run, Plan.Session session) {
        this.run = run;
        this.session = session;
        this.verdicts = new Verdicts(run, session.file(), session.settings().deadline(), () -> closing);
        this.counting = run.counting(session.settings());
        this.calls = new Calls(run, counting.patience(), verdicts, this::idle);
    }

    void run() {
        run.machine.sleep(Duration.ofNanos(session.beginNanos()));
        H5Coro file = open();
        if (file == null) {
            return;
        }
        run.scheduler.note("open " + session.file().name());
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (List<Plan.Call> some : session.callers()) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            ends.add(end);
            run.scheduler.spawn("caller", () -> {
                some.forEach(call -> calls.call(file, call));
                end.complete(null);
            });
        }
        if (session.closing() == Plan.Closing.AFTER_CALLERS) {
            ends.forEach(end -> run.scheduler.await(end, null, Long.MAX_VALUE));
        } else if (session.closing() == Plan.Closing.AFTER_FAILURE) {
            CompletableFuture<Void> all = CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
            run.scheduler.await(CompletableFuture.anyOf(calls.failure(), all), null, Long.MAX_VALUE);
        }
        run.machine.sleep(Duration.ofNanos(session.closeNanos()));
        closing = true;
        run.givesUp();
        run.scheduler.note("close " + session.file().name());
        file.close();
        run.scheduler.note("closed " + session.file().name());
        ends.forEach(end -> run.scheduler.await(end, null, Long.MAX_VALUE));
        calls.closed();
    }

    /** Null when it does not come to that. */
    private @Nullable H5Coro open() {
        long start = run.scheduler.nanoTime();
        int steps = run.scheduler.steps();
        Plan.Opening opening = session.opening();
        long wait = counting.patience().begins();
        try {
            return switch (opening.way()) {
                case BLOCKS -> run.open(session, counting);
                case INTERRUPTED -> interrupted(opening);
                case ASYNC -> await(run.openAsync(session, counting));
                case CANCELLED -> cancelled(opening, run.openAsync(session, counting));
            };
        } catch (H5Exception e) {
            verdicts.isNotForgotten(e);
            verdicts.failed("open", e, start, false);
            return null;
        } finally {
            counting.patience().ends(wait);
            if (opening.way() != Plan.Opening.Way.CANCELLED) {
                verdicts.inTime("open", start, steps);
            }
        }
    }

    private @Nullable H5Coro interrupted(Plan.Opening opening) {
        Interrupt interrupt = new Interrupt(run.scheduler, opening.atNanos());
        try {
            return run.open(session, counting);
        } catch (ReadAbortedException e) {
            if (!interrupt.hasEnded(e)) {
                throw e;
            }
            run.givesUp();
            interrupt.isNoticed(verdicts, e);
            return null;
        } finally {
            interrupt.forget();
        }
    }

    private H5Coro await(CompletableFuture<H5Coro> opening) {
        try {
            return run.machine.get(
                    opening,
                    Verdicts.LONGER_NANOS + session.settings().deadline().toNanos());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof H5Exception failure) {
                throw failure;
            }
            throw new AssertionError("an opening fails", e);
        } catch (TimeoutException | InterruptedException e) {
            throw new AssertionError("an opening does not end", e);
        }
    }

    /** Null when it is cancelled before the file is there, which then is closed by itself. */
    private @Nullable H5Coro cancelled(Plan.Opening how, CompletableFuture<H5Coro> opening) {
        long start = run.scheduler.nanoTime();
        int steps = run.scheduler.steps();
        run.machine.sleep(Duration.ofNanos(how.atNanos()));
        run.givesUp();
        if (opening.cancel(true)) {
            verdicts.inTime("an opening that is under way", start, steps);
            run.scheduler.note("an opening is cancelled");
            return null;
        }
        return await(opening);
    }

    /** Data that no call wants is not fetched for long. */
    private void idle() {
        run.scheduler.after(LEFT_NANOS, () -> {
            if (calls.areIdle()) {
                counting.readers().forEach(CountedReader::nobodyWantsData);
            }
        });
    }
}
