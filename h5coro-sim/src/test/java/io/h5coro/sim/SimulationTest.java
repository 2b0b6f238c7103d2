// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A few fresh seeds for each change of the code, and all that have failed once. */
final class SimulationTest {
    /** So many; {@code -Dh5coro.sim.seeds=} says otherwise. */
    private static final long SEEDS = Long.getLong("h5coro.sim.seeds", 3000);

    /** The first; that of the code unless {@code -Dh5coro.sim.from=} says which. */
    private static long from;

    private static Library library;

    @BeforeAll
    static void read() throws IOException {
        from = Long.getLong("h5coro.sim.from", CodeUnderTest.seed());
        library = Library.read();
    }

    static List<Long> failedOnce() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SimulationTest.class.getResourceAsStream("/failed-seeds.txt")),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> Long.parseLong(line.substring(0, line.indexOf(' '))))
                    .toList();
        }
    }

    @Test
    void freshSeedsFindNothing() {
        System.out.println("simulation: " + SEEDS + " seeds from " + from);
        Seeds seeds = new Seeds(library, from, SEEDS, 3);
        seeds.run(2);
        assertEquals(
                "",
                String.join(
                        "\n", seeds.failures().stream().map(Run.Outcome::text).toList()));
        assertEquals(SEEDS, seeds.ran());
    }

    @ParameterizedTest
    @MethodSource("failedOnce")
    void whatFailedOnceDoesNotFailAgain(long seed) {
        Run.Outcome outcome = Run.of(Plan.of(seed, library, Plan.Left.NOTHING), new Crew(), false);
        assertNull(outcome.failure(), outcome::text);
    }

    @Test
    void theSameSeedIsTheSameRun() {
        for (long seed = 1; seed <= 20; seed++) {
            Run.Outcome one = Run.of(Plan.of(seed, library, Plan.Left.NOTHING), new Crew(), true);
            Run.Outcome other = Run.of(Plan.of(seed, library, Plan.Left.NOTHING), new Crew(), true);
            assertEquals(one.trace(), other.trace(), "seed " + seed);
        }
    }
}
