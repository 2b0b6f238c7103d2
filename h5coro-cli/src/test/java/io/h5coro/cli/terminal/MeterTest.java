// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class MeterTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void saysBytesOfThosePlannedRateAndTimeLeft() {
        assertEquals(
                "h5coro: /a: 312 MB of 1.2 GB, 31 MB/s, 29 s left",
                Meter.of("/a", 312_000_000, 1_200_000_000, 10 * SECOND));
        assertEquals("h5coro: 1.0 kB of 600 kB, 1.0 kB/s, 9 min 59 s left", Meter.of("", 1000, 600_000, SECOND));
        assertEquals("h5coro: 1 B of 36 kB, 1 B/s, 9 h 59 min left", Meter.of("", 1, 36_000, SECOND));
        assertEquals("h5coro: 1 B of 8.6 MB, 1 B/s, 100 days left", Meter.of("", 1, 8_640_001, SECOND));
    }

    @Test
    void saysWhatWasReadWhereNothingIsPlanned() {
        assertEquals("h5coro: 12 MB read, 3.0 MB/s", Meter.read(12_000_000, 4 * SECOND));
        assertEquals("h5coro: 715 B read", Meter.read(715, 2 * SECOND));
    }

    @Test
    void isCutToItsLine() {
        assertEquals("h5coro: 12...", Meter.cut("h5coro: 12 MB read", 13));
        assertEquals("h5coro", Meter.cut("h5coro", 6));
    }
}
