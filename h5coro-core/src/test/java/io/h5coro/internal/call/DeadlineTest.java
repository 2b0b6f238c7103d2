// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.Where;
import io.h5coro.storage.machine.Machine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DeadlineTest {
    private static final Where WHERE = Where.source("x");

    private final AtomicLong clock = new AtomicLong();
    private final AtomicReference<@Nullable String> over = new AtomicReference<>();
    private final Deadline deadline =
            Deadline.after(Machine.ofThisProcess(), clock::get, Duration.ofNanos(10), over::get);

    private static String check() {
        Deadline.check("x");
        return "on";
    }

    @Test
    void aPartOfACallHasTheCallsDeadline() {
        String on = deadline.during(
                () -> Deadline.within(Machine.ofThisProcess(), Duration.ofHours(1), () -> null, DeadlineTest::check));
        assertEquals("on", on);
        clock.set(10);
        ReadAbortedException late = assertThrows(
                ReadAbortedException.class,
                () -> deadline.during(() -> Deadline.within(
                        Machine.ofThisProcess(), Duration.ofHours(1), () -> null, DeadlineTest::check)));
        assertTrue(late.getMessage().contains("deadline of PT0.00000001S"), late.getMessage());
        assertEquals("on", check());
    }

    @Test
    void anInterruptEndsALoopAndStaysSet() {
        Thread.currentThread().interrupt();
        ReadAbortedException interrupted =
                assertThrows(ReadAbortedException.class, () -> deadline.during(DeadlineTest::check));
        assertTrue(Thread.interrupted());
        assertTrue(interrupted.getMessage().contains("interrupted"), interrupted.getMessage());
    }

    @Test
    void aWaitEndsWithTheDeadlineTheInterruptOrTheCall() {
        CompletableFuture<String> never = new CompletableFuture<>();
        Thread.currentThread().interrupt();
        assertThrows(ReadAbortedException.class, () -> deadline.await(never, WHERE));
        assertTrue(Thread.interrupted());
        over.set("closed");
        ReadAbortedException closed = assertThrows(ReadAbortedException.class, () -> deadline.await(never, WHERE));
        assertTrue(closed.getMessage().contains("closed"), closed.getMessage());
        clock.set(10);
        assertThrows(ReadAbortedException.class, () -> deadline.await(never, WHERE));
    }

    @Test
    void whatIsThereIsGivenWhateverTheTime() throws ExecutionException {
        clock.set(100);
        over.set("closed");
        assertEquals("here", deadline.await(CompletableFuture.completedFuture("here"), WHERE));
        ExecutionException failure = assertThrows(
                ExecutionException.class,
                () -> deadline.await(CompletableFuture.failedFuture(new IllegalStateException()), WHERE));
        assertInstanceOf(IllegalStateException.class, failure.getCause());
    }
}
