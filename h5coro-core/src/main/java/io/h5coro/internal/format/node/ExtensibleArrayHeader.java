// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.node;

import io.h5coro.internal.bytes.Cursor;

/**
 * The head of an extensible array, with its geometry.
 *
 * <pre>
 * "EAHD" | version 0 | client u8 | element size u8 | max bits u8 | elements in index block u8
 * | least elements of a data block u8 | least data blocks of a super block u8 | page bits u8
 * | 6 statistics (L), the fifth of them the highest index set + 1 | index block (O) | checksum u32
 * </pre>
 *
 * <p>The first elements stand in the index block. All others are numbered from there on: super block u has 2^(u/2) data
 * blocks of {@code least * 2^((u+1)/2)} elements, so it starts at element {@code least * (2^u - 1)}. The data blocks of
 * the first {@code 2 * log2(leastBlocks)} super blocks are pointed at by the index block itself. Example with the
 * library's values (4 elements in the index block, least 16, 4 data blocks): element 100 is number 96 behind the index
 * block; 96 / 16 + 1 = 7, so super block 2, which starts at 48 and has two data blocks of 32; it is element 16 of the
 * second, which is the fourth address in the index block (super blocks 0 and 1 have one data block each).
 *
 * <p>A data block of more than 2^pageBits elements is divided into pages.
 *
 * @param address its own address, which its blocks repeat
 * @param client 0: plain chunks, 1: filtered chunks
 * @param elementSize bytes of an element
 * @param maxBits log2 of the most elements
 * @param indexElements elements in the index block
 * @param leastElements elements of the smallest data block, a power of two
 * @param leastBlocks data blocks from which on super blocks exist, a power of two
 * @param pageBits log2 of the elements of a page
 * @param elements highest index that was set, plus 1
 * @param indexBlock index block; undefined when nothing was written
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification VII.D</a>,
 *     H5EAhdr.c, H5EApkg.h, H5EA.c
 */
