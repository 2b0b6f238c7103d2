// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.node;

import io.h5coro.internal.bytes.Cursor;

/**
 * The head of a fractal heap, with the arithmetic of its doubling table.
 *
 * <pre>
 * "FRHP" | version 0 | id length u16 | filter length u16 | flags u8 | largest managed object u32
 * | next huge id (L) | huge B-tree (O) | free space (L) | free space manager (O) | 8 statistics (L)
 * | table width u16 | starting block size (L) | largest direct block (L) | heap bits u16 | starting rows u16
 * | root block (O) | rows of root u16 | with filters: root's stored size (L), root's mask u32, filter message
 * | checksum u32
 * </pre>
 *
 * <p>Rows 0 and 1 have blocks of the starting size, each further row blocks of twice the size. Example: width 4, start
 * 512, largest direct 65536, so blocks of rows 0, 1, 2, 3 have 512, 512, 1024, 2048 bytes and rows up to log2(65536) -
 * log2(512) + 1 = 8 are direct blocks. Offset 5000 lies in row 2 (rows 0 and 1 end at 4096), column 0.
 *
 * @param address its own address, which its blocks repeat
 * @param idLength bytes of a heap id
 * @param checksumBlocks whether direct blocks have a checksum
 * @param largestManaged largest managed object
 * @param hugeTreeAddress B-tree of huge objects
 * @param width blocks of a row
 * @param startBlockSize bytes of the blocks of rows 0 and 1
 * @param largestDirect bytes of the largest direct block
 * @param heapBits log2 of the heap's address space
 * @param rootAddress root block
 * @param rootRows rows of the root indirect block; 0 when the root is a direct block
 * @param filters filter pipeline message, or empty
 * @param rootStoredSize stored bytes of a filtered direct root block
 * @param rootFilterMask filters that were skipped for it
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification III.G</a>,
 *     H5HFcache.c, H5HFdtable.c
 */
