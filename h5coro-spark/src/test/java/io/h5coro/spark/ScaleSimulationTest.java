// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A thousand executors and the limit of one prefix: the reader's back-off gets all files read. */
final class ScaleSimulationTest {
    @Test
    void fewExecutorsAreNotRefused() {
        ScaleSimulation.Outcome outcome =
                ScaleSimulation.run(new ScaleSimulation.Load(10, 1000, 2, Duration.ofMillis(400)));
        assertEquals(0, outcome.refused());
        assertEquals(2000, outcome.sent());
        assertTrue(outcome.efficiency() > 0.9, outcome.toString());
    }

    /** One answer in a thousand stands still for half a minute. */
    @Test
    void answersThatStandStillCostSecondRequestsAndNoTime() {
        Duration decode = Duration.ofMillis(400);
        ScaleSimulation.Outcome alone =
                ScaleSimulation.run(new ScaleSimulation.Load(50, 2_500, 2, decode, 1_000, false));
        ScaleSimulation.Outcome hedged =
                ScaleSimulation.run(new ScaleSimulation.Load(50, 2_500, 2, decode, 1_000, true));
        assertEquals(0, alone.hedges());
        assertTrue(hedged.hedges() >= 1 && hedged.hedges() < 100, hedged.toString());
        assertEquals(hedged.hedges(), hedged.sent() - alone.sent(), hedged.toString());
        assertTrue(hedged.seconds() < alone.seconds() - 5, alone + " and " + hedged);
        assertTrue(hedged.efficiency() > 0.9, hedged.toString());
    }

    @Test
    void aThousandExecutorsThatMostlyDecodeLoseNoFileAndLittleTime() {
        ScaleSimulation.Outcome outcome =
                ScaleSimulation.run(new ScaleSimulation.Load(1000, 20_000, 2, Duration.ofSeconds(1)));
        assertEquals(0, outcome.failedFiles(), outcome.toString());
        assertTrue(outcome.refused() > 0 && outcome.efficiency() > 0.8, outcome.toString());
    }
}
