// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.read;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.spark.file.Costs;
import io.h5coro.spark.file.Lease;
import java.util.HashSet;
import java.util.Set;

/** What the files of a task have cost so far. Thread-safe. */
final class TaskCosts {
    @GuardedBy("this")
    private Costs sum = Costs.NONE;

    @GuardedBy("this")
    private final Set<Lease> active = new HashSet<>();

    @GuardedBy("this")
    private final Set<String> skipped = new HashSet<>();

    synchronized void begin(Lease lease) {
        active.add(lease);
        sum = sum.plus(lease.takeCosts());
    }

    synchronized void end(Lease lease) {
        active.remove(lease);
        sum = sum.plus(lease.takeCosts());
    }

    synchronized Costs sum() {
        for (Lease lease : active) {
            sum = sum.plus(lease.takeCosts());
        }
        return sum;
    }

    /** Counts a file of which rows are left out. */
    synchronized void skip(Piece piece) {
        skipped.add(piece.file().location());
    }

    synchronized int skippedFiles() {
        return skipped.size();
    }
}
