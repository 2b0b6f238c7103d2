// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

/**
 * Whether what stands behind a pointer's target is fetched along with it, decided by what that brought so far in this
 * file. Thread-safe.
 *
 * <p>A guess that is right saves a round trip, which costs as much as six guesses of the default size (5.4 MB at 60 ms
 * and 90 MB/s, against 0.9 MB). So a file may be wrong three times to begin with, and six times more for each time that
 * it was right: granules and NWB files go on, those whose structures are far apart end.
 */
final class ReadAhead {
    private static final int WRONG_AT_FIRST = 3;
    private static final int WRONG_PER_RIGHT = 6;

    /** Guesses of which nobody asked for anything, so far. */
    private int wrong;

    private int right;

    /** Bytes that were fetched along with one target. */
    final class Guess {
        private boolean isMade;
        private boolean isRight;

        private Guess() {}

        /** Notes that something is fetched for it. */
        void made() {
            synchronized (ReadAhead.this) {
                if (!isMade) {
                    isMade = true;
                    wrong++;
                }
            }
        }

        /** Notes that somebody asks for a part of it. */
        void right() {
            synchronized (ReadAhead.this) {
                if (!isRight) {
                    isRight = true;
                    wrong--;
                    right++;
                }
            }
        }
    }

    /** A guess, which is wrong from {@link Guess#made} on until it is {@link Guess#right}. */
    Guess guess() {
        return new Guess();
    }

    /** Whether one more is expected to save more than it costs. */
    synchronized boolean pays() {
        return wrong < WRONG_AT_FIRST + WRONG_PER_RIGHT * right;
    }
}