@SuppressWarnings("ArrayRecordComponent") // handed over by the parser, never changed
public record FractalHeapHeader(
        long address,
        int idLength,
        boolean checksumBlocks,
        long largestManaged,
        long hugeTreeAddress,
        int width,
        long startBlockSize,
        long largestDirect,
        int heapBits,
        long rootAddress,
        int rootRows,
        byte[] filters,
        long rootStoredSize,
        int rootFilterMask) {
    /*
     * An id of a managed object is a flag byte, the offset and the length. With 32 heap bits the offset has 4 bytes;
     * with direct blocks of at most 64 KiB and managed objects of at most 4096 bytes the length has 2: the 7 bytes of a
     * link's id. Attributes use 40 heap bits and so 8 bytes.
     *
     * Continuing the example of width 4 and starting size 512: 9 + 2 = 11 bits span row 0. Offset 5000 has its highest
     * bit at 12, so it lies in row 12 - 11 + 1 = 2, which starts at 2048 << 1 = 4096. Row 9 is the first of indirect
     * blocks: each spans 131072 bytes and so has 17 - 11 + 1 = 7 rows of its own.
     */

    /** Offsets in the heap stay below 2^63, so that they are never negative. */
    private static final int MOST_HEAP_BITS = 63;

    /** Bytes of the head without a filter message, and where its length stands. */
    public static int size(Cursor.Origin origin) {
        return 26 + 12 * origin.sizeOfLengths() + 3 * origin.sizeOfOffsets();
    }

    /** Bytes of the head with a filter message. */
    public static long fullSize(Cursor prefix) {
        prefix.signature("FRHP").version("fractal heap", 0, 0);
        int filterLength = prefix.skip(2).u16();
        int plain = size(prefix.origin());
        prefix.seek(0);
        return filterLength == 0 ? plain : plain + prefix.origin().sizeOfLengths() + 4L + filterLength;
    }

    /**
     * Parses the head; the cursor stands at its start and holds {@link #fullSize} bytes.
     *
     * @param address its address, as the blocks will repeat it
     */
    public static FractalHeapHeader parse(Cursor at, long address, boolean verify) {
        at.signature("FRHP").version("fractal heap", 0, 0);
        int idLength = at.u16();
        int filterLength = at.u16();
        boolean checksumBlocks = (at.u8() & 2) != 0;
        long largestManaged = at.u32();
        at.length();
        long hugeTree = at.address();
        at.length();
        at.address();
        at.skip(8 * at.origin().sizeOfLengths());
        int width = at.u16();
        long start = at.length();
        long largestDirect = at.length();
        int heapBits = at.u16();
        at.skip(2);
        long root = at.address();
        int rootRows = at.u16();
        long rootStored = filterLength > 0 ? at.length() : Cursor.UNDEFINED;
        int rootMask = filterLength > 0 ? at.i32() : 0;
        byte[] filters = at.bytes(filterLength);
        at.checksum(verify, "fractal heap header");
        FractalHeapHeader header = new FractalHeapHeader(
                address,
                idLength,
                checksumBlocks,
                largestManaged,
                hugeTree,
                width,
                start,
                largestDirect,
                heapBits,
                root,
                rootRows,
                filters,
                rootStored,
                rootMask);
        if (!header.consistent()) {
            throw at.malformed("fractal heap with ids of " + idLength + " bytes, width " + width + ", blocks of "
                    + start + " to " + largestDirect + " bytes, " + heapBits + " bits and " + rootRows + " rows");
        }
        return header;
    }

    /**
     * Whether the header keeps what the doubling table's shifts rely on: powers of two, and rows whose offsets stay
     * below {@code 2^heapBits}.
     */
    private boolean consistent() {
        return idLength > 0
                && Integer.bitCount(width) == 1
                && Long.bitCount(startBlockSize) == 1
                && startBlockSize > 0
                && Long.bitCount(largestDirect) == 1
                && largestDirect >= startBlockSize
                && largestDirect <= 1 << 30
                && heapBits <= MOST_HEAP_BITS
                && heapBits >= firstRowBits()
                && rootRows <= heapBits - firstRowBits() + 1;
    }

    /** Whether blocks and huge objects went through filters. */
    public boolean filtered() {
        return filters.length > 0;
    }

    /** Bytes of an offset in the heap. */
    public int offsetWidth() {
        return (heapBits + 7) / 8;
    }

    /**
     * Bytes of the length in a managed object's id. The smaller of what the largest direct block and what the largest
     * managed object need (H5HFhdr.c).
     */
    public int lengthWidth() {
        int byBlock = (log2(largestDirect) + 7) / 8;
        int byObject = largestManaged == 0 ? 1 : log2(largestManaged) / 8 + 1;
        return Math.min(byBlock, byObject);
    }

    /** Rows that hold direct blocks; rows from here on hold indirect blocks. */
    public int directRows() {
        return log2(largestDirect) - log2(startBlockSize) + 2;
    }

    /** Bytes of address space of a block of a row. */
    public long blockSize(int row) {
        return row == 0 ? startBlockSize : startBlockSize << (row - 1);
    }

    /**
     * Where a row starts, from the start of its indirect block.
     *
     * @param row from 0 on; each row is as long as all rows before it together, from row 1 on
     */
    public long rowOffset(int row) {
        return row == 0 ? 0 : (startBlockSize * width) << (row - 1);
    }

    /**
     * The row that holds an offset of an indirect block.
     *
     * @param offset from the start of the indirect block, not negative
     */
    public int rowOf(long offset) {
        return offset < startBlockSize * width ? 0 : log2(offset) - firstRowBits() + 1;
    }

    /** Rows of the indirect blocks that a row points at. */
    public int childRows(int row) {
        return log2(blockSize(row)) - firstRowBits() + 1;
    }

    /** log2 of the bytes that row 0 spans. */
    private int firstRowBits() {
        return log2(startBlockSize) + log2(width);
    }

    private static int log2(long value) {
        return 63 - Long.numberOfLeadingZeros(value);
    }
}
