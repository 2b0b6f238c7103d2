// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.StorageException.Kind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The product's HTTP storage over the simulated store: right bytes of one version, or a typed error. */
class HttpReaderTest {
    private static final int SEEDS = 2000;

    @Test
    void readsRightOrFailsWithAReason() {
        Map<FaultKind, Long> met = new EnumMap<>(FaultKind.class);
        Map<Kind, Integer> failures = new EnumMap<>(Kind.class);
        long right = 0;
        long cancelled = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            HttpReaderRun run = new HttpReaderRun(seed, Weather.foul(seed % 2 == 0 ? 0.01 : 0.05));
            try {
                run.run();
            } catch (Exception | AssertionError e) {
                throw new AssertionError(
                        "seed " + seed + "\n" + String.join("\n", run.world().trace()), e);
            }
            run.store().met().forEach((kind, count) -> met.merge(kind, count, Long::sum));
            run.failures().forEach((kind, count) -> failures.merge(kind, count, Integer::sum));
            right += run.right();
            cancelled += run.cancelled();
        }
        String all = right + " right, " + cancelled + " cancelled, " + failures + ", " + met;
        Set<FaultKind> missing = EnumSet.allOf(FaultKind.class);
        missing.remove(FaultKind.TORN);
        missing.removeIf(kind -> met.getOrDefault(kind, 0L) >= 20);
        assertEquals(Set.of(), missing, all);
        assertTrue(right > 5_000 && cancelled > 100, all);
        assertTrue(failures.keySet().containsAll(EnumSet.of(Kind.CHANGED, Kind.PROTOCOL, Kind.CLOSED)), all);
    }

    @Test
    void sameSeedSameTrace() throws Exception {
        long lines = 0;
        for (long seed = 1; seed <= 50; seed++) {
            HttpReaderRun one = new HttpReaderRun(seed, Weather.foul(0.05));
            HttpReaderRun other = new HttpReaderRun(seed, Weather.foul(0.05));
            one.run();
            other.run();
            assertEquals(one.world().trace(), other.world().trace());
            lines += one.world().trace().size();
        }
        assertTrue(lines > 1000, "" + lines);
    }
}
