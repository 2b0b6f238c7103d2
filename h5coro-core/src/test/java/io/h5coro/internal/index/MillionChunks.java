// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import io.h5coro.internal.bytes.FileBytes;
import io.h5coro.internal.format.message.FillValue;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.walk.FixtureSpace;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Indexes of a dataset of a million chunks, built by hand from the specification: chunk i, counted row-major, of four
 * elements of one byte stands at address {@code 3 * i}.
 */
final class MillionChunks {
    static final int COUNT = 1_000_000;
    static final int CHUNK = 4;

    private static final long UNDEFINED = -1;
    private static final int START = 64;

    private final FileBytes file = new FileBytes().zeros(START);

    static long address(long number) {
        return 3 * number;
    }

    FixtureSpace space() {
        return FixtureSpace.bare(file.toArray(), ReadOptions.defaults());
    }

    /** A dataset of {@code rows} times {@code columns} chunks. */
    static DatasetDescriptor dataset(Layout.Index index, long rows, long columns, long maximumRows) {
        Shape shape = columns == 0 ? Shape.of(rows * CHUNK) : Shape.of(rows, columns * CHUNK);
        long[] chunk = columns == 0 ? new long[] {CHUNK} : new long[] {1, CHUNK};
        long[] maximum = shape.dimensions();
        maximum[0] = maximumRows;
        return new DatasetDescriptor(
                "/million",
                0,
                new Dataspace(Dataspace.Kind.SIMPLE, shape, maximum),
                IntegerType.of(1, ElementType.Order.LITTLE_ENDIAN, true),
                new Layout.Chunked(chunk, index, true),
                List.of(),
                FillValue.zeros());
    }

