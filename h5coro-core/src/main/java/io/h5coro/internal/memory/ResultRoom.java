// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.memory;

import io.h5coro.storage.machine.Machine;
import java.util.function.LongSupplier;

/** Where a call takes the memory of its results from, and gives it back to. Thread-safe; never blocks. */
public interface ResultRoom {
    /**
     * Takes memory for all results of a call.
     *
     * @param most not more than {@link SharedMemory#mostResults()}
     * @param later is run, or refused, after the answer {@link SharedMemory.Answer#LATER}
     */
    SharedMemory.Answer take(long most, Later later);

    /** A call that waits for memory. {@link #run} or {@link #refused} is run once, by some thread, quickly. */
    interface Later extends Runnable {
        /** Takes note that the memory is there. */
        @Override
        void run();

        /** Takes note that the account has no memory for it. */
        void refused();
    }

    /** Stops waiting; has no effect when the memory was granted before, or is about to be. */
    void cancel(Later later);

    /** Gives memory back of which no result was made. */
    void give(long done);

    /** Says that a result of so much memory is made: it is its reader's. */
    void made(long done);

    /** The clock, of nanoseconds, by which the deadline of the call passes. */
    LongSupplier clock();

    /** The account that the memory is of. */
    SharedMemory account();

    /** The account itself, for calls whose caller waits. */
    static ResultRoom of(SharedMemory account, Machine machine) {
        return new WholeAccount(account, machine);
    }
}
