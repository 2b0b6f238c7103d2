// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When those who use a file, or a pool of files, may have given up waiting at their deadline: a block of metadata that
 * somebody has waited for in vain is asked for again, though its request is still under way. Belongs to the strand that
 * has the turn.
 */
final class Patience {
    /** How much later than a call ends its last thread notices it, and how much sooner than that a deadline counts. */
    private static final long NEAR_NANOS = 10_000_000_000L;

    private final World world;
    private final long limitNanos;

    /** When the waits began that have not ended. */
    private final List<Long> waits = new ArrayList<>();

    /** Until when one that has ended may have given something up. */
    private long givenUp = Long.MIN_VALUE;

    /**
     * Nobody waits yet.
     *
     * @param limit how long a call may take
     */
    Patience(World world, Duration limit) {
        this.world = world;
        this.limitNanos = limit.toNanos();
    }

    /** How long a call may take. */
    long limitNanos() {
        return limitNanos;
    }

    long now() {
        return world.nanoTime();
    }

    /** A call begins now. */
    long begins() {
        long now = now();
        waits.add(now);
        return now;
    }

    /** The call that began then has ended. */
    void ends(long begun) {
        waits.remove(Long.valueOf(begun));
        if (isOver(begun)) {
            givenUp = now() + NEAR_NANOS;
        }
    }

    /** Whether something that was asked for then may have been given up by now. */
    boolean mayHaveEnded(long sinceNanos) {
        return givenUp >= sinceNanos || waits.stream().anyMatch(this::isOver);
    }

    private boolean isOver(long begun) {
        return now() - begun >= limitNanos - NEAR_NANOS;
    }
}
