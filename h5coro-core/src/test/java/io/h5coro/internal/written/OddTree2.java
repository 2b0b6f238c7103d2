// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.written;

import io.h5coro.internal.bytes.MessageBytes;
import java.util.ArrayList;
import java.util.List;

/** A B-tree of version 2 with nodes as small as they may be, and records spread over them as a seed draws. */
final class OddTree2 {
    private final OddFile file;
    private final Draw draw;
    private final int type;
    private final int recordSize;

    private int nodeSize;
    private int countWidth;
    private final List<Integer> most = new ArrayList<>();
    private final List<Integer> totalWidth = new ArrayList<>();

    /** What points at a node. */
    private record Node(long address, int records, long total) {}

    private OddTree2(OddFile file, int type, int recordSize) {
        this.file = file;
        this.draw = file.draw();
        this.type = type;
        this.recordSize = recordSize;
    }

    /**
     * Writes a tree.
     *
     * @param records all of the same size, in the order of the tree
     * @return address of the head
     */
    static long write(OddFile file, int type, int recordSize, List<byte[]> records) {
        return new OddTree2(file, type, recordSize).write(records);
    }

    private long write(List<byte[]> records) {
        int leaf = draw.between(2, 8);
        // An internal node has room for two records and three pointers, or some numbers of records fit no depth.
        int least = 2 * recordSize + 3 * (draw.offsets() + 6);
        nodeSize = 10 + Math.max(leaf * recordSize, least) + draw.between(0, 9);
        levels(8);
        int depth = 0;
        while (capacity(depth) < records.size() || (depth < 4 && least(depth + 1) <= records.size() && draw.flag())) {
            depth++;
        }
        Node root = records.isEmpty() ? new Node(-1, 0, 0) : node(records, depth);
        return file.put(draw.bytes()
                .text("BTHD")
                .u8(0, type)
                .u32(nodeSize)
                .u16(recordSize, records.isEmpty() ? 0 : depth)
                .u8(draw.between(50, 100), draw.between(1, 49))
                .address(root.address)
                .u16(root.records)
                .length(records.size())
                .checksum());
    }

    /** Room of each level, from what its pointers take: see the grammar of the header. */
    private void levels(int count) {
        int room = nodeSize - 10;
        most.add(room / recordSize);
        totalWidth.add(0);
        countWidth = bytesFor(most.get(0));
        double below = most.get(0);
        for (int level = 1; level < count; level++) {
            int pointer = draw.offsets() + countWidth + totalWidth.get(level - 1);
            most.add((room - pointer) / (recordSize + pointer));
            below = (most.get(level) + 1) * below + most.get(level);
            totalWidth.add(bytesFor((long) below));
        }
    }

    private static int bytesFor(long limit) {
        int width = 1;
        while (width < 8 && limit >> (8 * width) != 0) {
            width++;
        }
        return width;
    }

    private long capacity(int level) {
        return level == 0 ? most.get(0) : (most.get(level) + 1) * capacity(level - 1) + most.get(level);
    }

    /** Fewest records of a tree in which no node is empty. */
    private static long least(int level) {
        return level == 0 ? 1 : 2 * least(level - 1) + 1;
    }

    private Node node(List<byte[]> records, int level) {
        MessageBytes bytes = draw.bytes().text(level == 0 ? "BTLF" : "BTIN").u8(0, type);
        List<Node> children = new ArrayList<>();
        int own = level == 0 ? records.size() : 0;
        if (level == 0) {
            records.forEach(record -> HeaderWriters.raw(bytes, record));
        } else {
            List<byte[]> separators = new ArrayList<>();
            int start = 0;
            for (int size : split(records.size(), level)) {
                children.add(node(records.subList(start, start + size), level - 1));
                start += size;
                if (start < records.size()) {
                    separators.add(records.get(start++));
                }
            }
            separators.forEach(record -> HeaderWriters.raw(bytes, record));
            own = separators.size();
            for (Node child : children) {
                HeaderWriters.number(bytes.address(child.address), child.records, countWidth);
                HeaderWriters.number(bytes, child.total, totalWidth.get(level - 1));
            }
        }
        bytes.checksum();
        bytes.zeros(nodeSize - bytes.size());
        return new Node(file.put(bytes), own, records.size());
    }

    /** Records of each child: two or more children, none with fewer than it must or more than it can have. */
    private List<Integer> split(int records, int level) {
        long low = least(level - 1);
        long high = capacity(level - 1);
        int fewest = (int) Math.max(2, (records + 1 + high) / (high + 1));
        int largest = (int) Math.min(most.get(level) + 1, (records + 1) / (low + 1));
        int count = draw.between(fewest, largest);
        List<Integer> sizes = new ArrayList<>();
        long left = records - (count - 1);
        for (int i = 0; i < count; i++) {
            int after = count - 1 - i;
            long size = draw.between(Math.max(low, left - after * high), Math.min(high, left - after * low));
            sizes.add((int) size);
            left -= size;
        }
        return sizes;
    }
}
