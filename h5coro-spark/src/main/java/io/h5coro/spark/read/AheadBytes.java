// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.read;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.storage.machine.Machine;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds what is read ahead by bytes. The piece that Spark waits for always gets on: it may have one block whatever its
 * size and whatever later pieces hold. Thread-safe.
 */
final class AheadBytes {
    private final long most;
    private final Machine machine;

    @GuardedBy("this")
    private long used;

    /** The piece that Spark waits for. */
    @GuardedBy("this")
    private int head;

    /** Blocks of each piece that are not given back. */
    @GuardedBy("this")
    private final Map<Integer, Integer> blocks = new HashMap<>();

    AheadBytes(long most, Machine machine) {
        this.most = most;
        this.machine = machine;
    }

    /** Takes room for a block if there is some. */
    synchronized boolean tryTake(int piece, long bytes) {
        if (used + bytes > most && !(piece == head && blocks.getOrDefault(piece, 0) == 0)) {
            return false;
        }
        used += bytes;
        blocks.merge(piece, 1, Integer::sum);
        return true;
    }

    /** Waits until a block has room. */
    synchronized void take(int piece, long bytes) throws InterruptedException {
        while (!tryTake(piece, bytes)) {
            machine.waitOn(this, Long.MAX_VALUE);
        }
    }

    synchronized void giveBack(int piece, long bytes) {
        used -= bytes;
        blocks.merge(piece, -1, Integer::sum);
        machine.wakeAll(this);
    }

    /** Says that Spark waits for another piece, and has taken all of those before. */
    synchronized void advance(int piece) {
        head = piece;
        blocks.keySet().removeIf(before -> before < piece);
        machine.wakeAll(this);
    }
}
