// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.Where;

/**
 * The memory of one request that says where its values are, besides its result: claimed before it is allocated.
 * Confined to one task.
 */
public final class HeldMemory {
    private final Where where;
    private final long most;
    private long claimed;

    /**
     * Nothing yet.
     *
     * @param where what is read, for messages
     * @param most bytes
     */
    HeldMemory(Where where, long most) {
        this.where = where;
        this.most = most;
    }

    /**
     * Takes memory.
     *
     * @throws LimitExceededException when there is not as much
     */
    public void claim(long bytes) {
        if (bytes > left()) {
            throw new LimitExceededException(
                    where,
                    "to know where the selected elements are takes " + (claimed + bytes)
                            + " bytes of memory besides the result, of which there are " + most
                            + ": read in parts");
        }
        claimed += bytes;
    }

    /** Bytes taken. */
    long claimed() {
        return claimed;
    }

    /** Bytes that may still be taken. */
    long left() {
        return most - claimed;
    }
}
