// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format;

import io.h5coro.internal.bytes.Cursor;

/**
 * A message of an object header, not decoded.
 *
 * <p>Flags:
 *
 * <pre>
 *  bit 0 constant                                  bit 4 unknown to a writer: set bit 5
 *  bit 1 shared: the body is a reference           bit 5 a writer did not know it, and changed the object
 *  bit 2 never to be shared                        bit 6 may be shared
 *  bit 3 unknown to a writer: fail                 bit 7 unknown to anyone: fail
 * </pre>
 *
 * @param type its type code
 * @param flags its flag bits
 * @param creationIndex its place in the order of creation, or -1 where the header does not track it
 * @param body its bytes; take {@link #cursor()} to read them, so that a message can be read twice
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification IV.A.1</a>, H5Opkg.h
 */
public record RawMessage(int type, int flags, int creationIndex, Cursor body) {
    private static final int WAS_UNKNOWN = 0x20;

    /** Dataspace. */
    public static final int DATASPACE = 0x01;
    /** Link info. */
    public static final int LINK_INFO = 0x02;
    /** Datatype. */
    public static final int DATATYPE = 0x03;
    /** Fill value of old files. */
    public static final int FILL_OLD = 0x04;
    /** Fill value. */
    public static final int FILL = 0x05;
    /** Link. */
    public static final int LINK = 0x06;
    /** External data files. */
    public static final int EXTERNAL_FILES = 0x07;
    /** Data layout. */
    public static final int LAYOUT = 0x08;
    /** Group info. */
    public static final int GROUP_INFO = 0x0a;
    /** Filter pipeline. */
    public static final int FILTERS = 0x0b;
    /** Attribute. */
    public static final int ATTRIBUTE = 0x0c;
    /** Object comment. */
    public static final int COMMENT = 0x0d;
    /** Modification time of old files. */
    public static final int MODIFIED_OLD = 0x0e;
    /** Shared message table. */
    public static final int SHARED_TABLE = 0x0f;
    /** Continuation. */
    public static final int CONTINUATION = 0x10;
    /** Symbol table. */
    public static final int SYMBOL_TABLE = 0x11;
    /** Modification time. */
    public static final int MODIFIED = 0x12;
    /** B-tree K values. */
    public static final int BTREE_K = 0x13;
    /** Driver info. */
    public static final int DRIVER_INFO = 0x14;
    /** Attribute info. */
    public static final int ATTRIBUTE_INFO = 0x15;
    /** Object reference count. */
    public static final int REFERENCE_COUNT = 0x16;
    /** File space info. */
    public static final int FILE_SPACE = 0x17;
    /** Metadata cache image. */
    public static final int CACHE_IMAGE = 0x18;

    /** First type code that the format does not define. */
    private static final int KNOWN_TYPES = 0x19;

    /** A type below that which libhdf5 knows only when it was built for a test of its own. */
    private static final int BOGUS = 0x09;

    private static final int SHARED = 0x02;
    private static final int NEVER_SHARED = 0x04;
    private static final int FAIL_IN_WRITING = 0x08;
    private static final int MARK = 0x10;
    private static final int FAIL_ALWAYS = 0x80;

    /** Whether the body is a reference to the message, which stands elsewhere. */
    public boolean isShared() {
        return (flags & SHARED) != 0;
    }

    /**
     * Whether the type is unknown and the writer demands that such a reader does not touch the object (flag bit 7). Bit
     * 3 demands it only of those who open the file for writing (H5Ocache.c).
     */
    public boolean forbidsReading() {
        return (type >= KNOWN_TYPES || type == BOGUS) && (flags & FAIL_ALWAYS) != 0;
    }

    /** Whether flags contradict each other; libhdf5 refuses the header then (H5Ocache.c). */
    boolean contradicts() {
        boolean shared = isShared() && (flags & NEVER_SHARED) != 0;
        return shared || wasUnknown() && ((flags & MARK) == 0 || (flags & FAIL_IN_WRITING) != 0);
    }

    /**
     * A new cursor over the body. It starts at the first byte of the body whatever was read of other cursors;
     * {@link #body()} itself would move.
     */
    public Cursor cursor() {
        return body.copy();
    }

    /**
     * Whether a writer that did not know the type changed the file since (flag bit 5), so that what it says may be
     * stale. libhdf5 ignores a file space info message then (H5Fsuper.c).
     */
    public boolean wasUnknown() {
        return (flags & WAS_UNKNOWN) != 0;
    }
}
