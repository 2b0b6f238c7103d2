// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.H5Coro;
import io.h5coro.ReadPromise;
import io.h5coro.SimulatedDoor;
import io.h5coro.error.H5Exception;
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

/** One open file of a run, and its callers. */
final class SessionRun {
    private final Run run;
    private final Plan.Session session;
    private final Verdicts verdicts;
    private final List<Left> left = new ArrayList<>();
    private boolean closing;

    /** A call for which nobody has waited. */
    private record Left(Started call, long startNanos) {}

    /** A call under way. */
    private record Started(
            ReadPromise promise, Map<String, Plan.Wish> wishes, Map<String, Integer> ends, AtomicLong lastEnd) {}

    SessionRun(Run run, Plan.Session session) {
        this.run = run;
        this.session = session;
        this.verdicts = new Verdicts(run, session.file(), session.settings().deadline(), () -> closing);
    }

    void run() {
        run.machine.sleep(Duration.ofNanos(session.beginNanos()));
        long start = run.scheduler.nanoTime();
        int steps = run.scheduler.steps();
        H5Coro file;
        try {
            file = run.open(session, run.options(session.settings()));
        } catch (H5Exception e) {
            verdicts.failed("open", e, start, false);
            verdicts.inTime("open", start, steps);
            return;
        }
        verdicts.inTime("open", start, steps);
        run.scheduler.note("open " + session.file().name());
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (List<Plan.Call> calls : session.callers()) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            ends.add(end);
            run.scheduler.spawn("caller", () -> {
                calls.forEach(call -> call(file, call));
                end.complete(null);
            });
        }
        if (session.closeNanos() >= 0) {
            run.machine.sleep(Duration.ofNanos(session.closeNanos()));
        } else {
            ends.forEach(end -> run.scheduler.await(end, null, Long.MAX_VALUE));
        }
        closing = true;
        run.givesUp();
        run.scheduler.note("close " + session.file().name());
        file.close();
        run.scheduler.note("closed " + session.file().name());
        ends.forEach(end -> run.scheduler.await(end, null, Long.MAX_VALUE));
        left.forEach(one -> finish(one.call(), one.startNanos(), true));
    }

    private void call(H5Coro file, Plan.Call call) {
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
        try {
            ReadPromise promise = file.readDatasets(requests);
            started = new Started(promise, wishes, new LinkedHashMap<>(), new AtomicLong());
            count(started);
        } catch (H5Exception e) {
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
            CompletableFuture<H5Array> unused = started.promise()
                    .future(name)
                    .whenComplete((array, failure) -> {
                        started.ends().merge(name, 1, Integer::sum);
                        started.lastEnd().set(run.scheduler.nanoTime());
                    });
        }
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
                H5Array unused = run.machine.get(
                        future, 2 * session.settings().deadline().toNanos());
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
