// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import io.h5coro.internal.grid.ElementCopy;
import io.h5coro.internal.grid.StridedCopy;
import io.h5coro.model.Destination;
import io.h5coro.model.ElementType;
import io.h5coro.model.H5Array;
import io.h5coro.model.Shape;
import java.lang.reflect.Array;
import java.nio.ByteOrder;

/** Elements that go straight into memory of the caller, as long as that takes them. */
final class GuardedElements extends ResultBuffer {
    /** Elements written at once when all are set to one. */
    private static final int BLOCK = 1024;

    private final CallerMemory.Gate gate;
    private final Destination destination;
    private final ResultBuffer values;
    private final int size;
    private final int first;
    private final int count;

    GuardedElements(CallerMemory.Gate gate, Destination destination, ElementType type, int count) {
        this.gate = gate;
        this.destination = destination;
        this.size = type.size();
        this.count = count;
        Object memory = destination.memory();
        ByteOrder order = byteOrder(type);
        if (memory instanceof float[] array) {
            this.values = new Floats(array, order);
        } else if (memory instanceof double[] array) {
            this.values = new Doubles(array, order);
        } else if (memory instanceof long[] array) {
            this.values = new Longs(array, order);
        } else if (memory instanceof int[] array) {
            this.values = new Ints(array, order);
        } else if (memory instanceof short[] array) {
            this.values = new Shorts(array, order);
        } else if (memory instanceof byte[] array) {
            this.values = new Bytes(array);
        } else {
            this.values = BufferElements.of(destination, type, order);
        }
        this.first = memory.getClass().isArray() ? destination.offset() : 0;
    }

    @Override
    public void put(byte[] source, int offset, ElementCopy copy) {
        gate.enter();
        try {
            values.put(source, offset, first == 0 ? copy : copy.shifted(first));
        } finally {
            gate.leave();
        }
    }

    /** Sets the elements of the request only: there may be others of the caller around them. */
    @Override
    public void fill(byte[] element) {
        byte[] block = new byte[Math.min(count, BLOCK) * size];
        for (int at = 0; at < block.length; at += size) {
            System.arraycopy(element, 0, block, at, size);
        }
        for (int i = 0; i < count; ) {
            int length = Math.min(BLOCK, count - i);
            put(block, 0, StridedCopy.run(length, 0, i));
            i += length;
        }
    }

    /** The caller's array where it has these elements and no others, else an empty one: the caller has the values. */
    @Override
    public H5Array array(ElementType type, Shape shape, ElementDecoder decoder) {
        boolean whole = destination.memory().getClass().isArray() && Array.getLength(destination.memory()) == count;
        return whole ? values.array(type, shape, decoder) : of(type, 0).array(type, Shape.of(0), decoder);
    }
}
