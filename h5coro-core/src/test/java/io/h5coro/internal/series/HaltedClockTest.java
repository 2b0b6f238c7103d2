// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.series;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class HaltedClockTest {
    private final AtomicLong time = new AtomicLong();
    private final HaltedClock clock = new HaltedClock(time::get);

    private long at(long now) {
        time.set(now);
        return clock.getAsLong();
    }

    @Test
    void standsStillUntilItWasToldToGoAsOftenAsToHalt() {
        assertEquals(10, at(10));
        clock.halt();
        assertEquals(10, at(12));
        clock.halt();
        time.set(15);
        clock.go();
        assertEquals(10, at(18));
        time.set(20);
        clock.go();
        assertEquals(10, at(20));
        assertEquals(20, at(30));
        clock.halt();
        assertEquals(20, at(1000));
    }
}
