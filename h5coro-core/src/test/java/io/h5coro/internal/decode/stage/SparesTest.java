// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SparesTest {
    private final AtomicInteger made = new AtomicInteger();
    private final Spares<Object> spares = new Spares<>(() -> "number " + made.incrementAndGet());

    @Test
    void givesWhatWasGivenBackToOneTaskOnly() {
        Object first = spares.take();
        spares.give(first);
        assertSame(first, spares.take());
        assertNotSame(first, spares.take());
        assertEquals(2, made.get());
    }

    @Test
    void keepsABoundedNumber() {
        List<Object> taken = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            taken.add(spares.take());
        }
        taken.forEach(spares::give);
        for (int i = 0; i < 100; i++) {
            spares.take();
        }
        assertEquals(184, made.get());
    }
}
