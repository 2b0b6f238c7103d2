// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.internal.decode.stage.StageBuffers;
import io.h5coro.internal.memory.DecodeRoom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DecodeBuffersTest {
    private static final int QUARTER = 25;

    private final DecodeRoom room = new DecodeRoom(4 * QUARTER);
    private final DecodeBuffers buffers = new DecodeBuffers(room);

    private static byte[] decodedWith(DecodeBuffers buffers, int bytes) {
        List<byte[]> used = new ArrayList<>();
        buffers.lend(own -> {
            used.add(own.take(bytes));
            own.giveBack(used.get(0));
        });
        return used.get(0);
    }

    /** What is left of the room for kept buffers. */
    private boolean hasRoom(int bytes) {
        boolean has = room.keep(bytes);
        if (has) {
            room.useKept(bytes);
        }
        return has;
    }

    @Test
    void oneChunkAfterTheOtherHasTheSameBufferUntilTheCallEnds() {
        byte[] first = decodedWith(buffers, 20);
        assertSame(first, decodedWith(buffers, 20));
        assertTrue(!hasRoom(6) && hasRoom(5));
        buffers.close();
        assertTrue(hasRoom(QUARTER));
        assertNotSame(first, decodedWith(buffers, 20));
        assertTrue(hasRoom(QUARTER), "what comes back later is not kept");
    }

    @Test
    void twoTasksAtOnceHaveDifferentBuffersAndNoMoreAreKeptThanThereIsRoomFor() {
        List<StageBuffers> lent = new ArrayList<>();
        buffers.lend(one -> buffers.lend(other -> {
            lent.addAll(List.of(one, other));
            one.giveBack(one.take(20));
            other.giveBack(other.take(20));
        }));
        assertNotSame(lent.get(0), lent.get(1));
        assertTrue(!hasRoom(6) && hasRoom(5), "one of two");
    }

    @Test
    void aTaskThatFailsKeepsWhatItTook() {
        List<StageBuffers> lent = new ArrayList<>();
        assertThrows(
                IllegalStateException.class,
                () -> buffers.lend(own -> {
                    lent.add(own);
                    assertEquals(20, own.take(20).length);
                    throw new IllegalStateException();
                }));
        assertTrue(hasRoom(QUARTER));
        assertEquals(0, lent.get(0).idleBytes());
    }
}
