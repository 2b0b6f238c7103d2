// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.H5Coro;
import io.h5coro.ReadPromise;
import io.h5coro.SimulatedDoor;
import io.h5coro.error.H5Exception;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** The calls of those who use one file, or one file of a pool, and whether they get what they may get. */
final class Calls {
    private final Run run;
    private final Patience patience;
    private final Verdicts verdicts;

    /** Is run, each time, when the last call under way has ended. */
    private final Runnable idle;

    private final List<Left> left = new ArrayList<>();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private int underWay;

    /** A call for which nobody has waited. */
    private record Left(Started call, long startNanos) {}

    /** A call under way. */
    private record Started(
            ReadPromise promise,
            Map<String, Plan.Wish> wishes,
            Map<String, Integer> ends,
            AtomicLong lastEnd,
            long begun) {}

    Calls(Run run, Patience patience, Verdicts verdicts, Runnable idle) {
        this.run = run;
        this.patience = patience;
        this.verdicts = verdicts;
        this.idle = idle;
    }

    /** Done once a request has failed. */
    CompletableFuture<Void> failure() {
        return failure;
    }

    /** Whether no call is under way. */
    boolean areIdle() {
        return underWay == 0;
    }

    /** Judges the calls for which nobody has waited, once their file is closed. */
    void closed() {
        left.forEach(one -> finish(one.call(), one.startNanos(), true));
    }

    /** Makes a call, and waits for it as the plan says. */
    void call(H5Coro file, Plan.Call call) {
        run.machine.sleep(Duration.ofNanos(call.afterNanos()));
        Map<String, Plan.Wish> wishes = new LinkedHashMap<>();
        List<DatasetRequest> requests = new ArrayList<>();
        for (Plan.Wish wish : call.wishes()) {
            String name = "r" + wishes.size();
            requests.add(DatasetRequest.of(wish.dataset().path(), wish.slice().hyperslab())
                    .named(name));
            wishes.put(name, wish);
        }
        long start = run.scheduler.nanoTime();
        int steps = run.scheduler.steps();
        Started started;
        run.scheduler.note("call, " + call.ending() + ": " + requests);
        underWay++;
        long wait = patience.begins();
        try {
            ReadPromise promise = file.readDatasets(requests);
            started = new Started(promise, wishes, new LinkedHashMap<>(), new AtomicLong(), wait);
            count(started);
        } catch (H5Exception e) {
            ended(wait);
            verdicts.failed("readDatasets", e, start, false);
            return;
        }
        boolean cancelled = false;
        switch (call.ending()) {
            case AWAIT -> started.promise().await();
            case GET -> wishes.keySet().forEach(name -> get(started, name));
            case ITERATE -> iterate(started);
            case FUTURES -> futures(started, start);
            case CANCEL -> {
                cancelled = !started.promise().await(Duration.ofNanos(call.cancelNanos()));
                run.givesUp();
                started.promise().cancel();
            }
            case INTERRUPT -> interrupt(started, call);
            case LEAVE -> left.add(new Left(started, start));
        }
        if (call.ending() != Plan.Ending.LEAVE) {
            verdicts.inTime("a call", start, steps);
            if (started.ends().size() == wishes.size()) {
                verdicts.soon(started.lastEnd().get(), steps);
            }
            finish(started, start, cancelled);
        }
    }

    /** Counts how often each request ends, as those see it who chain to its future. */
    private void count(Started started) {
        for (String name : started.promise().names()) {
            CompletableFuture<H5Array> unused = started.promise().future(name).whenComplete((array, failure) -> {
                started.ends().merge(name, 1, Integer::sum);
                if (failure != null) {
                    this.failure.complete(null);
                    verdicts.isNotForgotten(failure);
                }
                started.lastEnd().set(run.scheduler.nanoTime());
                if (started.ends().size() == started.wishes().size()) {
                    ended(started.begun());
                }
            });
        }
    }

    private void ended(long wait) {
        patience.ends(wait);
        underWay--;
        if (underWay == 0) {
            idle.run();
        }
    }

    /** Waits until it is interrupted; that ends the wait soon, and nothing else. */
    private void interrupt(Started started, Plan.Call call) {
        Interrupt interrupt = new Interrupt(run.scheduler, call.cancelNanos());
        try {
            started.promise().await();
        } catch (ReadAbortedException e) {
            interrupt.isNoticed(verdicts, e);
        } finally {
            interrupt.forget();
        }
        started.promise().await();
    }

    private static void get(Started started, String name) {
        try {
            H5Array unused = started.promise().get(name);
        } catch (H5Exception e) {
            // Judged when all are there.
        }
    }

    private void iterate(Started started) {
        Set<String> seen = new HashSet<>();
        for (ReadPromise.Result result : started.promise()) {
            Checks.that(seen.add(result.name()), () -> result.name() + " ends twice");
        }
        Checks.that(seen.equals(started.wishes().keySet()), () -> "there are results of " + seen);
    }

    private void futures(Started started, long start) {
        for (String name : started.wishes().keySet()) {
            CompletableFuture<H5Array> future = started.promise().future(name);
            try {
                H5Array unused = run.machine.get(future, Verdicts.LONGER_NANOS + patience.limitNanos());
            } catch (ExecutionException e) {
                // Judged when all are there.
            } catch (TimeoutException | InterruptedException e) {
                throw new AssertionError("a future does not end, begun at " + start, e);
            }
        }
    }

    /** Judges all results of a call, which has ended, or has to end now. */
    private void finish(Started started, long start, boolean cancelled) {
        Map<String, H5Array> arrays = new LinkedHashMap<>();
        for (String name : started.wishes().keySet()) {
            try {
                H5Array array = started.promise().get(name, Duration.ZERO);
                arrays.put(name, array);
            } catch (H5Exception e) {
                Checks.that(
                        !String.valueOf(e.getMessage()).contains("is not there within"),
                        () -> name + " has not ended although the call has: " + e);
                verdicts.failed(name, e, start, cancelled);
            }
        }
        verdicts.right(arrays, started.wishes());
        started.ends().forEach((name, times) -> Checks.that(times == 1, () -> name + " ends " + times + " times"));
    }

    static List<byte[]> elements(H5Array array) {
        return SimulatedDoor.elements(array);
    }
}
