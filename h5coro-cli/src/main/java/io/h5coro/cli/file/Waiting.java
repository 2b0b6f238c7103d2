// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.cli.text.VisibleText;
import io.h5coro.storage.LocationText;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Says on a terminal that the command waits for a server, from the third second on. */
public final class Waiting {
    /** Said sooner, ordinary waits would flicker. */
    private static final int FIRST_SECONDS = 3;
    /** Moves to the start of the line and erases it, so that the next text replaces this one. */
    private static final String CLEAR = "\r\u001b[K";

    private Waiting() {}

    /** Does what may wait for the server of a location. */
    public static <T> T during(String location, Supplier<T> work) {
        return Location.isUri(location) && VisibleText.isTerminal("stderr")
                ? during(LocationText.shown(location), System.err, work)
                : work.get();
    }

    private static <T> T during(String shown, PrintStream err, Supplier<T> work) {
        CountDownLatch over = new CountDownLatch(1);
        Thread clock = new Thread(() -> tell(shown, err, over), "h5coro-waiting");
        clock.setDaemon(true);
        clock.start();
        try {
            return work.get();
        } finally {
            over.countDown();
            join(clock);
        }
    }

    /** Says every second how long it has been, until the work is over. Runs on a thread for this alone. */
    private static void tell(String shown, PrintStream err, CountDownLatch over) {
        boolean told = false;
        try {
            for (int seconds = FIRST_SECONDS; !over.await(told ? 1 : FIRST_SECONDS, TimeUnit.SECONDS); seconds++) {
                err.print(CLEAR + "h5coro: waiting for " + shown + ", " + seconds + " s (--timeout ends it sooner)");
                err.flush();
                told = true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (told) {
            err.print(CLEAR);
            err.flush();
        }
    }

    /** What was told is gone before anything else is printed. */
    private static void join(Thread clock) {
        try {
            clock.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
