// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import java.util.HashSet;
import java.util.Set;

/**
 * Bounds the work that the direct blocks of one heap make by what the file holds: a block may be a gigabyte long.
 * Blocks do not overlap, so together they are no longer than the file; what filters make of them, and long blocks that
 * are read again, count against {@link io.h5coro.model.ReadOptions#metadataBudgetBytes()}. Thread-safe.
 */
final class HeapWork {
    /** A block up to this length may be read again any number of times: libhdf5 makes blocks of up to 64 KiB. */
    private static final long SHORT_BYTES = 1 << 20;

    private final FileSpace space;
    private final MetadataBudget budget;
    private final Set<Long> seen = new HashSet<>();
    private long room;

    HeapWork(FileSpace space) {
        this.space = space;
        this.budget = new MetadataBudget(space, "blocks of a fractal heap");
        this.room = space.end();
    }

    /**
     * Notes that a block will be read.
     *
     * @param stored its bytes in the file
     * @param plain its bytes after its filters
     * @throws MalformedFileException when the heap has blocks of more bytes than the file
     * @throws io.h5coro.error.LimitExceededException when the budget is spent
     */
    synchronized void spend(long address, long stored, long plain, boolean filtered) {
        boolean first = seen.add(address);
        if (first) {
            room -= Math.max(0, stored);
            if (room < 0) {
                throw new MalformedFileException(
                        new Where(space.origin().source(), null, space.base() + address),
                        "fractal heap whose direct blocks have more bytes than the file, which has " + space.end());
            }
        }
        if (first ? filtered : plain > SHORT_BYTES) {
            budget.spend(Math.max(0, plain));
        }
    }
}
