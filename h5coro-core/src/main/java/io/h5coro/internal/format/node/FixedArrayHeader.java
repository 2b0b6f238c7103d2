// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.node;

import io.h5coro.internal.bytes.Cursor;

/**
 * The head of a fixed array, with the geometry of its data block.
 *
 * <pre>
 * "FAHD" | version 0 | client u8 | element size u8 | page bits u8 | elements (L) | data block (O) | checksum u32
 * </pre>
 *
 * <p>The data block is {@code "FADB" | version 0 | client u8 | header address (O)}, then
 * <ul>
 *   <li>up to 2^pageBits elements: the elements and a checksum of all;
 *   <li>more: a bit for each page, most significant first, and a checksum of that; then the pages, each of 2^pageBits
 *       elements (the last of what is left) and a checksum. A page whose bit is 0 was never written, but keeps its
 *       place.
 * </ul>
 *
 * @param address its own address, which the data block repeats
 * @param client 0: plain chunks, 1: filtered chunks
 * @param elementSize bytes of an element
 * @param pageBits log2 of the elements of a page
 * @param elements number of elements
 * @param blockAddress data block; undefined when nothing was written
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification VII.C</a>,
 *     H5FAcache.c, H5FAdblock.c
 */
public record FixedArrayHeader(
        long address, int client, int elementSize, int pageBits, long elements, long blockAddress) {
    /*
     * Example with addresses of 8 bytes: 3000 plain chunks and 10 page bits make pages of 1024 elements, so 3 pages,
     * the last of 952 elements. The prefix has 6 + 8 bytes, one byte of page bits and a checksum: 19 bytes. A page
     * takes 1024 * 8 + 4 = 8196 bytes, so element 2500 is number 452 of page 2 and stands 19 + 2 * 8196 + 452 * 8 bytes
     * behind the start of the data block. Bit 0x20 of the one byte of page bits says whether that page was written.
     */

    /** Keeps {@link #pageStride()} far from an overflow: 2^30 elements of at most 255 bytes. */
    private static final int MOST_PAGE_BITS = 30;

    /** Bytes of the head in a file of these widths. */
    public static int size(Cursor.Origin origin) {
        return 12 + origin.sizeOfLengths() + origin.sizeOfOffsets();
    }

    /** Parses the head; the cursor stands at its start. */
    public static FixedArrayHeader parse(Cursor at, long address, boolean verify) {
        at.signature("FAHD").version("fixed array header", 0, 0);
        int client = ElementLayout.client(at);
        int elementSize = at.u8();
        int pageBits = at.u8();
        long elements = at.length();
        long block = at.address();
        at.checksum(verify, "fixed array header");
        if (pageBits > MOST_PAGE_BITS || elements < 0) {
            throw at.malformed("fixed array of " + elements + " elements with " + pageBits + " page bits");
        }
        return new FixedArrayHeader(address, client, elementSize, pageBits, elements, block);
    }

    /** Whether the data block is divided into pages. */
    public boolean paged() {
        return elements > pageElements();
    }

    /** Elements of a page. */
    public long pageElements() {
        return 1L << pageBits;
    }

    /** Number of pages; 0 when there are none. */
    public long pages() {
        return paged() ? ((elements - 1) >> pageBits) + 1 : 0;
    }

    /** Bytes of the data block in front of the elements, or of the pages with the checksum that precedes them. */
    public long prefixSize(Cursor.Origin origin) {
        return 6L + origin.sizeOfOffsets() + (paged() ? (pages() + 7) / 8 + 4 : 0);
    }

    /** Bytes from one page to the next. The last page is shorter than that when its elements are fewer. */
    public long pageStride() {
        return pageElements() * elementSize + 4;
    }

    /** Passes over what a data block starts with. */
    public void checkBlock(Cursor at) {
        ElementLayout.checkPrefix(at, "FADB", "fixed array data block", client, address);
    }

    /**
     * Parses the bits of the pages; the cursor holds the prefix with its checksum.
     *
     * @return a copy of the bits: page p is bit {@code 0x80 >> (p & 7)} of byte {@code p >> 3}
     */
    public byte[] parsePageBits(Cursor at, boolean verify) {
        checkBlock(at);
        byte[] bits = at.bytes(Math.toIntExact((pages() + 7) / 8));
        at.checksum(verify, "fixed array data block");
        return bits;
    }
}
