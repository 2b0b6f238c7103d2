// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.store;

import io.h5coro.sim.World;
import java.util.SplittableRandom;

/**
 * Stretches of time in which a fault is there. Each kind, prefix and minute has at most one, which follows from the
 * seed alone: who asks, and how often, changes nothing.
 */
final class Windows {
    /** How long one stretch of time is for which a fault is drawn. */
    private static final long EPOCH_NANOS = 60_000_000_000L;

    /** Shortest fault. */
    private static final long LEAST_NANOS = 200_000_000L;

    private final World world;
    private final Weather weather;
    private final long seed;
    private final long startNanos;

    Windows(World world, Weather weather) {
        this.world = world;
        this.weather = weather;
        this.seed = world.chance().nextLong();
        this.startNanos = world.nanoTime();
    }

    /**
     * Returns for how long a fault goes on.
     *
     * @param prefix what it is about; empty for all
     * @return nanoseconds from now on; 0 when it is not there
     */
    long left(FaultKind kind, String prefix) {
        double odd = weather.odd(kind);
        if (odd == 0) {
            return 0;
        }
        long now = world.nanoTime() - startNanos;
        long epoch = now / EPOCH_NANOS;
        long mixed = seed
                ^ 31L * prefix.hashCode()
                ^ 0x9E3779B97F4A7C15L * (epoch * 64 + kind.name().hashCode());
        SplittableRandom drawn = new SplittableRandom(mixed);
        boolean there = drawn.nextDouble() < odd;
        double length = Math.pow(drawn.nextDouble(), 4);
        long lasts = LEAST_NANOS + (long) (length * (EPOCH_NANOS - LEAST_NANOS));
        long from = epoch * EPOCH_NANOS + (long) (drawn.nextDouble() * (EPOCH_NANOS - lasts));
        return there && now >= from && now < from + lasts ? from + lasts - now : 0;
    }
}
