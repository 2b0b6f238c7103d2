// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import io.h5coro.internal.bytes.Cursor;

/**
 * Where an object's attributes are when they are not messages of its header: the attribute info message (0x15).
 *
 * <pre>version(1) flags(1) [max creation index(2) if bit 0] heap(O) name index(O)
 *     [creation order index(O) if bit 1]</pre>
 *
 * @param tracksOrder whether the order of creation is tracked
 * @param indexesOrder whether it is indexed
 * @param heapAddress fractal heap of the attributes; undefined when they are messages of the header
 * @param nameIndex B-tree of version 2 over their names
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification IV.A.2.v</a>,
 *     H5Oainfo.c
 */
public record AttributeInfo(boolean tracksOrder, boolean indexesOrder, long heapAddress, long nameIndex) {
    /**
     * Parses the body of a message. The index of the order of creation is passed over: the records of the index of
     * names hold the order, too.
     */
    public static AttributeInfo parse(Cursor c) {
        c.version("attribute info message", 0, 0);
        int flags = c.u8();
        if ((flags & ~3) != 0) {
            throw c.malformed("attribute info flags 0x" + Integer.toHexString(flags) + ", bits 2 to 7 expected clear");
        }
        boolean tracked = (flags & 1) != 0;
        boolean indexed = (flags & 2) != 0;
        c.skip(tracked ? 2 : 0);
        AttributeInfo info = new AttributeInfo(tracked, indexed, c.address(), c.address());
        c.skip(indexed ? c.origin().sizeOfOffsets() : 0);
        return info;
    }
}
