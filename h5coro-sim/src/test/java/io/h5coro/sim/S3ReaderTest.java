// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.sim.store.FaultKind;
import io.h5coro.sim.store.Weather;
import io.h5coro.storage.StorageException.Kind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The product's S3 storage, with the SDK, over the simulated store: right bytes of one version, or a typed error. */
class S3ReaderTest {
    private static final int SEEDS = 200;

    @Test
    void readsRightOrFailsWithAReason() {
        Map<FaultKind, Long> met = new EnumMap<>(FaultKind.class);
        Map<Kind, Integer> failures = new EnumMap<>(Kind.class);
        long right = 0;
        long cancelled = 0;
        long listed = 0;
        Crew crew = new Crew();
        for (long seed = 1; seed <= SEEDS; seed++) {
            Weather weather = Weather.foul(seed % 2 == 0 ? 0.02 : 0.06);
            S3ReaderRun run = new S3ReaderRun(seed, weather, crew, new Trace(false));
            if (run.run() != null) {
                Trace trace = new Trace(true);
                Throwable failure = new S3ReaderRun(seed, weather, new Crew(), trace).run();
                throw new AssertionError("seed " + seed + "\n" + String.join("\n", trace.lines()), failure);
            }
            run.store().met().forEach((kind, count) -> met.merge(kind, count, Long::sum));
            run.failures().forEach((kind, count) -> failures.merge(kind, count, Integer::sum));
            right += run.right();
            cancelled += run.cancelled();
            listed += run.listed();
        }
        String all = right + " right, " + cancelled + " cancelled, " + listed + " listed, " + failures + ", " + met;
        Set<FaultKind> missing = EnumSet.allOf(FaultKind.class);
        missing.removeAll(EnumSet.of(FaultKind.TORN, FaultKind.CONDITION_IGNORED, FaultKind.SLOW_PREFIX));
        // Whoever reads takes the bytes from the connection itself.
        missing.remove(FaultKind.HELD);
        missing.removeIf(kind -> met.getOrDefault(kind, 0L) >= 5);
        assertEquals(Set.of(), missing, all);
        assertTrue(right > 500 && cancelled > 20 && listed > SEEDS / 2, all);
    }

    @Test
    void sameSeedSameTrace() {
        for (long seed = 1; seed <= 20; seed++) {
            Trace one = new Trace(true);
            Trace other = new Trace(true);
            assertNull(new S3ReaderRun(seed, Weather.foul(0.05), new Crew(), one).run());
            assertNull(new S3ReaderRun(seed, Weather.foul(0.05), new Crew(), other).run());
            assertEquals(one.lines(), other.lines(), "seed " + seed);
        }
    }
}
