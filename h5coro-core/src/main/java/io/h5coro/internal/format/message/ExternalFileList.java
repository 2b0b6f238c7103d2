// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import io.h5coro.internal.bytes.Cursor;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that hold a dataset's raw data: the external data files message (0x07).
 *
 * <pre>version 1(1) 0(3) allocated slots(2) used slots(2) name heap(O)   slot: name offset(L) file offset(L)
 *     size(L)</pre>
 *
 * @param heapAddress local heap of the names
 * @param slots the pieces, one behind the other
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification IV.A.2.h</a>,
 *     H5Oefl.c
 */
public record ExternalFileList(long heapAddress, List<Slot> slots) {
    /**
     * One piece of the raw data.
     *
     * @param nameOffset heap offset of the file's name
     * @param fileOffset first byte in that file
     * @param size its bytes; {@link Cursor#UNDEFINED} when unlimited
     */
    public record Slot(long nameOffset, long fileOffset, long size) {}

    /** Parses the body of a message. Slots that are allocated but not used stay unread. */
    public static ExternalFileList parse(Cursor c) {
        c.version("external data files message", 1, 1);
        c.skip(3);
        int allocated = c.u16();
        int used = c.u16();
        if (used > allocated) {
            throw c.malformed("external file list with " + used + " of " + allocated + " slots used");
        }
        long heap = c.address();
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < used; i++) {
            slots.add(new Slot(c.length(), c.length(), c.length()));
        }
        return new ExternalFileList(heap, slots);
    }
}
