// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.store;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How likely each fault is. Immutable.
 *
 * <p>What is drawn for one kind does not depend on the odds of the others, so a failing run can be made smaller by
 * taking kinds away one by one.
 *
 * @param odds probability of each kind, for a request or for a stretch of time; a kind that is missing never happens
 */
public record Weather(Map<FaultKind, Double> odds) {
    /** Checks and copies the odds. */
    public Weather {
        Map<FaultKind, Double> copy = new EnumMap<>(FaultKind.class);
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

    /** Returns a weather without faults. */
    public static Weather fair() {
        return new Weather(Map.of());
    }

    /** Returns a weather in which every kind that a reader can notice is as likely as the others. */
    public static Weather foul(double odd) {
        Weather all = fair();
        for (FaultKind kind : FaultKind.values()) {
            all = kind == FaultKind.TORN ? all : all.with(kind, odd);
        }
        return all;
    }

    /** Draws a weather: some kinds, each from rare to frequent. */
    public static Weather drawn(RandomGenerator chance) {
        Weather some = fair();
        double harshness = chance.nextDouble();
        for (FaultKind kind : FaultKind.values()) {
            boolean there = chance.nextDouble() < harshness;
            double odd = 0.2 * Math.pow(chance.nextDouble(), 3);
            some = there && kind != FaultKind.TORN ? some.with(kind, odd) : some;
        }
        return some;
    }

    /** Returns this weather with another probability for a kind. */
    public Weather with(FaultKind kind, double odd) {
        Map<FaultKind, Double> changed = new EnumMap<>(FaultKind.class);
        changed.putAll(odds);
        changed.put(kind, odd);
        return new Weather(changed);
    }

    /** Returns this weather without a kind. */
    public Weather without(FaultKind kind) {
        return with(kind, 0);
    }

    /** Returns the probability of a kind. */
    public double odd(FaultKind kind) {
        return odds.getOrDefault(kind, 0.0);
    }

    /**
     * Draws what goes wrong with a request: of all kinds for which the draw is a hit, the one with the clearest hit.
     * Takes as many numbers whatever the odds are.
     */
    Optional<FaultKind> draw(RandomGenerator chance) {
        FaultKind hit = null;
        double clearest = 1;
        for (FaultKind kind : FaultKind.values()) {
            double drawn = chance.nextDouble();
            double odd = odd(kind);
            if (kind.scope() == FaultKind.Scope.REQUEST && drawn < odd && drawn / odd < clearest) {
                hit = kind;
                clearest = drawn / odd;
            }
        }
        return Optional.ofNullable(hit);
    }
}
