// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.ReadAbortedException;
import io.h5coro.internal.grid.StridedCopy;
import io.h5coro.model.Destination;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.IntegerType;
import io.h5coro.storage.Eventually;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Nothing is written to memory of a caller once the caller has it back. */
final class CallerMemoryTest {
    private static final IntegerType SHORT = IntegerType.of(2, Order.BIG_ENDIAN, true);

    @Test
    void whatComesLaterIsNotWritten() {
        short[] values = new short[4];
        CallerMemory memory = new CallerMemory(Destination.of(values, 1), false);
        ResultBuffer buffer = memory.buffer(SHORT, 2);
        buffer.put(new byte[] {0, 7, 0, 8}, 0, StridedCopy.contiguous(2));
        AtomicInteger idle = new AtomicInteger();
        memory.close(idle::incrementAndGet);
        assertEquals(1, idle.get());
        assertThrows(ReadAbortedException.class, () -> buffer.put(new byte[] {9, 9}, 0, StridedCopy.contiguous(1)));
        assertThrows(ReadAbortedException.class, () -> buffer.fill(new byte[2]));
        assertThrows(ReadAbortedException.class, () -> memory.buffer(SHORT, 2));
        assertArrayEquals(new short[] {0, 7, 8, 0}, values);
    }

    @Test
    void theCallerGetsItBackFromTheLastWriter() {
        CallerMemory.Gate gate = new CallerMemory.Gate();
        AtomicInteger idle = new AtomicInteger();
        gate.enter();
        gate.enter();
        gate.close(idle::incrementAndGet);
        gate.leave();
        assertEquals(0, idle.get());
        gate.leave();
        assertEquals(1, idle.get());
    }

    @Test
    void anotherCallBeginsOnceTheWritersOfTheOldOneHaveLeft() throws InterruptedException {
        CallerMemory.Gate gate = new CallerMemory.Gate();
        gate.enter();
        CountDownLatch closed = new CountDownLatch(1);
        Thread waiting = new Thread(() -> {
            gate.closeAndWait();
            closed.countDown();
        });
        waiting.start();
        Eventually.holds(() -> waiting.getState() == Thread.State.WAITING);
        waiting.interrupt();
        assertEquals(1, closed.getCount());
        gate.leave();
        closed.await();
        waiting.join();
    }

    @Test
    void aBufferOfAnotherCallWritesWhereTheOldOneDoesNot() {
        short[] values = new short[1];
        CallerMemory memory = new CallerMemory(Destination.of(values, 0), false);
        ResultBuffer old = memory.buffer(SHORT, 1);
        memory.startAgain();
        ResultBuffer other = memory.buffer(SHORT, 1);
        other.put(new byte[] {0, 5}, 0, StridedCopy.contiguous(1));
        assertThrows(ReadAbortedException.class, () -> old.put(new byte[] {0, 4}, 0, StridedCopy.contiguous(1)));
        assertEquals(5, values[0]);
    }

    @Test
    void elementsGoIntoBuffersWithAndWithoutGaps() {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(12).order(order).position(2);
            CallerMemory memory = new CallerMemory(Destination.of(bytes), false);
            ResultBuffer buffer = memory.buffer(SHORT, 4);
            buffer.fill(new byte[] {1, 2});
            buffer.put(new byte[] {3, 4, 5, 6}, 0, StridedCopy.row(2, 1, 2));
            buffer.put(new byte[] {9, 7, 8}, 1, StridedCopy.run(1, 0, 0));
            short[] expected = {0, 0x0708, 0x0304, 0x0102, 0x0506, 0};
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], bytes.getShort(2 * i));
            }
        }
    }

    @Test
    void onlyMemoryOfTheReaderCounts() {
        assertFalse(new CallerMemory(Destination.of(new byte[0], 0), false).counts());
        assertTrue(new CallerMemory(Destination.of(new byte[0], 0), true).counts());
    }
}
