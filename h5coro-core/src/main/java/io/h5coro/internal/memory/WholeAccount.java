// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.memory;

import io.h5coro.storage.machine.Machine;
import java.util.function.LongSupplier;

/**
 * Room of an account for calls whose caller waits. Thread-safe.
 *
 * @param account has the memory
 * @param machine has the clock
 */
record WholeAccount(SharedMemory account, Machine machine) implements ResultRoom {
    @Override
    public SharedMemory.Answer take(long most, Later later) {
        return account.takeResults(most, later);
    }

    @Override
    public void cancel(Later later) {
        boolean unused = account.cancel(later);
    }

    @Override
    public void give(long done) {
        account.giveResults(done);
    }

    @Override
    public void made(long done) {
        account.giveResults(done);
    }

    @Override
    public LongSupplier clock() {
        return machine::nanoTime;
    }
}
