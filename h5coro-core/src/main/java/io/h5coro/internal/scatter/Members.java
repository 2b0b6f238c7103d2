// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import io.h5coro.internal.grid.ElementCopy;
import io.h5coro.internal.grid.StridedCopy;
import io.h5coro.model.ElementType;
import io.h5coro.model.H5Array;
import io.h5coro.model.Shape;
import java.util.Arrays;

/**
 * One member of the records that are copied in; the rest of them is passed over. Members are gathered a block at a time
 * and then copied as if they were stored alone.
 */
final class Members extends ResultBuffer {
    /** Members gathered at once: few enough that they are still near when they are copied. */
    private static final int BLOCK = 1024;

    private final ResultBuffer values;
    private final int size;
    private final RecordPart record;

    /**
     * A buffer of members.
     *
     * @param values takes the members
     * @param size bytes of a member
     * @param record where it stands
     */
    Members(ResultBuffer values, int size, RecordPart record) {
        this.values = values;
        this.size = size;
        this.record = record;
    }

    @Override
    public void put(byte[] source, int offset, ElementCopy copy) {
        int length = (int) copy.runLength();
        long step = copy.destinationStep();
        // Of runs of one element the step is not taken, and may be that of the whole selection.
        int sourceStep = length == 1 ? record.size() : Math.toIntExact(copy.sourceStep() * record.size());
        byte[] block = new byte[Math.min(length, BLOCK) * size];
        copy.forEachRun((from, to) -> {
            int at = offset + (int) from * record.size() + record.offset();
            for (int i = 0; i < length; i += BLOCK) {
                int count = Math.min(BLOCK, length - i);
                new Column(source, at + i * sourceStep, sourceStep, count).gather(size, block);
                values.put(block, 0, StridedCopy.row(count, to + i * step, step));
            }
        });
    }

    @Override
    public void fill(byte[] element) {
        values.fill(Arrays.copyOfRange(element, record.offset(), record.offset() + size));
    }

    @Override
    public H5Array array(ElementType type, Shape shape, ElementDecoder decoder) {
        return values.array(type, shape, decoder);
    }
}
