// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import io.h5coro.internal.grid.ElementCopy;
import io.h5coro.model.ElementType;
import io.h5coro.model.H5Array;
import io.h5coro.model.LongArray;
import io.h5coro.model.Shape;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;

/** Whole numbers of eight bytes. */
final class Longs extends ResultBuffer {
    private static final VarHandle LITTLE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final long[] values;
    private final ByteOrder order;

    Longs(int count, ByteOrder order) {
        this(new long[count], order);
    }

    /** Writes into an array. */
    Longs(long[] values, ByteOrder order) {
        this.values = values;
        this.order = order;
    }

    @Override
    public void put(byte[] source, int offset, ElementCopy copy) {
        int length = (int) copy.runLength();
        if (copy.isDense() && length >= LEAST_VIEW) {
            LongBuffer view = ByteBuffer.wrap(source, offset, source.length - offset)
                    .slice()
                    .order(order)
                    .asLongBuffer();
            copy.forEachRun((from, to) -> view.get((int) from, values, (int) to, length));
        } else if (order == ByteOrder.BIG_ENDIAN) {
            putBig(source, offset, copy);
        } else {
            putLittle(source, offset, copy);
        }
    }

    private void putLittle(byte[] source, int offset, ElementCopy copy) {
        int length = (int) copy.runLength();
        int sourceStep = 8 * (int) copy.sourceStep();
        int step = (int) copy.destinationStep();
        copy.forEachRun((from, to) -> {
            int at = offset + 8 * (int) from;
            int into = (int) to;
            for (int i = 0; i < length; i++, at += sourceStep, into += step) {
                values[into] = (long) LITTLE.get(source, at);
            }
        });
    }

    private void putBig(byte[] source, int offset, ElementCopy copy) {
        int length = (int) copy.runLength();
        int sourceStep = 8 * (int) copy.sourceStep();
        int step = (int) copy.destinationStep();
        copy.forEachRun((from, to) -> {
            int at = offset + 8 * (int) from;
            int into = (int) to;
            for (int i = 0; i < length; i++, at += sourceStep, into += step) {
                values[into] = (long) BIG.get(source, at);
            }
        });
    }

    @Override
    public void fill(byte[] element) {
        Arrays.fill(values, (long) (order == ByteOrder.BIG_ENDIAN ? BIG : LITTLE).get(element, 0));
    }

    @Override
    public H5Array array(ElementType type, Shape shape, ElementDecoder decoder) {
        return new LongArray(type, shape, values);
    }
}
