// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import io.h5coro.internal.grid.ElementCopy;
import io.h5coro.model.ByteArray;
import io.h5coro.model.ElementType;
import io.h5coro.model.H5Array;
import io.h5coro.model.Shape;
import java.util.Arrays;

/** Whole numbers of one byte. */
final class Bytes extends ResultBuffer {
    private final byte[] values;

    Bytes(int count) {
        this(new byte[count]);
    }

    /** Writes into an array. */
    Bytes(byte[] values) {
        this.values = values;
    }

    @Override
    public void put(byte[] source, int offset, ElementCopy copy) {
        int length = (int) copy.runLength();
        int sourceStep = (int) copy.sourceStep();
        int step = (int) copy.destinationStep();
        if (copy.isDense()) {
            copy.forEachRun((from, to) -> System.arraycopy(source, offset + (int) from, values, (int) to, length));
            return;
        }
        copy.forEachRun((from, to) -> {
            int at = offset + (int) from;
            int into = (int) to;
            for (int i = 0; i < length; i++, at += sourceStep, into += step) {
                values[into] = source[at];
            }
        });
    }

    @Override
    public void fill(byte[] element) {
        Arrays.fill(values, element[0]);
    }

    @Override
    public H5Array array(ElementType type, Shape shape, ElementDecoder decoder) {
        return new ByteArray(type, shape, values);
    }
}
