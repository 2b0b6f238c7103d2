// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.node;

import io.h5coro.internal.bytes.Cursor;

/**
 * The two kinds of block in which an extensible array keeps addresses.
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification VII.D</a>,
 *     H5EAcache.c, H5EAiblock.c, H5EAsblock.c
 */
public final class ExtensibleArrayBlocks {
    private ExtensibleArrayBlocks() {}

    /**
     * The index block.
     *
     * <pre>
     * "EAIB" | version 0 | client u8 | header address (O) | elements | data blocks (O each) | super blocks (O each)
     * | checksum u32
     * </pre>
     *
     * @param elements the first elements of the array; shared, to be read through {@link Cursor#part}
     * @param dataBlocks addresses of data blocks, undefined where there is none
     * @param superBlocks likewise
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over by the parser, never changed
    public record IndexBlock(Cursor elements, long[] dataBlocks, long[] superBlocks) {
        /** Parses the block; the cursor stands at its start. */
        public static IndexBlock parse(Cursor at, ExtensibleArrayHeader header, boolean verify) {
            ElementLayout.checkPrefix(at, "EAIB", "extensible array index block", header.client(), header.address());
            Cursor elements = at.slice(header.indexElements() * header.elementSize());
            long[] dataBlocks = addresses(at, header.directBlocks());
            long[] superBlocks = addresses(at, header.superBlockAddresses());
            at.checksum(verify, "extensible array index block");
            return new IndexBlock(elements, dataBlocks, superBlocks);
        }
    }

    /**
     * A super block.
     *
     * <pre>
     * "EASB" | version 0 | client u8 | header address (O) | element number | page bits | data blocks (O each)
     * | checksum u32
     * </pre>
     *
     * The page bits are one stream over all data blocks, most significant bit first; only the number of their bytes is
     * rounded up for each data block (H5EA.c).
     *
     * @param pageBits empty when its data blocks have no pages
     * @param dataBlocks addresses of data blocks, undefined where there is none
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over by the parser, never changed
    public record SuperBlock(byte[] pageBits, long[] dataBlocks) {
        /** Parses a block; the cursor stands at its start and holds all of it. */
        public static SuperBlock parse(Cursor at, ExtensibleArrayHeader header, int superBlock, boolean verify) {
            ElementLayout.checkPrefix(at, "EASB", "extensible array super block", header.client(), header.address());
            at.skip(header.offsetWidth());
            byte[] pageBits = at.bytes(Math.toIntExact(header.pageBitBytes(superBlock)));
            long[] dataBlocks = addresses(at, Math.toIntExact(header.blocks(superBlock)));
            at.checksum(verify, "extensible array super block");
            return new SuperBlock(pageBits, dataBlocks);
        }

        /** Whether a page was written; pages are numbered through all data blocks of the super block. */
        public boolean pageWritten(long page) {
            return (pageBits[(int) (page >> 3)] & (0x80 >> (page & 7))) != 0;
        }
    }

    /** Reads addresses; their number is checked against the bytes left before the array is made. */
    private static long[] addresses(Cursor at, int count) {
        if (count > at.remaining() / at.origin().sizeOfOffsets()) {
            throw at.malformed(count + " addresses do not fit in " + at.remaining() + " bytes");
        }
        long[] addresses = new long[count];
        for (int i = 0; i < count; i++) {
            addresses[i] = at.address();
        }
        return addresses;
    }
}
