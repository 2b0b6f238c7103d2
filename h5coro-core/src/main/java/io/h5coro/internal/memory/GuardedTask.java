// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.memory;

/**
 * A task whose failure is told, also when memory has run out: nothing that it throws ends its thread, and whoever waits
 * for it hears of it. Telling takes memory, too; where there is none, it is tried again until others have given some
 * back.
 */
public interface GuardedTask {
    /** Does the work. */
    void run();

    /**
     * Tells whoever waits: the work has thrown this, or was taken by no thread. Is called again when memory runs out in
     * it, and then has to go on where it was.
     */
    void failed(Throwable failure);

    /** Runs; throws nothing. */
    default void runGuarded() {
        try {
            run();
        } catch (Throwable failure) {
            fail(failure);
        }
    }

    /** Tells of a failure, until that has worked. */
    default void fail(Throwable failure) {
        for (int tries = 1; ; tries++) {
            try {
                failed(failure);
                return;
            } catch (OutOfMemoryError still) {
                Shortage.pause(tries, still);
            }
        }
    }
}
