// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.node;

import io.h5coro.internal.bytes.Cursor;

/**
 * An indirect block of a fractal heap: addresses of the blocks of its rows. Immutable.
 *
 * <pre>
 * "FHIB" | version 0 | heap address (O) | offset in heap | entries, row by row | checksum u32
 * entry: address (O); for direct blocks of a filtered heap also stored size (L) and mask u32
 * </pre>
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification III.G</a>,
 *     H5HFcache.c
 */
public final class FractalHeapIndirectBlock {
    /**
     * Row by row, as many in each as the header says. No longer than the block has bytes for: one that claims more is
     * malformed before the array ends.
     */
    private final Entry[] entries;

    /**
     * Points at a block.
     *
     * @param address the block; undefined when it does not exist
     * @param storedSize stored bytes of a filtered direct block, else undefined
     * @param filterMask filters that were skipped
     */
    public record Entry(long address, long storedSize, int filterMask) {}

    private FractalHeapIndirectBlock(Entry[] entries) {
        this.entries = entries;
    }

    /**
     * Bytes of a block of so many rows. Direct entries of a filtered heap are longer: address, stored size and mask;
     * those of indirect blocks are addresses only.
     *
     * @param rows rows that the parent's entry, or the header for the root, gives the block
     */
    public static long size(FractalHeapHeader header, int rows, Cursor.Origin origin) {
        long direct = (long) Math.min(rows, header.directRows()) * header.width();
        long indirect = (long) rows * header.width() - direct;
        long directEntry = (long) origin.sizeOfOffsets() + (header.filtered() ? origin.sizeOfLengths() + 4 : 0);
        return 9L
                + origin.sizeOfOffsets()
                + header.offsetWidth()
                + direct * directEntry
                + indirect * origin.sizeOfOffsets();
    }

    /** Parses a block; the cursor stands at its start. */
    public static FractalHeapIndirectBlock parse(
            Cursor at, FractalHeapHeader header, int rows, long offset, boolean verify) {
        at.signature("FHIB").version("fractal heap indirect block", 0, 0);
        checkOwner(at, header, offset);
        int direct = Math.min(rows, header.directRows()) * header.width();
        int count = rows * header.width();
        Entry[] entries = new Entry[Math.min(count, at.remaining() / at.origin().sizeOfOffsets() + 1)];
        for (int i = 0; i < count; i++) {
            boolean filtered = i < direct && header.filtered();
            long address = at.address();
            entries[i] = new Entry(address, filtered ? at.length() : Cursor.UNDEFINED, filtered ? at.i32() : 0);
        }
        at.checksum(verify, "fractal heap indirect block");
        return new FractalHeapIndirectBlock(entries);
    }

    /**
     * Reads what all blocks of a heap start with and compares. Direct and indirect blocks share it: heap address, then
     * the block's offset in the heap.
     *
     * @param offset where the block's address space starts in the heap
     */
    static void checkOwner(Cursor at, FractalHeapHeader header, long offset) {
        long owner = at.address();
        if (owner != header.address()) {
            throw at.malformed("block belongs to the fractal heap at 0x" + Long.toHexString(owner) + ", expected 0x"
                    + Long.toHexString(header.address()));
        }
        long found = at.unsigned(header.offsetWidth());
        if (found != offset) {
            throw at.malformed("fractal heap block of offset " + found + ", expected " + offset);
        }
    }

    /** How many entries it has. */
    public int entries() {
        return entries.length;
    }

    /** An entry, row by row. */
    public Entry entry(int index) {
        return entries[index];
    }
}
