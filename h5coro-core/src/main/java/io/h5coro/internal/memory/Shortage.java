// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.memory;

/** What to do while there is no memory for what must be done. */
public final class Shortage {
    /** Tries before the error is thrown: 5 s in all, with {@link #PAUSE_MILLIS} between two of them. */
    private static final int TRIES = 500;

    private static final long PAUSE_MILLIS = 10;

    private Shortage() {}

    /**
     * Takes a step until memory has sufficed for it.
     *
     * @param step can be taken again when it was taken in part
     */
    public static void outlast(Runnable step) {
        for (int tries = 1; ; tries++) {
            try {
                step.run();
                return;
            } catch (OutOfMemoryError still) {
                pause(tries, still);
            }
        }
    }

    /**
     * Waits a moment for memory that others give back.
     *
     * @param tries how often the step was tried
     * @throws OutOfMemoryError {@code still}, when it was tried for some seconds
     */
    static void pause(int tries, OutOfMemoryError still) {
        if (tries >= TRIES) {
            throw still;
        }
        boolean interrupted = Thread.interrupted();
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
