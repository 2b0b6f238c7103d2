// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.internal.memory.Shortage;
import io.h5coro.storage.ByteRange;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one range, from the first request or a second one, whichever is there first; the other is cancelled. A
 * failure of the second changes nothing while the first may still answer, and neither does one of the first that may
 * pass while the second may. Thread-safe.
 *
 * <pre>
 * first        second       answer
 * bytes        any          first's bytes, unless the second's came before
 * fails        not sent,    first's failure
 *              or failed
 * fails, may   under way    the second's bytes, or first's failure when the second fails, too
 * pass
 * fails for    under way    first's failure at once
 * good
 * </pre>
 */
final class HedgedAnswer<T> {
    private final HedgedReader reader;
    private final ByteRange range;
    private final CompletableFuture<T> first;
    private final Again<T> again;
    private final CompletableFuture<T> future = new CompletableFuture<>();

    /** Whether its time runs. Before, the storage has more requests than connections, and it is not this one's turn. */
    @GuardedBy("this")
    private boolean begun;

    @GuardedBy("this")
    private long begunNanos;

    /** Whether the end is known. Set once; whatever is made later, an alarm or a request, is cancelled by its maker. */
    @GuardedBy("this")
    private boolean over;

    @GuardedBy("this")
    private @Nullable Runnable alarm;

    @GuardedBy("this")
    private boolean askedAgain;

    @GuardedBy("this")
    private boolean secondFailed;

    @GuardedBy("this")
    private @Nullable CompletableFuture<T> second;

    /** A failure of the first request that may pass, kept in case the second one fails, too. */
    @GuardedBy("this")
    private @Nullable Throwable firstFailure;

    /**
     * How the second request is sent.
     *
     * @param send sends it
     * @param length bytes of an answer
     */
    record Again<T>(Supplier<CompletableFuture<T>> send, ToIntFunction<T> length) {}

    /** An answer whose time does not run yet. */
    HedgedAnswer(HedgedReader reader, ByteRange range, CompletableFuture<T> first, Again<T> again) {
        this.reader = reader;
        this.range = range;
        this.first = first;
        this.again = again;
    }

    /** Completed by the requests; whoever else completes it, as by cancelling, gives them up. */
    CompletableFuture<T> future() {
        return future;
    }

    /** Takes the requests' ends from now on; called once. */
    void follow() {
        CompletableFuture<T> unused = future.whenComplete((bytes, failure) -> end());
        CompletableFuture<T> unusedToo = first.whenComplete(this::firstEnded);
    }

    /** Its time runs from now on; called once at most. False when it is over already. */
    boolean begin() {
        synchronized (this) {
            if (over) {
                return false;
            }
            begun = true;
            begunNanos = now();
        }
        arm(reader.hedging().earliestNanos());
        return true;
    }

    private void arm(long nanos) {
        Runnable set = reader.hedging().alarm().after(nanos, this::due);
        boolean unwanted;
        synchronized (this) {
            alarm = set;
            unwanted = over;
        }
        if (unwanted) {
            set.run();
        }
    }

    /**
     * Looks whether the request is late; the limit may have grown since the alarm was set. If it is late but no second
     * request is allowed now, looks again after a quarter of the earliest time.
     */
    private void due() {
        long age;
        synchronized (this) {
            if (over) {
                return;
            }
            age = now() - begunNanos;
        }
        long left = reader.lateness().limitNanos(lengthInside()) - age;
        if (left > 0) {
            arm(left);
        } else if (reader.hedging().mayAsk()) {
            askAgain();
        } else {
            arm(Math.max(1, reader.hedging().earliestNanos() / 4));
        }
    }

    /** Bytes of the range that lie inside the object; the request's time depends on them only. */
    private long lengthInside() {
        long end = Math.min(range.end(), reader.size().orElse(range.end()));
        return Math.max(0, end - range.offset());
    }

    private void askAgain() {
        boolean late;
        synchronized (this) {
            late = over;
            askedAgain = !late;
        }
        if (late) {
            reader.hedging().notAsked();
            return;
        }
        long asked = now();
        CompletableFuture<T> sent;
        try {
            sent = again.send.get();
        } catch (Throwable notSent) {
            sent = CompletableFuture.failedFuture(notSent);
        }
        boolean unwanted;
        synchronized (this) {
            second = sent;
            unwanted = over;
        }
        if (unwanted) {
            sent.cancel(true);
        }
        CompletableFuture<T> unused = sent.whenComplete((bytes, failure) -> secondEnded(bytes, now() - asked));
    }

    private void firstEnded(@Nullable T bytes, @Nullable Throwable failure) {
        long took;
        UnderWay<T> left;
        synchronized (this) {
            boolean secondMayAnswer = askedAgain && !secondFailed;
            if (over) {
                return;
            }
            if (failure != null && secondMayAnswer && FlightControl.isTransient(failure)) {
                firstFailure = failure;
                return;
            }
            took = now() - begunNanos;
            left = setOver();
        }
        try {
            giveUp(left);
            if (left.begun() && bytes != null) {
                reader.lateness().note(took, again.length.applyAsInt(bytes));
            }
        } finally {
            complete(bytes, failure);
        }
    }

    /** Whatever went wrong before, memory that ran out included: somebody waits for this. */
    private void complete(@Nullable T bytes, @Nullable Throwable failure) {
        if (failure != null) {
            Shortage.outlast(() -> future.completeExceptionally(failure));
        } else {
            Shortage.outlast(() -> future.complete(bytes));
        }
    }

    private void secondEnded(@Nullable T bytes, long took) {
        reader.hedging().ended();
        Throwable lost;
        UnderWay<T> left;
        synchronized (this) {
            secondFailed = bytes == null;
            lost = firstFailure;
            if (over || (secondFailed && lost == null)) {
                return;
            }
            left = setOver();
        }
        try {
            giveUp(left);
            if (bytes != null) {
                reader.lateness().note(took, again.length.applyAsInt(bytes));
            }
        } finally {
            complete(bytes, bytes == null ? lost : null);
        }
    }

    /** What was under way when the end became known. */
    private record UnderWay<T>(
            @Nullable Runnable alarm, @Nullable CompletableFuture<T> second, boolean begun) {}

    /** Decides that this is over: in one step with why, so that no second request is sent in between. */
    @GuardedBy("this")
    private UnderWay<T> setOver() {
        over = true;
        return new UnderWay<>(alarm, second, begun);
    }

    private void end() {
        UnderWay<T> left;
        synchronized (this) {
            if (over) {
                return;
            }
            left = setOver();
        }
        giveUp(left);
    }

    /** Gives up what is under way; before the future completes, whose callbacks may take their time. */
    private void giveUp(UnderWay<T> left) {
        if (left.alarm() != null) {
            left.alarm().run();
        }
        first.cancel(true);
        if (left.second() != null) {
            left.second().cancel(true);
        }
        if (left.begun()) {
            reader.ended();
        }
    }

    private long now() {
        return reader.hedging().alarm().nanoTime();
    }
}
