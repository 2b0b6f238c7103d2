// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import io.h5coro.internal.grid.ElementCopy;
import io.h5coro.model.ElementType;
import io.h5coro.model.H5Array;
import io.h5coro.model.Shape;

/** The bytes of elements of any type, one element behind the other. */
final class RawElements extends ResultBuffer {
    /** Elements in the file's encoding, {@link #size} bytes each, in the order of the result. */
    private final byte[] values;

    private final int size;

    RawElements(int count, int size) {
        this.values = new byte[Math.multiplyExact(count, size)];
        this.size = size;
    }

    @Override
    public void put(byte[] source, int offset, ElementCopy copy) {
        int length = (int) copy.runLength();
        if (copy.isDense()) {
            copy.forEachRun((from, to) ->
                    System.arraycopy(source, offset + (int) from * size, values, (int) to * size, length * size));
            return;
        }
        int sourceStep = (int) copy.sourceStep() * size;
        int step = (int) copy.destinationStep() * size;
        copy.forEachRun((from, to) -> {
            int at = offset + (int) from * size;
            int into = (int) to * size;
            for (int i = 0; i < length; i++, at += sourceStep, into += step) {
                System.arraycopy(source, at, values, into, size);
            }
        });
    }

    @Override
    public void fill(byte[] element) {
        if (values.length == 0) {
            return;
        }
        System.arraycopy(element, 0, values, 0, size);
        for (int filled = size; filled < values.length; filled += Math.min(filled, values.length - filled)) {
            System.arraycopy(values, 0, values, filled, Math.min(filled, values.length - filled));
        }
    }

    @Override
    public H5Array array(ElementType type, Shape shape, ElementDecoder decoder) {
        return decoder.decode(type, shape, values);
    }
}
