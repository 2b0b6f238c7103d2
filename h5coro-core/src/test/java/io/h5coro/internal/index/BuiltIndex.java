// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import io.h5coro.internal.bytes.FileBytes;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.walk.FixtureSpace;
import io.h5coro.model.ReadOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Chunk indexes of small datasets, laid out by hand as the specification (III.C to III.E, VII) says, in a file of
 * 8-byte addresses. Chunks are given in the order of their numbers; a null stands for one that was never written.
 */
final class BuiltIndex {
    private static final long UNDEFINED = -1;
    private static final int START = 64;

    private final FileBytes file = new FileBytes().zeros(START);

    /** Bytes of a stored size in elements of a filtered index; 0 without filters. */
    private final int sizeWidth;

    BuiltIndex(int sizeWidth) {
        this.sizeWidth = sizeWidth;
    }

    /** A chunk as an index holds it. */
    record Stored(long address, long size, int mask) {}

    FixtureSpace space(int length) {
        byte[] bytes = file.toArray();
        return FixtureSpace.bare(Arrays.copyOf(bytes, Math.max(length, bytes.length)), ReadOptions.defaults());
    }

    /** The file with one byte changed. */
    FixtureSpace damaged(int length, int at, int bits) {
        byte[] bytes = Arrays.copyOf(file.toArray(), Math.max(length, file.size()));
        bytes[at] ^= (byte) bits;
        return FixtureSpace.bare(bytes, ReadOptions.defaults());
    }

    /** The file's first bytes. */
    FixtureSpace cut(int length) {
        return FixtureSpace.bare(Arrays.copyOf(file.toArray(), length), ReadOptions.defaults());
    }

    int size() {
        return file.size();
    }

    private int elementSize() {
        return sizeWidth == 0 ? 8 : 8 + sizeWidth + 4;
    }

    private int client() {
        return sizeWidth == 0 ? 0 : 1;
    }

    private void element(Stored chunk) {
        file.u64(chunk == null ? UNDEFINED : chunk.address());
        if (sizeWidth > 0) {
            file.number(chunk == null ? 0 : chunk.size(), sizeWidth).u32(chunk == null ? 0 : chunk.mask());
        }
    }

    private static Stored at(List<Stored> chunks, int number) {
        return number < chunks.size() ? chunks.get(number) : null;
    }

    private void elements(List<Stored> chunks, int first, int count) {
        for (int i = first; i < first + count; i++) {
            element(at(chunks, i));
        }
    }

    private static boolean anyWritten(List<Stored> chunks, int first, int count) {
        for (int i = first; i < first + count; i++) {
            if (at(chunks, i) != null) {
                return true;
            }
        }
        return false;
    }

    /** A fixed array; pages without a chunk are marked as never written, and hold what must not be read. */
    Layout.Index fixedArray(List<Stored> chunks, int pageBits) {
        int count = chunks.size();
        int page = 1 << pageBits;
        long head = file.size();
        file.begin()
                .text("FAHD")
                .u8(0, client(), elementSize(), pageBits)
                .u64(count, head + 28)
                .checksum();
        file.begin().text("FADB").u8(0, client()).u64(head);
        if (count <= page) {
            elements(chunks, 0, count);
            file.checksum();
            return new Layout.FixedArrayIndex(head, pageBits);
        }
        bits(chunks, 0, count, page);
        file.checksum();
        for (int first = 0; first < count; first += page) {
            page(chunks, first, Math.min(page, count - first));
        }
        return new Layout.FixedArrayIndex(head, pageBits);
    }

    /** A bit for each page, the most significant first. */
    private void bits(List<Stored> chunks, int first, int count, int page) {
        int pages = (count + page - 1) / page;
        for (int i = 0; i < pages; i += 8) {
            int bits = 0;
            for (int k = i; k < i + 8; k++) {
                bits = bits << 1 | (k < pages && anyWritten(chunks, first + k * page, page) ? 1 : 0);
            }
            file.u8(bits);
        }
    }

