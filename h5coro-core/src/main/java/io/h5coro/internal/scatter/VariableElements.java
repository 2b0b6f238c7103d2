// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.JavaArray;
import io.h5coro.model.ElementType;
import io.h5coro.model.H5Array;
import io.h5coro.model.SequenceArray;
import io.h5coro.model.SequenceType;
import io.h5coro.model.Shape;
import io.h5coro.model.StringArray;
import io.h5coro.model.StringType;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Gathers strings and sequences of variable length from the global heap. Each element has a count and a reference
 * ({@link HeapReference}); the object may be longer than the count says, never shorter. An element of count 0 with a
 * reference is empty, one without a reference is nil. Confined to one task.
 */
final class VariableElements {
    /** Offsets, and addresses and order of the objects while they are read. */
    private static final int BYTES_PER_ELEMENT = 48;

    private final ElementDecoder decoder;
    private final HeapObjects heap;

    VariableElements(ElementDecoder decoder, HeapObjects heap) {
        this.decoder = decoder;
        this.heap = heap;
    }

    H5Array strings(StringType type, Shape shape, Column column) {
        Gathered all = gather(type, 1, column);
        return new StringArray(type, shape, all.bytes, all.offsets, all.nil);
    }

    H5Array sequences(SequenceType type, Shape shape, Column column) {
        int size = type.base().size();
        Gathered all = gather(type, size, column);
        int elements = all.offsets[column.count()];
        H5Array values = decoder.decode(type.base(), Shape.of(elements), new Column(all.bytes, 0, size, elements));
        return new SequenceArray(type, shape, values, all.offsets, all.nil);
    }

    @SuppressWarnings("ArrayRecordComponent") // handed to the array that is made of it
    private record Gathered(byte[] bytes, int[] offsets, BitSet nil) {}

    /** The counted bytes of all objects one behind the other; offsets count units of {@code unit} bytes. */
    private Gathered gather(ElementType type, int unit, Column column) {
        Cursor.Origin origin = heap.origin();
        if (type.size() < HeapReference.sizeWithCount(origin)) {
            throw decoder.malformed("elements of variable length take " + type.size() + " bytes, expected "
                    + HeapReference.sizeWithCount(origin));
        }
        decoder.claim(BYTES_PER_ELEMENT * (column.count() + 1L));
        int[] offsets = new int[column.count() + 1];
        BitSet nil = new BitSet();
        long total = 0;
        for (int i = 0; i < column.count(); i++) {
            if (reference(column, i).isNil()) {
                nil.set(i);
            } else {
                total += Bits.of(column.bytes(), column.at(i), Integer.BYTES, ElementType.Order.LITTLE_ENDIAN);
            }
            if (total > JavaArray.MOST) {
                throw decoder.tooLarge("its elements of variable length are " + total + " or more in all");
            }
            offsets[i + 1] = (int) total;
        }
        return new Gathered(copied(column, unit, offsets), offsets, nil);
    }

    private byte[] copied(Column column, int unit, int[] offsets) {
        long length = (long) offsets[column.count()] * unit;
        decoder.claim(length);
        if (length > JavaArray.MOST) {
            throw decoder.tooLarge("its elements of variable length take " + length + " bytes");
        }
        int[] elements = new int[column.count()];
        long[] collections = new long[column.count()];
        long[] indexes = new long[column.count()];
        int objects = 0;
        for (int i = 0; i < column.count(); i++) {
            if (offsets[i + 1] > offsets[i] && unit > 0) {
                HeapReference reference = reference(column, i);
                elements[objects] = i;
                collections[objects] = reference.collection();
                indexes[objects++] = reference.index();
            }
        }
        byte[] bytes = new byte[(int) length];
        heap.objects(Arrays.copyOf(collections, objects), Arrays.copyOf(indexes, objects), (position, object) -> {
            int element = elements[position];
            int count = (offsets[element + 1] - offsets[element]) * unit;
            if (object.remaining() < count) {
                throw decoder.malformed("element " + element + " says it has " + count + " bytes, its object "
                        + indexes[position] + " of the heap collection at 0x"
                        + Long.toHexString(collections[position]) + " has " + object.remaining());
            }
            System.arraycopy(object.bytes(count), 0, bytes, offsets[element] * unit, count);
        });
        return bytes;
    }

    private HeapReference reference(Column column, int i) {
        return HeapReference.read(column.bytes(), column.at(i) + Integer.BYTES, heap.origin());
    }
}
