// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A pool of open files ({@link io.h5coro.H5Files}), and who visits it.
 *
 * @param files which it opens; visits name them by their index
 * @param idleFiles that it keeps
 * @param age of files that it opens again
 * @param closeNanos when it is closed, counted from its making; never when negative: after its visitors
 * @param replaceNanos when an object is replaced, where objects may be, counted from its making; never when negative
 */
record PoolPlan(
        List<Library.File> files,
        Plan.Settings settings,
        int idleFiles,
        Duration age,
        List<List<Visit>> visitors,
        long closeNanos,
        long replaceNanos) {
    private static final int MOST_VISITS = 4;

    /**
     * Somebody opens a file, reads, and gives it back.
     *
     * @param file which one
     * @param afterNanos pause of the visitor before it
     * @param interruptNanos when the opening is interrupted, counted from its start; never when negative
     */
    record Visit(int file, Plan.Call call, long afterNanos, long interruptNanos) {}

    static List<PoolPlan> drawn(RandomGenerator chance, Library library) {
        if (chance.nextInt(5) > 0) {
            return List.of();
        }
        List<Library.File> files = List.of(Plan.any(library.files(), chance), Plan.any(library.files(), chance));
        List<List<Visit>> visitors = new ArrayList<>();
        int count = 1 + chance.nextInt(3);
        for (int i = 0; i < count; i++) {
            List<Visit> visits = new ArrayList<>();
            int visitsOfOne = 1 + chance.nextInt(MOST_VISITS);
            for (int k = 0; k < visitsOfOne; k++) {
                int file = chance.nextInt(files.size());
                visits.add(new Visit(
                        file,
                        Plan.call(chance, files.get(file)),
                        chance.nextBoolean() ? Plan.some(chance, 4_000_000_000L) : 0,
                        chance.nextInt(6) == 0 ? Plan.some(chance, 1_000_000_000) : -1));
            }
            visitors.add(List.copyOf(visits));
        }
        int[] idles = {0, 1, 64, 64};
        int[] ages = {0, 1_000, 60_000};
        return List.of(new PoolPlan(
                files,
                Plan.settings(chance),
                idles[chance.nextInt(idles.length)],
                Duration.ofMillis(ages[chance.nextInt(ages.length)]),
                List.copyOf(visitors),
                chance.nextInt(6) == 0 ? Plan.some(chance, 3_000_000_000L) : -1,
                chance.nextBoolean() ? Plan.some(chance, 4_000_000_000L) : -1));
    }
}
