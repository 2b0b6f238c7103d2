// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format;

import io.h5coro.internal.bytes.Cursor;

/**
 * The start of an object header.
 *
 * <pre>
 * version 1: version(1) 0(1) messages(2) references(4) chunk 0 size(4) 0(4)
 * version 2: OHDR(4) version(1) flags(1) [times(16) if bit 5] [phase change(4) if bit 4] chunk 0 size(1 &lt;&lt; (flags
 *            &amp; 3))
 * </pre>
 *
 * <p>Flags of version 2:
 *
 * <pre>
 *  bits 0-1  log2 of the bytes of the chunk size      bit 2  messages carry a creation index
 *  bit 3     creation indexes of attributes are indexed
 *  bit 4     phase change values follow               bit 5  access, modification, change and birth time follow
 * </pre>
 *
 * <p>Example: {@code OHDR 02 20 <16 bytes of times> 7b} has flags 0x20, so chunk 0's size is one byte, 123; its
 * messages start at byte 23 and their checksum at 146.
 *
 * @param version 1 or 2
 * @param flags flag bits; 0 for version 1
 * @param messageCount messages of all chunks; -1 for version 2, which does not say
 * @param referenceCount hard links to the object; 1 unless the header says otherwise
 * @param modified modification time in seconds since 1970; -1 when not stored here
 * @param maxCompactAttributes more attributes than this are stored densely; -1 when not stored
 * @param minDenseAttributes fewer attributes than this are stored compactly; -1 when not stored
 * @param size bytes of the prefix
 * @param chunkSize bytes of the messages of chunk 0 (without the checksum that follows in version 2)
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification IV.A.1</a>,
 *     H5Ocache.c
 */
public record ObjectHeaderPrefix(
        int version,
        int flags,
        int messageCount,
        long referenceCount,
        long modified,
        int maxCompactAttributes,
        int minDenseAttributes,
        int size,
        long chunkSize) {
    /** Bytes that hold every prefix. Version 2 with everything: 4 + 1 + 1 + 16 + 4 + 8. */
    public static final int MAX_BYTES = 34;

    private static final int CREATION_INDEXES = 0x04;

    /**
     * Parses a prefix. The cursor ends at the first message of chunk 0. The checksum of version 2 covers those messages
     * too, so that it is not checked here.
     */
    public static ObjectHeaderPrefix parse(Cursor c) {
        return c.startsWith("OHDR") ? parseV2(c) : parseV1(c);
    }

    /** Whether messages carry their creation index. */
    public boolean tracksCreationIndexes() {
        return (flags & CREATION_INDEXES) != 0;
    }

    /** Parses version 1, which has no signature: any other first byte means that no header stands here. */
    private static ObjectHeaderPrefix parseV1(Cursor c) {
        int version = c.u8();
        if (version != 1) {
            throw c.seek(0)
                    .malformed("object header starts with byte 0x" + Integer.toHexString(version)
                            + ", expected version 1 or the signature 'OHDR'");
        }
        c.skip(1);
        int messages = c.u16();
        long references = c.u32();
        long size = c.u32();
        c.skip(4);
        return new ObjectHeaderPrefix(1, 0, messages, references, -1, -1, -1, c.offset(), size);
    }

    private static ObjectHeaderPrefix parseV2(Cursor c) {
        c.signature("OHDR");
        c.version("object header", 2, 2);
        int flags = c.u8();
        if ((flags & 0xc0) != 0) {
            throw c.malformed("object header flags 0x" + Integer.toHexString(flags) + ", bits 6 and 7 expected clear");
        }
        long modified = -1;
        if ((flags & 0x20) != 0) {
            c.skip(4);
            modified = c.u32();
            c.skip(8);
        }
        int maxCompact = -1;
        int minDense = -1;
        if ((flags & 0x10) != 0) {
            maxCompact = c.u16();
            minDense = c.u16();
        }
        long size = c.unsigned(1 << (flags & 3));
        if (size < 0) {
            throw c.malformed("object header chunk size is above 2^63 - 1");
        }
        return new ObjectHeaderPrefix(2, flags, -1, 1, modified, maxCompact, minDense, c.offset(), size);
    }
}
