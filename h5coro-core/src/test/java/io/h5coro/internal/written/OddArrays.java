// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.written;

import io.h5coro.internal.bytes.MessageBytes;
import java.util.Arrays;
import java.util.function.LongFunction;

/** Fixed and extensible arrays with few elements to a page, a block and an index block. */
final class OddArrays {
    private final OddFile file;
    private final Draw draw;
    private final int elementSize;
    private final LongFunction<byte[]> elements;
    private final byte[] unset;

    /**
     * @param elements by number; those that were never set, too
     */
    OddArrays(OddFile file, int elementSize, LongFunction<byte[]> elements) {
        this.file = file;
        this.draw = file.draw();
        this.elementSize = elementSize;
        this.elements = elements;
        this.unset = elements.apply(Long.MAX_VALUE);
    }

    private boolean isUnset(long from, long count) {
        for (long i = from; i < from + count; i++) {
            if (!Arrays.equals(unset, elements.apply(i))) {
                return false;
            }
        }
        return true;
    }

    private MessageBytes elements(MessageBytes bytes, long from, long count) {
        for (long i = from; i < from + count; i++) {
            HeaderWriters.raw(bytes, elements.apply(i));
        }
        return bytes;
    }

    /** A page and its checksum; one that was never written is junk. */
    private MessageBytes page(long from, long count, boolean written) {
        return written
                ? elements(draw.bytes(), from, count).checksum()
                : HeaderWriters.raw(draw.bytes(), draw.junk((int) count * elementSize + 4));
    }

    long fixed(int count, int pageBits, boolean filtered) {
        int client = filtered ? 1 : 0;
        int page = 1 << pageBits;
        long address = file.reserve(12 + draw.lengths() + draw.offsets());
        MessageBytes block = draw.bytes().text("FADB").u8(0, client).address(address);
        if (count <= page) {
            elements(block, 0, count).checksum();
        } else {
            int pages = (count + page - 1) / page;
            byte[] bits = new byte[(pages + 7) / 8];
            for (int p = 0; p < pages; p++) {
                boolean written = !isUnset((long) p * page, Math.min(page, count - p * page)) || draw.flag();
                bits[p / 8] |= (byte) (written ? 0x80 >> (p % 8) : 0);
            }
            HeaderWriters.raw(block, bits).checksum();
            for (int p = 0; p < pages; p++) {
                boolean written = (bits[p / 8] & 0x80 >> (p % 8)) != 0;
                block.add(page((long) p * page, Math.min(page, count - p * page), written));
            }
        }
        MessageBytes head =
                draw.bytes().text("FAHD").u8(0, client, elementSize, pageBits).length(count);
        file.place(address, head.address(file.put(block)).checksum().toArray());
        return address;
    }

    /**
     * An extensible array; its parameters stand in the layout message, too.
     *
     * @param count elements up to the last that may be set
     */
    MessageBytes extensible(MessageBytes layout, int count, boolean filtered) {
        Extensible array = new Extensible(
                filtered ? 1 : 0,
                draw.between(8, 40),
                draw.between(1, 6),
                1 << draw.between(0, 3),
                1 << draw.between(1, 3));
        int pageBits = draw.between(array.leastPageBits(), array.leastPageBits() + 3);
        long address = file.reserve(16 + 6 * draw.lengths() + draw.offsets());
        long index = indexBlock(array, address, count, pageBits);
        MessageBytes head = draw.bytes()
                .text("EAHD")
                .u8(0, array.client, elementSize, array.maxBits, array.inIndex, array.least, array.blocks, pageBits)
                .length(0, 0, 0, 0, count, count)
                .address(index)
                .checksum();
        file.place(address, head.toArray());
        return layout.u8(array.maxBits, array.inIndex, array.blocks, array.least, pageBits)
                .address(address);
    }

    /**
     * Parameters of an extensible array.
     *
     * @param inIndex elements in the index block
     * @param least elements of the smallest data block
     * @param blocks least data blocks of a super block that has a block of its own
     */
    private record Extensible(int client, int maxBits, int inIndex, int least, int blocks) {
        /** Super blocks whose data blocks the index block points at. */
        int direct() {
            return 2 * Integer.numberOfTrailingZeros(blocks);
        }

        int superBlocks() {
            return 1 + maxBits - Integer.numberOfTrailingZeros(least);
        }

        /** Data blocks that the index block points at have no pages. */
        int leastPageBits() {
            return Math.max(1, Integer.numberOfTrailingZeros(least << (direct() / 2)));
        }
    }

    private long indexBlock(Extensible array, long header, int count, int pageBits) {
        MessageBytes index = draw.bytes().text("EAIB").u8(0, array.client).address(header);
        elements(index, 0, array.inIndex);
        long next = array.inIndex;
        for (int u = 0; u < array.direct(); u++) {
            long size = (long) array.least << ((u + 1) / 2);
            for (int b = 0; b < 1 << (u / 2); b++) {
                index.address(next < count ? dataBlock(array, header, new long[] {next, size}) : -1);
                next += size;
            }
        }
        for (int u = array.direct(); u < array.superBlocks(); u++) {
            boolean there = next < count && !isUnset(next, Math.min(count - next, 200));
            index.address(there ? superBlock(array, header, new long[] {next, u, pageBits}) : -1);
            next += next < count ? ((long) array.least << ((u + 1) / 2)) << (u / 2) : 0;
        }
        return file.put(index.checksum());
    }

    private MessageBytes blockHead(Extensible array, long header, long element) {
        MessageBytes block = draw.bytes().text("EADB").u8(0, array.client).address(header);
        return HeaderWriters.number(block, element - array.inIndex, (array.maxBits + 7) / 8);
    }

    /** A data block without pages of the elements from {@code of[0]} on, {@code of[1]} of them; -1 if none is set. */
    private long dataBlock(Extensible array, long header, long[] of) {
        if (isUnset(of[0], of[1])) {
            return -1;
        }
        return file.put(elements(blockHead(array, header, of[0]), of[0], of[1]).checksum());
    }

    /** Super block {@code of[1]} of the elements from {@code of[0]} on; pages of {@code 2^of[2]} elements. */
    private long superBlock(Extensible array, long header, long[] of) {
        int u = (int) of[1];
        long size = (long) array.least << ((u + 1) / 2);
        int blocks = 1 << (u / 2);
        int page = 1 << of[2];
        int pages = size > page ? (int) (size / page) : 0;
        byte[] bits = new byte[blocks * ((pages + 7) / 8)];
        long[] addresses = new long[blocks];
        for (int b = 0; b < blocks; b++) {
            long first = of[0] + b * size;
            addresses[b] = pages == 0 ? dataBlock(array, header, new long[] {first, size}) : -1;
            if (pages > 0 && !isUnset(first, size)) {
                MessageBytes block = blockHead(array, header, first).checksum();
                for (int p = 0; p < pages; p++) {
                    boolean written = !isUnset(first + (long) p * page, page);
                    int bit = b * pages + p;
                    bits[bit / 8] |= (byte) (written ? 0x80 >> (bit % 8) : 0);
                    block.add(page(first + (long) p * page, page, written));
                }
                addresses[b] = file.put(block);
            }
        }
        MessageBytes block = draw.bytes().text("EASB").u8(0, array.client).address(header);
        HeaderWriters.number(block, of[0] - array.inIndex, (array.maxBits + 7) / 8);
        return file.put(HeaderWriters.raw(block, bits).address(addresses).checksum());
    }
}
