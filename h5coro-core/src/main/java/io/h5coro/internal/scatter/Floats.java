// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import io.h5coro.internal.grid.ElementCopy;
import io.h5coro.model.ElementType;
import io.h5coro.model.FloatArray;
import io.h5coro.model.H5Array;
import io.h5coro.model.Shape;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** IEEE floats of four bytes. */
final class Floats extends ResultBuffer {
    private static final VarHandle LITTLE =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.BIG_ENDIAN);

    private final float[] values;
    private final ByteOrder order;

    Floats(int count, ByteOrder order) {
        this(new float[count], order);
    }

    /** Writes into an array. */
    Floats(float[] values, ByteOrder order) {
        this.values = values;
        this.order = order;
    }

    @Override
    public void put(byte[] source, int offset, ElementCopy copy) {
        int length = (int) copy.runLength();
        if (copy.isDense() && length >= LEAST_VIEW) {
            FloatBuffer view = ByteBuffer.wrap(source, offset, source.length - offset)
                    .slice()
                    .order(order)
                    .asFloatBuffer();
            copy.forEachRun((from, to) -> view.get((int) from, values, (int) to, length));
        } else if (order == ByteOrder.BIG_ENDIAN) {
            putBig(source, offset, copy);
        } else {
            putLittle(source, offset, copy);
        }
    }

    private void putLittle(byte[] source, int offset, ElementCopy copy) {
        int length = (int) copy.runLength();
        int sourceStep = 4 * (int) copy.sourceStep();
        int step = (int) copy.destinationStep();
        copy.forEachRun((from, to) -> {
            int at = offset + 4 * (int) from;
            int into = (int) to;
            for (int i = 0; i < length; i++, at += sourceStep, into += step) {
                values[into] = (float) LITTLE.get(source, at);
            }
        });
    }

    private void putBig(byte[] source, int offset, ElementCopy copy) {
        int length = (int) copy.runLength();
        int sourceStep = 4 * (int) copy.sourceStep();
        int step = (int) copy.destinationStep();
        copy.forEachRun((from, to) -> {
            int at = offset + 4 * (int) from;
            int into = (int) to;
            for (int i = 0; i < length; i++, at += sourceStep, into += step) {
                values[into] = (float) BIG.get(source, at);
            }
        });
    }

    @Override
    public void fill(byte[] element) {
        Arrays.fill(values, (float) (order == ByteOrder.BIG_ENDIAN ? BIG : LITTLE).get(element, 0));
    }

    @Override
    public H5Array array(ElementType type, Shape shape, ElementDecoder decoder) {
        return new FloatArray(type, shape, values);
    }
}
