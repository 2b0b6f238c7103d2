// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import java.util.List;
import java.util.SplittableRandom;

/** How a run chooses who is next, as its seed says: schedules of one kind alone find faults of one kind alone. */
final class Turns {
    /** A kind of choice. */
    private enum Kind {
        /** Any. */
        ANY,
        /** Who has waited longest. */
        OLDEST,
        /** Who came last, mostly. */
        LATEST,
        /** Any, but for one pool, which has a turn only when nobody else can go on, mostly. */
        STARVING
    }

    private static final int FEW = 10;

    private final SplittableRandom random;
    private final Kind kind;

    /** Of a hundred tasks that are handed to a pool, after how many others have a turn at once. */
    private final int giveWayPercent;

    /** Most time that a step takes. */
    private final int mostStepNanos;

    private final int starved;

    private Turns(SplittableRandom random, Kind kind, int giveWayPercent, int mostStepNanos) {
        this.random = random;
        this.kind = kind;
        this.giveWayPercent = giveWayPercent;
        this.mostStepNanos = mostStepNanos;
        this.starved = random.nextInt();
    }

    static Turns of(SplittableRandom random) {
        Kind[] kinds = {Kind.ANY, Kind.ANY, Kind.ANY, Kind.OLDEST, Kind.LATEST, Kind.STARVING};
        int[] percents = {0, 5, 30, 60};
        int[] nanos = {1_000, 50_000, 2_000_000};
        return new Turns(
                random,
                kinds[random.nextInt(kinds.length)],
                percents[random.nextInt(percents.length)],
                nanos[random.nextInt(nanos.length)]);
    }

    boolean givesWay() {
        return giveWayPercent > 0 && random.nextInt(100) < giveWayPercent;
    }

    int mostStepNanos() {
        return mostStepNanos;
    }

    int stepNanos() {
        return random.nextInt(mostStepNanos);
    }

    /** The index of the one that is next. */
    int choose(List<Strand> ready) {
        int size = ready.size();
        if (size == 1) {
            return 0;
        }
        return switch (kind) {
            case ANY -> random.nextInt(size);
            case OLDEST -> 0;
            case LATEST -> random.nextInt(FEW) == 0 ? random.nextInt(size) : size - 1;
            case STARVING -> spared(ready);
        };
    }

    private int spared(List<Strand> ready) {
        int any = random.nextInt(ready.size());
        for (int i = 0; i < ready.size() && random.nextInt(2 * FEW) > 0; i++) {
            int index = (any + i) % ready.size();
            if (((ready.get(index).name.hashCode() ^ starved) & 3) != 0) {
                return index;
            }
        }
        return any;
    }
}