public record ExtensibleArrayHeader(
        long address,
        int client,
        int elementSize,
        int maxBits,
        int indexElements,
        int leastElements,
        int leastBlocks,
        int pageBits,
        long elements,
        long indexBlock) {
    /*
     * With the library's values (32 max bits, least 16 elements, least 4 data blocks) there are 1 + 32 - 4 = 29 super
     * blocks, of which the first 4 have no block of their own: their 1 + 1 + 2 + 2 = 6 data blocks are pointed at by
     * the index block, which has 25 addresses of super blocks.
     *
     * With 10 page bits super block 13 is the first with pages: 64 data blocks of 16 * 2^7 = 2048 elements, 2 pages
     * each. Its page bits take 64 * 1 bytes, because each data block's two bits are rounded up to a byte, but stand in
     * the first 128 bits of them.
     *
     *      u   first element   data blocks   elements of each
     *      0               0             1                 16
     *      1              16             1                 32
     *      2              48             2                 32
     *      3             112             2                 64
     *      4             240             4                 64
     *
     * (First elements count from behind the index block.)
     */

    /** Keeps {@link #pageStride()} far from an overflow: 2^30 elements of at most 255 bytes. */
    private static final int MOST_PAGE_BITS = 30;

    /** libhdf5 uses 32; below 63 so that element numbers do not overflow. */
    private static final int MOST_BITS = 60;

    /** Bytes of the head in a file of these widths. */
    public static int size(Cursor.Origin origin) {
        return 16 + 6 * origin.sizeOfLengths() + origin.sizeOfOffsets();
    }

    /** Parses the head; the cursor stands at its start. */
    public static ExtensibleArrayHeader parse(Cursor at, long address, boolean verify) {
        at.signature("EAHD").version("extensible array header", 0, 0);
        int client = ElementLayout.client(at);
        int elementSize = at.u8();
        int maxBits = at.u8();
        int indexElements = at.u8();
        int leastElements = at.u8();
        int leastBlocks = at.u8();
        int pageBits = at.u8();
        at.skip(4 * at.origin().sizeOfLengths());
        long elements = at.length();
        at.length();
        long indexBlock = at.address();
        at.checksum(verify, "extensible array header");
        ExtensibleArrayHeader header = new ExtensibleArrayHeader(
                address,
                client,
                elementSize,
                maxBits,
                indexElements,
                leastElements,
                leastBlocks,
                pageBits,
                elements,
                indexBlock);
        if (!header.consistent()) {
            throw at.malformed("extensible array of " + elements + " elements with " + maxBits + " bits, "
                    + leastElements + " elements and " + leastBlocks + " data blocks at least, " + pageBits
                    + " page bits");
        }
        return header;
    }

    /**
     * Whether the header keeps what the arithmetic below relies on: powers of two where shifts stand for divisions, and
     * element numbers below 2^63.
     */
    private boolean consistent() {
        return elements >= 0
                && maxBits <= MOST_BITS
                && Integer.bitCount(leastElements) == 1
                && Integer.bitCount(leastBlocks) == 1
                && pageBits <= MOST_PAGE_BITS
                && superBlocks() >= directSuperBlocks()
                && elements <= indexElements + (1L << maxBits);
    }

    private static int log2(long value) {
        return 63 - Long.numberOfLeadingZeros(value);
    }

    private int superBlocks() {
        return 1 + maxBits - log2(leastElements);
    }

    /** Super blocks whose data blocks the index block points at. */
    public int directSuperBlocks() {
        return 2 * log2(leastBlocks);
    }

    /** Addresses of data blocks in the index block. */
    public int directBlocks() {
        return 2 * (leastBlocks - 1);
    }

    /** Addresses of super blocks in the index block. */
    public int superBlockAddresses() {
        return superBlocks() - directSuperBlocks();
    }

    /**
     * The super block of an element that is not in the index block.
     *
     * @param element its number in the array, not below {@link #indexElements()}
     */
    public int superBlockOf(long element) {
        return log2((element - indexElements) / leastElements + 1);
    }

    /** The first element of a super block. */
    public long firstElement(int superBlock) {
        return indexElements + leastElements * ((1L << superBlock) - 1);
    }

    /** Data blocks of a super block. */
    public long blocks(int superBlock) {
        return 1L << (superBlock / 2);
    }

    /** Elements of each data block of a super block. */
    public long blockElements(int superBlock) {
        return (long) leastElements << ((superBlock + 1) / 2);
    }

    /**
     * Data blocks of all super blocks before. Example: before super block 5 there are 1 + 1 + 2 + 2 + 4 = 10.
     *
     * @return an index into the data block addresses of the index block, for the first {@link #directSuperBlocks()}
     *     only
     */
    public long blocksBefore(int superBlock) {
        long pairs = (1L << (superBlock / 2)) - 1;
        return 2 * pairs + (superBlock % 2 == 0 ? 0 : blocks(superBlock));
    }

    /** Elements of a page. */
    public long pageElements() {
        return 1L << pageBits;
    }

    /** Pages of each data block of a super block; 0 when it has none. */
    public long pages(int superBlock) {
        return blockElements(superBlock) > pageElements() ? blockElements(superBlock) >> pageBits : 0;
    }

    /**
     * Bytes from one page to the next. All pages of a data block have the same size, the elements that were never set
     * included.
     */
    public long pageStride() {
        return pageElements() * elementSize + 4;
    }

    /** Bytes of an element number. */
    public int offsetWidth() {
        return (maxBits + 7) / 8;
    }

    /** Bytes of a data block in front of its elements; with pages, a checksum follows them. */
    public int blockPrefix(Cursor.Origin origin) {
        return 6 + origin.sizeOfOffsets() + offsetWidth();
    }

    /** Bytes of the index block. */
    public long indexBlockSize(Cursor.Origin origin) {
        long addresses = (long) directBlocks() + superBlockAddresses();
        return 10L + origin.sizeOfOffsets() + (long) indexElements * elementSize + addresses * origin.sizeOfOffsets();
    }

    /** Bytes of a super block. */
    public long superBlockSize(int superBlock, Cursor.Origin origin) {
        return blockPrefix(origin) + pageBitBytes(superBlock) + blocks(superBlock) * origin.sizeOfOffsets() + 4;
    }

    /** Bytes of the page bits in a super block. */
    long pageBitBytes(int superBlock) {
        return blocks(superBlock) * ((pages(superBlock) + 7) / 8);
    }

    /**
     * Passes over what a data block starts with. The element number that stands there is not always that of the block.
     */
    public void checkBlock(Cursor at) {
        ElementLayout.checkPrefix(at, "EADB", "extensible array data block", client, address);
        at.skip(offsetWidth());
    }
}
