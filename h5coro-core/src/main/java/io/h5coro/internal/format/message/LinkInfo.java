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
    /** Parses the body of a message. */
    public static LinkInfo parse(Cursor c) {
        c.version("link info message", 0, 0);
        int flags = c.u8();
        if ((flags & 0x01) != 0) {
            c.skip(8);
        }
        return new LinkInfo((flags & 1) != 0, (flags & 2) != 0, c.address(), c.address());
    }
}