    private void page(List<Stored> chunks, int first, int count) {
        file.begin();
        if (anyWritten(chunks, first, count)) {
            elements(chunks, first, count);
            file.checksum();
        } else {
            for (int i = 0; i < count * elementSize() + 4; i++) {
                file.u8(0x77);
            }
        }
    }

    /**
     * An extensible array. The data blocks of the index block have no pages (H5EA__lookup_elmt).
     *
     * @param inIndex elements in the index block
     * @param least elements of the smallest data block, a power of two
     * @param pointers data blocks that the smallest super block has at least, a power of two
     * @param pageBits log2 of the elements of a page
     */
    record Extensible(int inIndex, int least, int pointers, int pageBits) {}

    /** An array of 2^16 elements at most. */
    Layout.Index extensibleArray(List<Stored> chunks, Extensible form) {
        int superBlocks = 1 + 16 - log2(form.least());
        int direct = 2 * log2(form.pointers());
        long head = file.size();
        file.zeros(72);
        List<Long> blocks = new ArrayList<>();
        List<Long> supers = new ArrayList<>();
        int element = form.inIndex();
        for (int u = 0; u < superBlocks; u++) {
            int count = 1 << u / 2;
            int size = form.least() << (u + 1) / 2;
            List<Long> addresses = new ArrayList<>();
            for (int b = 0; b < count; b++) {
                addresses.add(element < chunks.size() ? dataBlock(chunks, head, element, size, form) : UNDEFINED);
                element += size;
            }
            if (u < direct) {
                blocks.addAll(addresses);
            } else {
                int first = element - count * size;
                supers.add(first < chunks.size() ? superBlock(chunks, head, first, size, form, addresses) : UNDEFINED);
            }
        }
        long index = file.size();
        file.begin().text("EAIB").u8(0, client()).u64(head);
        elements(chunks, 0, form.inIndex());
        blocks.forEach(file::u64);
        supers.forEach(file::u64);
        file.checksum();
        FileBytes header = new FileBytes().begin().text("EAHD").u8(0, client(), elementSize(), 16, form.inIndex());
        header.u8(form.least(), form.pointers(), form.pageBits());
        header.u64(0, 0, 0, 0, chunks.size(), 0, index).checksum();
        file.overwrite((int) head, header.toArray());
        return new Layout.ExtensibleArrayIndex(head);
    }

    private static int log2(int value) {
        return 31 - Integer.numberOfLeadingZeros(value);
    }

    private long dataBlock(List<Stored> chunks, long head, int element, int size, Extensible form) {
        long address = file.size();
        int page = 1 << form.pageBits();
        file.begin().text("EADB").u8(0, client()).u64(head).u16(element - form.inIndex());
        if (size <= page) {
            elements(chunks, element, size);
            file.checksum();
            return address;
        }
        file.checksum();
        for (int first = element; first < element + size; first += page) {
            page(chunks, first, page);
        }
        return address;
    }

    private long superBlock(
            List<Stored> chunks, long head, int first, int size, Extensible form, List<Long> addresses) {
        long address = file.size();
        file.begin().text("EASB").u8(0, client()).u64(head).u16(first - form.inIndex());
        if (size > 1 << form.pageBits()) {
            // The bits of all data blocks follow each other; their room is counted block by block (H5EAsblock.c).
            int pages = size >> form.pageBits();
            int before = file.size();
            bits(chunks, first, addresses.size() * size, 1 << form.pageBits());
            file.zeros(addresses.size() * ((pages + 7) / 8) - (file.size() - before));
        }
        addresses.forEach(file::u64);
        file.checksum();
        return address;
    }

    /** Appends the chunks' data, so that all addresses lie in the file. */
    long append(int bytes) {
        long address = file.size();
        file.zeros(bytes);
        return address;
    }
}
