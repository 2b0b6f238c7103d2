// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Runs seeds one after the other, on some threads side by side: each run has one thread at a time. Thread-safe. */
final class Seeds {
    private final Library library;
    private final long end;
    private final long mostFailures;

    /** All guarded by this, as what is below. */
    private final List<Run.Outcome> failures = new ArrayList<>();

    private final long from;
    private long next;
    private long steps;
    private long hash;

    Seeds(Library library, long from, long count, long mostFailures) {
        this.library = library;
        this.from = from;
        this.next = from;
        this.end = from + count;
        this.mostFailures = mostFailures;
    }

    void run(int threads) {
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread one = new Thread(this::work, "seeds-" + i);
            all.add(one);
            one.start();
        }
        try {
            for (Thread one : all) {
                one.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        Crew crew = new Crew();
        while (true) {
            long seed;
            synchronized (this) {
                if (next >= end || failures.size() >= mostFailures) {
                    return;
                }
                seed = next++;
            }
            Run.Outcome outcome = Run.of(Plan.of(seed, library, Plan.Left.NOTHING), crew, false);
            if (outcome.failure() != null) {
                crew = new Crew();
            }
            add(outcome);
        }
    }

    private synchronized void add(Run.Outcome outcome) {
        steps += outcome.steps();
        // A sum, since the order in which runs end is not that of their seeds.
        hash += outcome.hash();
        if (outcome.failure() != null) {
            failures.add(outcome);
        }
    }

    synchronized long ran() {
        return next - from;
    }

    synchronized long steps() {
        return steps;
    }

    /** The same for the same seeds. */
    synchronized long hash() {
        return hash;
    }

    synchronized List<Run.Outcome> failures() {
        return failures.stream()
                .sorted(Comparator.comparingLong(Run.Outcome::seed))
                .toList();
    }
}
