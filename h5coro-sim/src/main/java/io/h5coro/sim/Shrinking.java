// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.sim.store.FaultKind;
import java.util.Set;
import java.util.TreeSet;

/** Leaves out of a failing plan what the failure does not need: files, then calls, then kinds of faults. */
final class Shrinking {
    private static final int MOST = 12;

    private Shrinking() {}

    /** The smallest plan found that fails; the whole one when that does not. */
    static Plan of(long seed, Library library) {
        Plan.Left left = Plan.Left.NOTHING;
        if (!fails(seed, library, left)) {
            return Plan.of(seed, library, left);
        }
        Plan.Left alone = new Plan.Left(left.sessions(), left.calls(), left.faults(), true, false);
        left = fails(seed, library, alone) ? alone : left;
        Plan.Left unshared = new Plan.Left(left.sessions(), left.calls(), left.faults(), left.series(), true);
        left = fails(seed, library, unshared) ? unshared : left;
        for (int i = 0; i < MOST; i++) {
            Plan.Left less =
                    new Plan.Left(plus(left.sessions(), i), left.calls(), left.faults(), left.series(), left.pools());
            left = fails(seed, library, less) ? less : left;
        }
        for (int i = 0; i < MOST * MOST * MOST; i++) {
            String call = i / (MOST * MOST) + "." + i / MOST % MOST + "." + i % MOST;
            if (Plan.of(seed, library, Plan.Left.NOTHING).has(call)) {
                Plan.Left less = new Plan.Left(
                        left.sessions(), plus(left.calls(), call), left.faults(), left.series(), left.pools());
                left = fails(seed, library, less) ? less : left;
            }
        }
        for (FaultKind kind : FaultKind.values()) {
            Plan.Left less = new Plan.Left(
                    left.sessions(), left.calls(), plus(left.faults(), kind), left.series(), left.pools());
            left = fails(seed, library, less) ? less : left;
        }
        System.out.println(
                "left out: files " + left.sessions() + ", calls " + left.calls() + ", faults " + left.faults());
        return Plan.of(seed, library, left);
    }

    private static boolean fails(long seed, Library library, Plan.Left left) {
        return Run.of(Plan.of(seed, library, left), new Crew(), false).failure() != null;
    }

    private static <T> Set<T> plus(Set<T> known, T one) {
        Set<T> more = new TreeSet<>(known);
        more.add(one);
        return more;
    }
}
