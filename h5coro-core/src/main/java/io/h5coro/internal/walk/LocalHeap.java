// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.model.StoredText;
import io.h5coro.storage.ByteRange;

/**
 * The names of an old-style group: a header, and one run of NUL-terminated texts.
 *
 * <pre>HEAP(4) version(1) 0(3) data size(L) free list(L) data address(O)</pre>
 *
 * <p>Confined to one task.
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification III.D</a>,
 *     H5HLcache.c
 */
final class LocalHeap {
    /** Invariant: never moved, so that names can be read in any order; every read takes a copy of it. */
    private final Cursor data;

    private LocalHeap(Cursor data) {
        this.data = data;
    }

    /**
     * Finds out where the texts of a heap are.
     *
     * @param address of the head, relative to the base address
     * @return its data, which may be empty
     * @throws io.h5coro.error.MalformedFileException when head or data do not lie in the file
     */
    static ByteRange locate(FileSpace file, long address) {
        Cursor.Origin origin = file.origin();
        Cursor c = file.read(address, headBytes(origin), "local heap");
        c.signature("HEAP");
        c.version("local heap", 0, 0);
        c.skip(3);
        long size = c.length();
        c.length();
        long start = c.address();
        return size == 0 ? new ByteRange(address, 0) : file.range(start, size, "local heap data");
    }

    /** Length of a heap's head. */
    static int headBytes(Cursor.Origin origin) {
        return 8 + 2 * origin.sizeOfLengths() + origin.sizeOfOffsets();
    }

    /** Reads the texts of a heap. */
    static LocalHeap read(FileSpace file, ByteRange data) {
        return new LocalHeap(
                data.length() == 0
                        ? Cursor.of(new byte[0], file.origin(), file.base() + data.offset())
                        : file.read(data.offset(), data.length(), "local heap data"));
    }

    /** Reads a heap whole. */
    static LocalHeap read(FileSpace file, long address) {
        return read(file, locate(file, address));
    }

    /**
     * The text at an offset of the heap's data.
     *
     * @throws io.h5coro.error.MalformedFileException when the offset is outside of the data, or no NUL ends the name
     */
    StoredText text(long offset) {
        if (offset < 0 || offset >= data.remaining() + data.offset()) {
            throw data.copy().malformed("name at offset " + offset + " of a local heap");
        }
        return data.copy().seek((int) offset).storedNulTerminated();
    }
}
