// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.disk;

import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** What was drawn for one operation: the kinds of faults that hit it, if it can meet them. */
final class Chances {
    private final SplittableRandom chance;
    private final Set<DiskFault> hits = EnumSet.noneOf(DiskFault.class);

    /** Draws as many numbers whatever the odds are. */
    Chances(DiskWeather weather, SplittableRandom chance) {
        this.chance = chance;
        for (DiskFault kind : DiskFault.values()) {
            if (chance.nextDouble() < weather.odd(kind)) {
                hits.add(kind);
            }
        }
    }

    boolean hit(DiskFault kind) {
        return hits.contains(kind);
    }

    RandomGenerator chance() {
        return chance;
    }
}
