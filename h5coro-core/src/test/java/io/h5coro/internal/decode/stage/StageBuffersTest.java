// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class StageBuffersTest {
    private final StageBuffers buffers = new StageBuffers();

    @Test
    void givesTheShortestThatIsLongEnough() {
        byte[] shorter = buffers.take(10);
        byte[] longer = buffers.take(30);
        buffers.giveBack(longer);
        buffers.giveBack(shorter);
        assertEquals(40, buffers.idleBytes());
        assertSame(shorter, buffers.take(10));
        assertSame(longer, buffers.take(10));
        assertEquals(10, buffers.take(10).length);
        assertEquals(0, buffers.idleBytes());
    }

    @Test
    void takesBackOnlyWhatItGaveAndOnlyOnce() {
        byte[] taken = buffers.take(10);
        buffers.giveBack(new byte[10]);
        assertEquals(0, buffers.idleBytes());
        buffers.giveBack(taken);
        buffers.giveBack(taken);
        assertEquals(10, buffers.idleBytes());
        assertSame(taken, buffers.take(5));
        buffers.forgetTaken();
        buffers.giveBack(taken);
        assertEquals(0, buffers.idleBytes());
    }

    @Test
    void keepsThreeAndForgetsTheShortest() {
        byte[][] taken = new byte[4][];
        for (int i = 0; i < 4; i++) {
            taken[i] = buffers.take(10 - i);
        }
        for (byte[] array : taken) {
            buffers.giveBack(array);
        }
        assertEquals(10 + 9 + 8, buffers.idleBytes());
    }

    @Test
    void growsWithWhatWasUsed() {
        byte[] taken = buffers.take(4);
        Arrays.fill(taken, (byte) 7);
        byte[] larger = buffers.grow(taken, 3, 6);
        assertNotSame(taken, larger);
        assertArrayEquals(new byte[] {7, 7, 7, 0, 0, 0}, larger);
        assertSame(taken, buffers.take(4));
    }
}
