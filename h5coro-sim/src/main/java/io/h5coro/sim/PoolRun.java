// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.H5Coro;
import io.h5coro.H5Files;
import io.h5coro.error.H5Exception;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.sim.store.FaultKind;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A pool of open files, and those who visit it. */
final class PoolRun {
    /** How much later than a pool looks at its clock its storage is opened, and the other way round. */
    private static final long NEAR_NANOS = 1_000_000_000L;

    private final Run run;
    private final PoolPlan plan;
    private final List<Calls> calls = new ArrayList<>();
    private final List<Verdicts> verdicts = new ArrayList<>();

    /** By the key of the file. */
    private final Map<String, Uses> uses = new HashMap<>();

    private final Run.Counting counting;
    private boolean closing;

    /** Who uses a file of the pool. */
    private static final class Uses {
        /** Handles, and openings under way. */
        int now;
        /** How often its storage was opened, and when the last time. */
        int opened;

        long openedNanos;
        /** Whether it cannot be told what the pool knows of it: an opening failed, or the object was replaced. */
        boolean isUnsure;
    }

    PoolRun(Run run, PoolPlan plan) {
        this.run = run;
        this.plan = plan;
        this.counting = run.counting(plan.settings());
        for (Library.File file : plan.files()) {
            Verdicts one = new Verdicts(run, file, plan.settings().deadline(), () -> closing);
            verdicts.add(one);
            calls.add(new Calls(run, counting.patience(), one, () -> {}));
            uses.put(Run.key(file), new Uses());
        }
    }

    void run() {
        H5Files files = run.files(plan, this::opened);
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (List<PoolPlan.Visit> visits : plan.visitors()) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            ends.add(end);
            run.scheduler.spawn("visitor", () -> {
                visits.forEach(visit -> visit(files, visit));
                end.complete(null);
            });
        }
        if (plan.replaceNanos() >= 0) {
            run.scheduler.after(
                    plan.replaceNanos(),
                    () -> run.store.replace(Run.key(plan.files().get(0))));
        }
        if (plan.closeNanos() >= 0) {
            run.machine.sleep(Duration.ofNanos(plan.closeNanos()));
        } else {
            ends.forEach(end -> run.scheduler.await(end, null, Long.MAX_VALUE));
        }
        closing = true;
        run.givesUp();
        run.scheduler.note("the pool is closed");
        files.close();
        ends.forEach(end -> run.scheduler.await(end, null, Long.MAX_VALUE));
        Checks.that(files.openFiles() == 0, () -> "a closed pool has " + files);
        calls.forEach(Calls::closed);
    }

    private RangeReader opened(String at) throws StorageException {
        for (Library.File file : plan.files()) {
            if (Run.location(file).equals(at)) {
                Uses all = uses(file);
                all.opened++;
                all.openedNanos = run.scheduler.nanoTime();
            }
        }
        return run.counted(at, plan.settings(), counting);
    }

    private Uses uses(Library.File file) {
        return Objects.requireNonNull(uses.get(Run.key(file)));
    }

    private void visit(H5Files files, PoolPlan.Visit visit) {
        run.machine.sleep(Duration.ofNanos(visit.afterNanos()));
        Library.File file = plan.files().get(visit.file());
        Uses all = uses(file);
        boolean alone = all.now == 0 && !all.isUnsure && all.opened > 0;
        int before = all.opened;
        long age = run.scheduler.nanoTime() - all.openedNanos;
        all.now++;
        H5Coro handle = open(files, visit);
        if (handle == null) {
            all.isUnsure = true;
        } else {
            if (alone && all.now == 1 && !isReplaced()) {
                isFresh(file, age, all.opened - before);
            }
            calls.get(visit.file()).call(handle, visit.call());
            all.isUnsure |= isReplaced();
            handle.close();
        }
        all.now--;
        int used = uses.values().stream().mapToInt(one -> one.now).sum();
        int most = plan.idleFiles() + used;
        Checks.that(
                files.openFiles() <= most,
                () -> "there are " + files + ", " + used + " in use, and " + plan.idleFiles() + " may be idle");
    }

    /** Whether some request met another version than before, also one of a call that had ended. */
    private boolean isReplaced() {
        return run.store.met().containsKey(FaultKind.CHANGE);
    }

    /** A file that nobody used is the same again while it is young, and another one when it is old. */
    private void isFresh(Library.File file, long ageNanos, int opened) {
        boolean kept = plan.idleFiles() >= plan.files().size();
        if (plan.idleFiles() == 0 || ageNanos > plan.age().toNanos() + NEAR_NANOS) {
            Checks.that(opened > 0, () -> file.name() + " was opened " + ageNanos / 1e9 + " s ago, and is shared");
        } else if (kept && ageNanos < plan.age().toNanos() - NEAR_NANOS) {
            Checks.that(opened == 0, () -> file.name() + " is open, idle and young, and is opened again");
        }
    }

    /** Null when it does not come to that. */
    private @Nullable H5Coro open(H5Files files, PoolPlan.Visit visit) {
        Verdicts judge = verdicts.get(visit.file());
        long start = run.scheduler.nanoTime();
        int steps = run.scheduler.steps();
        long wait = counting.patience().begins();
        Interrupt interrupt = visit.interruptNanos() < 0 ? null : new Interrupt(run.scheduler, visit.interruptNanos());
        try {
            return files.open(Run.location(plan.files().get(visit.file())));
        } catch (ReadAbortedException e) {
            if (interrupt != null && interrupt.hasEnded(e)) {
                interrupt.isNoticed(judge, e);
            } else {
                judge.failed("open", e, start, false);
            }
        } catch (H5Exception e) {
            judge.failed("open", e, start, false);
        } finally {
            if (interrupt != null) {
                interrupt.forget();
            }
            counting.patience().ends(wait);
            judge.inTime("open", start, steps);
        }
        return null;
    }
}
