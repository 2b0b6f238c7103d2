// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.format.Attempt;
import io.h5coro.model.ArrayType;
import io.h5coro.model.CompoundType;
import io.h5coro.model.ElementType;
import io.h5coro.model.ReferenceType;
import io.h5coro.model.SequenceType;
import io.h5coro.model.StringType;
import java.util.Set;

/**
 * A reference into the global heap, as elements of variable length hold it.
 *
 * <pre>
 * 4   number of elements (bytes of a string); not in region references of HDF5 before 1.12
 * O   address of the collection; 0 for nil
 * 4   index of the object
 * </pre>
 *
 * @param collection address of the collection, relative to the base address
 * @param index number of the object in it
 * @see <a href="https://github.com/HDFGroup/hdf5/blob/develop/src/H5VLnative_blob.c">H5VL__native_blob_get</a>
 */
record HeapReference(long collection, long index) {
    private static final int COUNT_BYTES = 4;
    private static final int INDEX_BYTES = 4;

    /** Version byte and flags, then the number of bytes, of a reference of HDF5 1.12. */
    static final int REVISED_HEAD = 2;

    /** The number of bytes of a reference with a count before it. */
    static int sizeWithCount(Cursor.Origin origin) {
        return COUNT_BYTES + origin.sizeOfOffsets() + INDEX_BYTES;
    }

    /** Reads a reference without a count. */
    static HeapReference read(byte[] bytes, int at, Cursor.Origin origin) {
        int width = origin.sizeOfOffsets();
        Cursor cursor = new Cursor(bytes, at, at + width + INDEX_BYTES, origin, at);
        return new HeapReference(cursor.address(), cursor.u32());
    }

    /** Whether it refers to nothing: libhdf5 writes address 0, other writers all ones. */
    boolean isNil() {
        return collection == 0 || collection == Cursor.UNDEFINED;
    }

    /** Whether elements of a type hold references into the heap. */
    static boolean isIn(ElementType type) {
        if (type instanceof StringType string) {
            return string.variable();
        }
        if (type instanceof CompoundType compound) {
            return compound.members().stream().anyMatch(member -> isIn(member.type()));
        }
        if (type instanceof ArrayType array) {
            return isIn(array.base());
        }
        return type instanceof SequenceType
                || (type instanceof ReferenceType reference && reference.kind() != ReferenceType.Kind.OBJECT);
    }

    /**
     * Collects the collections that elements refer to; passes over what decoding will refuse.
     *
     * @param type type of the column's elements
     * @param column elements in the file's encoding
     * @param collections receives addresses relative to the base address, not checked
     */
    static void collect(ElementType type, Column column, Cursor.Origin origin, Set<Long> collections) {
        if (!isIn(type)) {
            return;
        }
        if (type instanceof CompoundType compound) {
            for (CompoundType.Member member : compound.members()) {
                if (member.offset() >= 0
                        && member.offset() <= type.size() - member.type().size()) {
                    collect(member.type(), column.part(member.offset()), origin, collections);
                }
            }
            return;
        }
        if (type instanceof ArrayType array) {
            int size = array.base().size();
            for (int offset = 0; size > 0 && offset <= type.size() - size; offset += size) {
                collect(array.base(), column.part(offset), origin, collections);
            }
            return;
        }
        collectOwn(type, column, origin, collections);
    }

    private static void collectOwn(ElementType type, Column column, Cursor.Origin origin, Set<Long> collections) {
        boolean region = type instanceof ReferenceType reference && reference.kind() == ReferenceType.Kind.REGION;
        boolean revised = type instanceof ReferenceType && !region;
        int offset = region ? 0 : COUNT_BYTES + (revised ? REVISED_HEAD : 0);
        if (type.size() < offset + origin.sizeOfOffsets() + INDEX_BYTES) {
            return;
        }
        for (int i = 0; i < column.count(); i++) {
            int at = column.at(i);
            if (revised && !ReferenceDecoder.refersToHeap(column.bytes(), at)) {
                continue;
            }
            Attempt<HeapReference> reference = Attempt.of(() -> read(column.bytes(), at + offset, origin));
            if (reference.failure().isEmpty() && !reference.get().isNil()) {
                collections.add(reference.get().collection());
            }
        }
    }
}
