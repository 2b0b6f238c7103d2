// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class OnceTest {
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void isMadeOnceHoweverManyAsk() {
        Once<Integer> once = new Once<>(made::incrementAndGet);
        CompletableFuture<Integer> other = CompletableFuture.supplyAsync(once::get);
        assertEquals(1, once.get());
        assertEquals(1, other.join());
        assertEquals(1, made.get());
    }

    @Test
    void failsForAllAsForTheFirst() {
        IllegalStateException failure = new IllegalStateException();
        Once<Integer> once = new Once<>(() -> {
            made.incrementAndGet();
            throw failure;
        });
        assertSame(failure, assertThrows(IllegalStateException.class, once::get));
        assertSame(failure, assertThrows(IllegalStateException.class, once::get));
        assertEquals(1, made.get());
    }
}
