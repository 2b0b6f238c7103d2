// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A clock that stands still until the test moves it. Confined to one thread. */
final class HandAlarm implements Alarm {
    private record Call(long atNanos, Runnable task) {}

    private final List<Call> calls = new ArrayList<>();
    private long now = 1_000_000_000_000L;

    /** Calls that are still to come. */
    int pending() {
        return calls.size();
    }

    /** Moves on, with all calls that fall into that time. */
    void pass(Duration time) {
        long end = now + time.toNanos();
        for (Optional<Call> next = next(end); next.isPresent(); next = next(end)) {
            calls.remove(next.get());
            now = next.get().atNanos();
            next.get().task().run();
        }
        now = end;
    }

    private Optional<Call> next(long end) {
        return calls.stream().filter(call -> call.atNanos() <= end).min(Comparator.comparingLong(Call::atNanos));
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public Runnable after(long nanos, Runnable task) {
        Call call = new Call(now + nanos, task);
        calls.add(call);
        return () -> calls.removeIf(other -> other == call);
    }

    @Override
    public void close() {
        calls.clear();
    }
}
