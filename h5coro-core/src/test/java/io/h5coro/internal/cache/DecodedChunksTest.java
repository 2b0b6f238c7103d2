// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.filter.Span;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.model.ReadOptions;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DecodedChunksTest {
    private static final SharedMemory NO_BUDGET = SharedMemory.of(ReadOptions.defaults());

    private static Span chunk(int length) {
        return Span.of(new byte[length]);
    }

    @Test
    void staysWithinTheBoundAndForgetsTheLeastRecentlyUsed() {
        DecodedChunks chunks = new DecodedChunks(3 * (1000 + 128), NO_BUDGET);
        chunks.keep("a", chunk(1000));
        chunks.keep("b", chunk(1000));
        chunks.keep("c", chunk(1000));
        assertEquals(3 * 1128, chunks.weight());
        assertEquals(1000, chunks.get("a").length);
        assertTrue(chunks.has("b"));
        chunks.keep("d", chunk(1000));
        assertNull(chunks.get("b"));
        assertEquals(3 * 1128, chunks.weight());
        chunks.keep("e", chunk(3000));
        assertFalse(chunks.has("a") || chunks.has("c") || chunks.has("d"));
        assertEquals(3128, chunks.weight());
    }

    @Test
    void whatIsKeptDoesNotChangeWithTheBufferThatItWasIn() {
        DecodedChunks chunks = new DecodedChunks(10_000, NO_BUDGET);
        byte[] buffer = {1, 2, 3};
        chunks.keep("a", Span.of(buffer));
        buffer[1] = 9;
        assertArrayEquals(new byte[] {1, 2, 3}, chunks.get("a"));
    }

    @Test
    void randomSizesStayWithinTheBound() {
        Random random = new Random(5);
        DecodedChunks chunks = new DecodedChunks(10_000, NO_BUDGET);
        boolean full = false;
        for (int i = 0; i < 10_000; i++) {
            chunks.keep(random.nextInt(50), chunk(random.nextInt(12_000)));
            assertTrue(chunks.weight() <= 10_000, () -> chunks.weight() + " bytes");
            full |= chunks.weight() > 5000;
        }
        assertTrue(full);
    }

    @Test
    void aChunkThatIsMoreThanTheBoundIsNotKeptAndPushesNothingOut() {
        DecodedChunks chunks = new DecodedChunks(2000, NO_BUDGET);
        chunks.keep("a", chunk(1000));
        chunks.keep("b", chunk(1873));
        assertTrue(chunks.has("a"));
        assertFalse(chunks.has("b"));
        DecodedChunks none = new DecodedChunks(0, NO_BUDGET);
        none.keep("a", chunk(0));
        assertEquals(0, none.weight());
    }

    @Test
    void aSpanOfALongerArrayIsKeptAlone() {
        byte[] longer = new byte[5000];
        longer[4000] = 7;
        DecodedChunks chunks = new DecodedChunks(2000, NO_BUDGET);
        chunks.keep("a", new Span(longer, 4000, 10));
        assertArrayEquals(new byte[] {7, 0, 0, 0, 0, 0, 0, 0, 0, 0}, chunks.get("a"));
        assertEquals(138, chunks.weight());
    }
}
