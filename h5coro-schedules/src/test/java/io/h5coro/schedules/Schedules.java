// SPDX-License-Identifier: Apache-2.0
package io.h5coro.schedules;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.LincheckSettings;

/**
 * Runs a few threads again and again, each time under another schedule: Lincheck decides after each access to shared
 * memory which of them goes on. A schedule in which one waits for ever, or in which something is thrown, fails with the
 * steps that led to it. The schedules are the same each time.
 *
 * <p>{@code -Dh5coro.schedules=10000} is how many each test runs; profile {@code schedules} says so.
 */
public final class Schedules {
    private static final int COUNT = Integer.getInteger("h5coro.schedules", 20);

    /** A scenario with fewer than these has nothing that threads share. */
    private static final int LEAST = 20;

    private static final int ATTEMPTS = 3;

    /**
     * Turns of a loop that is taken for one that waits. Lincheck by itself has 10, lets another thread go on then, and
     * tries no more switches from there on: a {@code HashMap} goes through its 16 places in such a loop.
     */
    private static final int TURNS = 200;

    /** Another thread goes on five times before a loop is taken for endless, as with Lincheck's own settings. */
    private static final LincheckSettings SETTINGS = new LincheckSettings(true, TURNS, 5 * TURNS, 50);

    /** How many were run. Outside of the heap, which Lincheck puts back to what it was before each. */
    private static final ByteBuffer RUNS = ByteBuffer.allocateDirect(Integer.BYTES);

    static {
        LincheckHashes.distinguish();
    }

    private Schedules() {}

    /** What one thread does. */
    @FunctionalInterface
    public interface Part {
        /** Does it. */
        void run() throws Exception;
    }

    /**
     * Runs a scenario under as many schedules as are wanted.
     *
     * @param scenario makes what is shared, runs {@link #together}, and checks what came of it; keeps nothing
     */
    public static void explore(Part scenario) {
        long start = System.nanoTime();
        for (int attempts = ATTEMPTS; attempts > 0; attempts--) {
            try {
                lincheck(scenario);
                break;
            } catch (LincheckAssertionError failure) {
                if (attempts == 1 || !isOutOfTime(failure)) {
                    throw failure;
                }
            }
        }
        check(RUNS.getInt(0) >= Math.min(COUNT, LEAST), RUNS.getInt(0) + " schedules");
        long millis = (System.nanoTime() - start) / 1_000_000;
        String name = StackWalker.getInstance()
                .walk(frames -> frames.skip(1)
                        .findFirst()
                        .map(frame -> frame.getClassName().replaceFirst(".*\\.", "") + "." + frame.getMethodName())
                        .orElseThrow());
        System.out.printf("%-80s %,7d schedules in %,7d ms%n", name, RUNS.getInt(0), millis);
    }

    private static void lincheck(Part scenario) {
        RUNS.putInt(0, 0);
        // Its public function takes no settings.
        Lincheck.runConcurrentTestInternal$lincheck(COUNT, SETTINGS, () -> {
            run(scenario);
            RUNS.putInt(0, RUNS.getInt(0) + 1);
        });
    }

    /**
     * Whether one schedule took the half minute that Lincheck allows: a busy machine takes that to instrument what a
     * scenario uses for the first time, and the next time it is instrumented. What waits for ever comes with steps.
     */
    private static boolean isOutOfTime(LincheckAssertionError failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("has hung") && !message.contains("interleaving");
    }

    /** Runs each part on a thread of its own, and ends with them; throws what the first of them threw. */
    public static void together(Part... parts) throws InterruptedException {
        Throwable[] thrown = new Throwable[parts.length];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            int number = i;
            threads.add(new Thread(() -> {
                try {
                    parts[number].run();
                } catch (Throwable e) {
                    thrown[number] = e;
                }
            }));
        }
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (Throwable one : thrown) {
            if (one != null) {
                throw new AssertionError(one.toString(), one);
            }
        }
    }

    private static void run(Part scenario) {
        try {
            scenario.run();
        } catch (Exception e) {
            throw new AssertionError(e.toString(), e);
        }
    }

    /** Fails unless something holds, without more than that: what calls it is explored, too. */
    public static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
