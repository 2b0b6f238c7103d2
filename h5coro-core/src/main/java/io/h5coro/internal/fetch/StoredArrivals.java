// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import java.util.ArrayList;
import java.util.List;

/**
 * Where what is read from a data cache comes in. What turns out to be gone or damaged is given back all together, once
 * the rest is here, so that few requests fetch it. Thread-safe.
 */
public final class StoredArrivals implements PlanFetch.Receiver {
    private final Taker taker;

    /** Guarded by this. */
    private int left;

    /** Guarded by this. */
    private final List<Integer> lost = new ArrayList<>();

    /** Takes ranges by their index in the plan. */
    public interface Taker {
        /** As {@link PlanFetch.Receiver#arrived}. */
        void arrived(int wanted, PlanFetch.Arrived bytes, Runnable done);

        /** Takes those that have to be fetched after all; called once at most. */
        void lost(List<Integer> wanted);
    }

    /** Waits for so many ranges. */
    public StoredArrivals(int wanted, Taker taker) {
        this.left = wanted;
        this.taker = taker;
    }

    @Override
    public void arrived(int wanted, PlanFetch.Arrived bytes, Runnable done) {
        taker.arrived(wanted, bytes, done);
        ended(-1);
    }

    @Override
    public void failed(int wanted, Throwable failure) {
        ended(wanted);
    }

    @Override
    public void truncated(int wanted, long end) {
        ended(wanted);
    }

    private void ended(int failed) {
        List<Integer> all;
        synchronized (this) {
            if (failed >= 0) {
                lost.add(failed);
            }
            left--;
            if (left > 0 || lost.isEmpty()) {
                return;
            }
            all = List.copyOf(lost);
        }
        taker.lost(all);
    }
}
