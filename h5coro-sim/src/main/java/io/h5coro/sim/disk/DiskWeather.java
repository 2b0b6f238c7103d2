// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.disk;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * How likely each fault of a disk is. Immutable. What is drawn for one kind does not depend on the odds of the others.
 *
 * @param odds probability of each kind for an operation that it can meet; a kind that is missing never happens
 */
public record DiskWeather(Map<DiskFault, Double> odds) {
    /** Checks and copies the odds. */
    public DiskWeather {
        Map<DiskFault, Double> copy = new EnumMap<>(DiskFault.class);
        odds.forEach((kind, odd) -> {
            if (!(odd >= 0 && odd <= 1)) {
                throw new IllegalArgumentException(kind + " has no probability: " + odd);
            }
            if (odd > 0) {
                copy.put(kind, odd);
            }
        });
        odds = Collections.unmodifiableMap(copy);
    }

    /** Returns a disk without faults. */
    public static DiskWeather fair() {
        return new DiskWeather(Map.of());
    }

    /** Returns a disk with all kinds of faults, each as likely as the others. */
    public static DiskWeather foul(double odd) {
        DiskWeather all = fair();
        for (DiskFault kind : DiskFault.values()) {
            all = all.with(kind, odd);
        }
        return all;
    }

    /** Draws a disk with some kinds of faults, each from rare to frequent. */
    public static DiskWeather drawn(RandomGenerator chance) {
        DiskWeather some = fair();
        double harshness = chance.nextDouble();
        for (DiskFault kind : DiskFault.values()) {
            boolean there = chance.nextDouble() < harshness;
            double odd = 0.2 * Math.pow(chance.nextDouble(), 3);
            some = there ? some.with(kind, odd) : some;
        }
        return some;
    }

    /** Returns this disk with another probability for a kind. */
    public DiskWeather with(DiskFault kind, double odd) {
        Map<DiskFault, Double> changed = new EnumMap<>(DiskFault.class);
        changed.putAll(odds);
        changed.put(kind, odd);
        return new DiskWeather(changed);
    }

    /** Returns this disk without a kind. */
    public DiskWeather without(DiskFault kind) {
        return with(kind, 0);
    }

    /** Returns the probability of a kind. */
    public double odd(DiskFault kind) {
        return odds.getOrDefault(kind, 0.0);
    }
}