    /** Nodes of 64 entries over a dataset of one dimension; gives the root. */
    Layout.Index bTree1() {
        int fan = 64;
        List<Long> below = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            below.add(address(i));
        }
        long span = 1;
        for (int level = 0; level == 0 || below.size() > 1; level++, span *= fan) {
            List<Long> nodes = new ArrayList<>();
            for (int first = 0; first < below.size(); first += fan) {
                int entries = Math.min(fan, below.size() - first);
                nodes.add((long) file.size());
                file.text("TREE").u8(1, level).u16(entries).u64(UNDEFINED, UNDEFINED);
                for (int i = first; i < first + entries; i++) {
                    file.u32(CHUNK).u32(0).u64(i * span * CHUNK, 0).u64(below.get(i));
                }
                long end = Math.min(COUNT, (first + entries) * span);
                file.u32(0).u32(0).u64(end * CHUNK, 0).zeros((fan - entries) * 32);
            }
            below = nodes;
        }
        return new Layout.BTree1Index(below.get(0));
    }

    private static final int NODE = 2048;
    private static final int RECORD = 24;

    /** Most records of nodes of each level and the bytes of the two counts in a pointer to them, worked out by hand. */
    private static final int[] MOST = {84, 61, 57, 56};

    private static final int[] TOTAL_WIDTH = {0, 2, 3, 4};
    private static final int[] CUMULATIVE = {84, 5269, 305_659, Integer.MAX_VALUE};

    /** Nodes of 2048 bytes over a dataset of two dimensions, 1000 by 1000 chunks; gives the head. */
    Layout.Index bTree2() {
        int depth = 3;
        int rootRecords = recordsOf(depth, COUNT);
        long root = node(depth, 0, COUNT);
        long head = file.size();
        file.begin().text("BTHD").u8(0, 10).u32(NODE).u16(RECORD).u16(depth).u8(100, 40);
        file.u64(root).u16(rootRecords).u64(COUNT).checksum();
        return new Layout.BTree2Index(head);
    }

    /** Records of the node itself when it holds so many with all below it. */
    private static int recordsOf(int level, int count) {
        return level == 0 ? count : (count - 1) / (CUMULATIVE[level - 1] + 1);
    }

    /** Writes the node that holds records {@code [first, first + count)} and what is below it. */
    private long node(int level, int first, int count) {
        int records = recordsOf(level, count);
        int stride = level == 0 ? 1 : CUMULATIVE[level - 1] + 1;
        long[][] children = new long[level == 0 ? 0 : records + 1][];
        for (int i = 0; i < children.length; i++) {
            int start = first + i * stride;
            int size = Math.min(stride - 1, first + count - start);
            children[i] = new long[] {node(level - 1, start, size), recordsOf(level - 1, size), size};
        }
        int address = file.size();
        file.begin().text(level == 0 ? "BTLF" : "BTIN").u8(0, 10);
        for (int i = 0; i < records; i++) {
            long number = level == 0 ? first + i : first + (i + 1L) * stride - 1;
            file.u64(address(number), number / 1000, number % 1000);
        }
        for (long[] child : children) {
            file.u64(child[0]).number(child[1], 1).number(child[2], TOTAL_WIDTH[level - 1]);
        }
        if (records > MOST[level]) {
            throw new AssertionError(records + " records at level " + level);
        }
        file.checksum().at(address + NODE);
        return address;
    }

    /** Pages of 1024 elements; those whose number {@code mod 10} is 3 were never written. */
    Layout.Index fixedArray() {
        long head = file.size();
        long block = head + 28;
        file.begin().text("FAHD").u8(0, 0, 8, 10).u64(COUNT, block).checksum();
        int pages = (COUNT + 1023) / 1024;
        file.begin().text("FADB").u8(0, 0).u64(head);
        for (int i = 0; i < pages; i += 8) {
            int bits = 0;
            for (int page = i; page < i + 8; page++) {
                bits = bits << 1 | (page < pages && page % 10 != 3 ? 1 : 0);
            }
            file.u8(bits);
        }
        file.checksum();
        for (int first = 0; first < COUNT; first += 1024) {
            int count = Math.min(1024, COUNT - first);
            if (first / 1024 % 10 == 3) {
                file.begin().zeros(count * 8 + 4);
                continue;
            }
            elements(first, count);
        }
        return new Layout.FixedArrayIndex(head, 10);
    }

    private void elements(int first, int count) {
        file.begin();
        for (int i = first; i < first + count; i++) {
            file.u64(i < COUNT ? address(i) : UNDEFINED);
        }
        file.checksum();
    }

    /** libhdf5's parameters: 4 elements in the index block, data blocks from 16, 4 pointers, pages of 1024. */
    Layout.Index extensibleArray() {
        int superBlocks = 29;
        long[] direct = new long[6];
        long[] indirect = new long[superBlocks - 4];
        java.util.Arrays.fill(indirect, UNDEFINED);
        long head = file.size();
        file.zeros(72);
        int element = 4;
        int next = 0;
        for (int u = 0; element < COUNT; u++) {
            int blocks = 1 << u / 2;
            int size = 16 << (u + 1) / 2;
            long[] addresses = new long[blocks];
            for (int b = 0; b < blocks; b++, element += size) {
                addresses[b] = dataBlock(head, element, size);
            }
            if (u < 4) {
                System.arraycopy(addresses, 0, direct, next, blocks);
                next += blocks;
            } else {
                indirect[u - 4] = superBlock(head, element, size, addresses);
            }
        }
        long index = file.size();
        file.begin().text("EAIB").u8(0, 0).u64(head);
        for (int i = 0; i < 4; i++) {
            file.u64(address(i));
        }
        file.u64(direct).u64(indirect).checksum();
        byte[] header = new FileBytes()
                .begin()
                .text("EAHD")
                .u8(0, 0, 8, 32, 4, 16, 4, 10)
                .u64(0, 0, 0, 0, COUNT, 0, index)
                .checksum()
                .toArray();
        file.overwrite((int) head, header);
        return new Layout.ExtensibleArrayIndex(head);
    }

    private long dataBlock(long head, int element, int size) {
        if (element >= COUNT) {
            return UNDEFINED;
        }
        long address = file.size();
        file.begin().text("EADB").u8(0, 0).u64(head).u32(element - 4);
        if (size <= 1024) {
            for (int i = element; i < element + size; i++) {
                file.u64(i < COUNT ? address(i) : UNDEFINED);
            }
            file.checksum();
            return address;
        }
        file.checksum();
        for (int page = 0; page < size; page += 1024) {
            elements(element + page, 1024);
        }
        return address;
    }

    private long superBlock(long head, int end, int size, long[] addresses) {
        long address = file.size();
        file.begin().text("EASB").u8(0, 0).u64(head).u32(end - (long) addresses.length * size - 4);
        if (size > 1024) {
            int pages = addresses.length * (size / 1024);
            int bytes = addresses.length * ((size / 1024 + 7) / 8);
            for (int i = 0; i < bytes; i++) {
                int ones = Math.max(0, Math.min(8, pages - 8 * i));
                file.u8(0xff << (8 - ones));
            }
        }
        file.u64(addresses).checksum();
        return address;
    }
}
