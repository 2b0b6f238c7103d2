// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Waits for what happens on other threads and tells nobody, however long a busy machine takes for it. The one place
 * where tests sleep: what they say never depends on how long.
 */
public final class Eventually {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(50);

    private Eventually() {}

    /** Waits until a condition holds, which it then goes on doing. */
    public static void holds(BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - start < LIMIT_NANOS, "waited in vain");
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /** Waits until all threads have ended whose name fits. */
    public static void noThread(Predicate<String> name) throws InterruptedException {
        long start = System.nanoTime();
        List<Thread> alive = alive(name);
        while (!alive.isEmpty() && System.nanoTime() - start < LIMIT_NANOS) {
            alive.get(0).join(TimeUnit.NANOSECONDS.toMillis(LIMIT_NANOS));
            alive = alive(name);
        }
        assertEquals(List.of(), alive.stream().map(Thread::getName).toList());
    }

    private static List<Thread> alive(Predicate<String> name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> name.test(thread.getName()))
                .toList();
    }
}
