// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import io.h5coro.internal.bytes.Cursor;

/**
 * Where a shared message stands.
 *
 * <pre>
 * version 1: version(1) type(1) 0(6) local heap address(L, ignored) header(O)
 * version 2: version(1) type(1) header(O)
 * version 3: version(1) type(1)   type 1: heap ID(8)   type 2: header(O)
 * </pre>
 *
 * @param heapId its identifier in the file's heap of shared messages; empty when it stands in an object header
 * @param headerAddress the object header that holds it; undefined when it is in the heap
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification IV.A.2 "Shared
 *     Message"</a>, H5Oshared.c
 */
@SuppressWarnings("ArrayRecordComponent") // handed over by the parser, never changed
public record SharedReference(byte[] heapId, long headerAddress) {
    /** Type of version 3: the message is in the heap of shared messages. */
    private static final int IN_HEAP = 1;

    /** Type of version 3: the message is in another object's header, that of a committed datatype. */
    private static final int COMMITTED = 2;

    /**
     * Parses the body of a message whose shared flag is set. The type counts in version 3 only: in versions 1 and 2 the
     * message always stands in a header.
     */
    public static SharedReference parse(Cursor c) {
        int version = c.version("shared message", 1, 3);
        int type = c.u8();
        if (version == 1) {
            c.skip(6);
            c.length();
        } else if (version == 3 && type == IN_HEAP) {
            return new SharedReference(c.bytes(8), Cursor.UNDEFINED);
        } else if (version == 3 && type != COMMITTED) {
            throw c.malformed("shared message of type " + type + ", expected 1 or 2");
        }
        return new SharedReference(new byte[0], c.address());
    }

    /** Whether the message is in the heap of shared messages. */
    public boolean inHeap() {
        return heapId.length > 0;
    }
}
