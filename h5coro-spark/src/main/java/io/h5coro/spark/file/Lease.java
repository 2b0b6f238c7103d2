// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.file;

import io.h5coro.H5Coro;
import io.h5coro.internal.pool.Leased;
import java.util.concurrent.atomic.AtomicBoolean;

/** An open file that is given back. Thread-safe. */
public final class Lease implements AutoCloseable {
    private final OpenFiles files;
    private final Leased<OpenFile> open;
    private final AtomicBoolean closed = new AtomicBoolean();

    Lease(OpenFiles files, Leased<OpenFile> open) {
        this.files = files;
        this.open = open;
    }

    /**
     * Returns the file, which others use as well.
     *
     * @throws io.h5coro.error.H5Exception when it cannot be opened, or has another version than the listed one
     */
    public H5Coro file() {
        return open.item().file();
    }

    /** Returns what the file has cost since the last call of anybody. So each request is counted once. */
    public Costs takeCosts() {
        return open.item().takeCosts();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            files.giveBack(open);
        }
    }
}
