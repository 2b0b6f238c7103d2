// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * The world of one simulated run: one clock, one source of chance, one thing happening at a time. Everything that a run
 * asks of time or of chance comes from here, so that the same seed gives the same run. Its methods are called by the
 * thread whose turn it is, and by no other.
 */
public interface World {
    /** Now, in nanoseconds of virtual time; only differences mean something. */
    long nanoTime();

    /** The virtual wall clock, which goes as fast as {@link #nanoTime}. */
    Instant now();

    /**
     * Lets something happen later: alone, in the order of time, and among what is due at once in the order of the seed.
     * An event waits for nothing.
     *
     * @param nanos from now on; 0 or less is now, when the thread whose turn it is has given it away
     */
    void after(long nanos, Runnable event);

    /** The chance of this run, from its seed. */
    RandomGenerator chance();

    /** Adds a line to the trace, with the virtual time before it, for whoever replays a run. */
    void note(String what);
}
