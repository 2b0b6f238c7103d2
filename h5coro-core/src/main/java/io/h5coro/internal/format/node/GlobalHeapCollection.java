// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.node;

import io.h5coro.internal.bytes.Cursor;
import java.util.Arrays;

/**
 * A global heap collection: objects of any length under 16-bit indexes, which are neither sorted nor dense. Immutable.
 *
 * <pre>
 * "GCOL" | version 1 | 3 reserved | size of all (L) | padding to 8
 * then each object: index u16 | references u16 | 4 reserved | size (L) | padding to 8 | bytes | padding to 8
 * </pre>
 *
 * Index 0 is free space, whose size counts its own head. What is too short for a head is free space, too.
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification III.E</a>,
 *     H5HGcache.c (the paddings: H5HGpkg.h)
 */
public final class GlobalHeapCollection {
    /** Indexes that a collection of the usual size has at the most, of objects of a few bytes. */
    private static final int USUAL_OBJECTS = 128;

    /** Indexes have 16 bits. */
    private static final int MOST_OBJECTS = 1 << 16;

    private final Cursor all;

    /**
     * Place of each object by index: offset of its bytes in the upper 32 bits, their number in the lower 32; 0 where
     * there is none. Invariant: both fit because a collection is shorter than 2^31.
     */
    private final long[] objects;

    private GlobalHeapCollection(Cursor all, long[] objects) {
        this.all = all;
        this.objects = objects;
    }

    /** Bytes of the head, which tells the size, in a file of these widths. */
    public static int headSize(Cursor.Origin origin) {
        return (int) aligned(8 + origin.sizeOfLengths());
    }

    /** The size of the whole collection from its head. */
    public static long parseSize(Cursor head) {
        head.signature("GCOL").version("global heap collection", 1, 1);
        long size = head.skip(3).length();
        if (size < headSize(head.origin())) {
            throw head.malformed("global heap collection of " + size + " bytes");
        }
        return size;
    }

    /**
     * Parses a collection; the cursor holds exactly its bytes. Example with lengths of 8 bytes: the head takes 16
     * bytes; an object of 5 bytes takes 16 for its head and 8 for itself, so that the next one starts at 40.
     */
    public static GlobalHeapCollection parse(Cursor all) {
        int size = all.remaining();
        int objectHead = (int) aligned(8 + all.origin().sizeOfLengths());
        all.seek(headSize(all.origin()));
        long[] objects = new long[USUAL_OBJECTS];
        while (size - all.offset() >= objectHead) {
            int start = all.offset();
            int index = all.u16();
            long length = all.skip(6).length();
            if (index == 0) {
                break;
            }
            long next = start + objectHead + aligned(Math.min(length, size));
            if (length < 0 || length > size || next > size) {
                throw all.malformed("global heap object " + index + " of " + length
                        + " bytes does not fit in its collection of " + size);
            }
            if (index >= objects.length) {
                objects = Arrays.copyOf(objects, Math.max(index + 1, Math.min(MOST_OBJECTS, 2 * objects.length)));
            }
            objects[index] = (long) (start + objectHead) << 32 | length;
            all.seek((int) next);
        }
        return new GlobalHeapCollection(all.seek(0), objects);
    }

    /**
     * The bytes of an object.
     *
     * @throws io.h5coro.error.MalformedFileException when the collection has no such object
     */
    public Cursor object(long index) {
        long place = index <= 0 || index >= objects.length ? 0 : objects[(int) index];
        if (place == 0) {
            throw all.malformed("global heap collection has no object " + index);
        }
        return all.part((int) (place >>> 32), (int) (place & 0xffffffffL));
    }

    /** Bytes of the collection. */
    public int size() {
        return all.remaining();
    }

    /** Bytes of memory that it takes. */
    public long memoryBytes() {
        return size() + (long) Long.BYTES * objects.length;
    }

    /** Rounds up to a multiple of 8. */
    private static long aligned(long size) {
        return (size + 7) / 8 * 8;
    }
}
