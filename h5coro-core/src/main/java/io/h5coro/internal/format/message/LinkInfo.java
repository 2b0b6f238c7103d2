// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import io.h5coro.internal.bytes.Cursor;

/**
 * Where a new-style group's links are: the link info message (0x02).
 *
 * <pre>version(1) flags(1) [max creation index(8) if bit 0] heap(O) name index(O)
 *     [creation order index(O) if bit 1]</pre>
 *
 * @param tracksOrder whether the order of creation is tracked
 * @param indexesOrder whether it is indexed
 * @param heapAddress fractal heap of the links; undefined when they are messages of the header
 * @param nameIndex B-tree of version 2 over their names
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification IV.A.2.c</a>,
 *     H5Olinfo.c
 */
public record LinkInfo(boolean tracksOrder, boolean indexesOrder, long heapAddress, long nameIndex) {
    /**
     * Parses the body of a message. The index of the order of creation is passed over: each link holds its order
     * itself.
     */
    public static LinkInfo parse(Cursor c) {
        c.version("link info message", 0, 0);
        int flags = c.u8();
        if ((flags & ~3) != 0) {
            throw c.malformed("link info flags 0x" + Integer.toHexString(flags) + ", bits 2 to 7 expected clear");
        }
        boolean tracked = (flags & 1) != 0;
        if (tracked && c.i64() < 0) {
            throw c.malformed("greatest creation index of links is above 2^63 - 1");
        }
        boolean indexed = (flags & 2) != 0;
        LinkInfo info = new LinkInfo(tracked, indexed, c.address(), c.address());
        c.skip(indexed ? c.origin().sizeOfOffsets() : 0);
        return info;
    }
}
