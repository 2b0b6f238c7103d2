// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.written;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.internal.format.message.SymbolTableMessage;
import io.h5coro.internal.format.node.BTree2Header;
import io.h5coro.internal.format.node.BTree2Node;
import io.h5coro.internal.format.node.ChunkTreeNode;
import io.h5coro.internal.format.node.GlobalHeapCollection;
import io.h5coro.internal.format.node.GroupNode;
import io.h5coro.internal.format.node.SymbolTableNode;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Nodes of trees, and global heap collections. */
final class NodeWriters {
    private NodeWriters() {}

    static Map<String, Written.Writer> all() {
        return Map.of(
                "B-tree 2 header", NodeWriters::treeHeader,
                "B-tree 2 leaf", draw -> treeNode(draw, 0),
                "B-tree 2 internal node", draw -> treeNode(draw, draw.between(1, 4)),
                "chunk tree node", NodeWriters::chunkNode,
                "group tree node", NodeWriters::groupNode,
                "symbol table node", NodeWriters::symbols,
                "global heap collection", NodeWriters::globalHeap);
    }

    private static Written treeHeader(Draw draw) {
        int recordSize = draw.between(1, 200);
        int depth = draw.between(0, 64);
        long total = draw.length();
        int inRoot = (int) (depth == 0 ? Math.min(total, 0xffff) : Math.min(total, draw.between(1, 0xffff)));
        total = depth == 0 ? inRoot : total;
        BTree2Header says = new BTree2Header(
                draw.between(1, 11),
                draw.between(10 + recordSize, 1 << 20),
                recordSize,
                depth,
                total == 0 ? draw.anyAddress() : draw.address(),
                inRoot,
                total);
        MessageBytes bytes = draw.bytes()
                .text("BTHD")
                .u8(0, says.type())
                .u32(says.nodeSize())
                .u16(recordSize, depth)
                .u8(draw.u8(), draw.u8())
                .address(says.rootAddress())
                .u16(inRoot)
                .length(total)
                .checksum();
        return new Written(bytes, says, c -> BTree2Header.parse(c, true));
    }

    /** What a parsed node gives when asked. */
    private record Node(List<String> records, List<BTree2Node.Child> children) {}

    /** {@code floor(log2(limit)) / 8 + 1}. */
    private static int widthOf(double limit) {
        return limit < 1 ? 1 : (int) (Math.log(limit) / Math.log(2) + 1e-9) / 8 + 1;
    }

    private static Written treeNode(Draw draw, int level) {
        int type = draw.between(1, 11);
        int recordSize = draw.between(1, 60);
        int most = draw.between(2, 300);
        int nodeSize = 10 + most * recordSize + draw.between(0, recordSize - 1);
        // Pointers: address, count as wide as a full leaf's, and above leaves the total as wide as a full subtree's.
        int countWidth = widthOf(most);
        double below = most;
        int totalWidth = 0;
        for (int at = 1; at <= level; at++) {
            int pointer = draw.offsets() + countWidth + totalWidth;
            most = (nodeSize - 10 - pointer) / (recordSize + pointer);
            if (most < 1) {
                return treeNode(draw, 0);
            }
            below = at == level ? below : (most + 1.0) * below + most;
            totalWidth = at == level ? totalWidth : widthOf(below);
        }
        int count = draw.between(level == 0 ? 0 : 1, most);
        MessageBytes bytes = draw.bytes().text(level == 0 ? "BTLF" : "BTIN").u8(0, type);
        List<String> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] record = draw.junk(recordSize);
            records.add(HexFormat.of().formatHex(record));
            HeaderWriters.raw(bytes, record);
        }
        List<BTree2Node.Child> children = new ArrayList<>();
        for (int i = 0; level > 0 && i <= count; i++) {
            int own = (int) draw.between(0L, Draw.most(countWidth));
            long total = level == 1 ? own : draw.between(0L, Draw.most(totalWidth));
            BTree2Node.Child child = new BTree2Node.Child(draw.anyAddress(), own, total);
            HeaderWriters.number(bytes.address(child.address()), own, countWidth);
            HeaderWriters.number(bytes, total, level == 1 ? 0 : totalWidth);
            children.add(child);
        }
        BTree2Header header = new BTree2Header(type, nodeSize, recordSize, level, 1, 1, 1);
        return new Written(bytes.checksum(), new Node(records, children), c -> {
            BTree2Node node = BTree2Node.parse(c, header, header.levels(draw.origin()), level, count, true);
            List<String> found = new ArrayList<>();
            for (int i = 0; i < node.records(); i++) {
                found.add((String) Written.parts(node.record(i)));
            }
            List<BTree2Node.Child> foundChildren = new ArrayList<>();
            for (int i = 0; i < node.children(); i++) {
                foundChildren.add(node.child(i));
            }
            return new Node(found, foundChildren);
        });
    }

    /** A chunk of a tree: stored size, mask, child, and its offsets. */
    private record Chunk(long size, int mask, long child, List<Long> offsets) {}

    private static Written chunkNode(Draw draw) {
        int rank = draw.between(1, 32);
        int level = draw.u8();
        List<Chunk> says = draw.some(
                0,
                70,
                () -> new Chunk(
                        draw.u32(),
                        draw.i32(),
                        draw.anyAddress(),
                        draw.some(rank + 1, rank + 1, () -> draw.between(0L, Long.MAX_VALUE))));
        MessageBytes bytes =
                draw.bytes().text("TREE").u8(1, level).u16(says.size()).address(draw.anyAddress(), draw.anyAddress());
        for (Chunk chunk : says) {
            bytes.u32(chunk.size, chunk.mask);
            chunk.offsets.forEach(bytes::u64);
            bytes.address(chunk.child);
        }
        bytes.u32(draw.u32(), draw.u32());
        draw.some(rank + 1, rank + 1, () -> draw.between(0L, Long.MAX_VALUE)).forEach(bytes::u64);
        int size = bytes.size();
        return new Written(bytes, List.of(level, says), size, c -> {
            int entries = ChunkTreeNode.parseEntries(c.copy());
            if (ChunkTreeNode.size(draw.origin(), rank, entries) != size) {
                throw new AssertionError("another size than " + size);
            }
            ChunkTreeNode node = ChunkTreeNode.parse(c, rank);
            List<Chunk> found = new ArrayList<>();
            for (int i = 0; i < node.entries(); i++) {
                List<Long> offsets = new ArrayList<>();
                for (int d = 0; d <= rank; d++) {
                    offsets.add(node.offset(i, d));
                }
                found.add(new Chunk(node.storedSize(i), node.filterMask(i), node.child(i), offsets));
            }
            c.seek(0);
            return List.of(node.level(), found);
        });
    }

    private static Written groupNode(Draw draw) {
        int level = draw.u8();
        List<Long> children = draw.some(0, 70, draw::anyAddress);
        List<Long> keys = draw.some(children.size() + 1, children.size() + 1, draw::anyLength);
        MessageBytes bytes = draw.bytes()
                .text("TREE")
                .u8(0, level)
                .u16(children.size())
                .address(draw.anyAddress(), draw.anyAddress())
                .length(keys.get(0));
        for (int i = 0; i < children.size(); i++) {
            bytes.address(children.get(i)).length(keys.get(i + 1));
        }
        return new Written(bytes, new GroupNode(level, keys, children), GroupNode::parse);
    }

    private static Written symbols(Draw draw) {
        List<SymbolTableNode.Entry> entries = new ArrayList<>();
        MessageBytes bytes = draw.bytes();
        for (int left = draw.between(0, 20); left > 0; left--) {
            // The scratch pad has 16 bytes: two addresses of 16 do not fit, and no writer caches them.
            int kind = draw.between(draw.offsets() == 16 ? 2 : 0, draw.offsets() == 16 ? 2 : 2);
            kind = draw.flag() ? 0 : kind;
            long name = draw.length();
            long header = draw.anyAddress();
            long soft = draw.u32();
            SymbolTableMessage tables = new SymbolTableMessage(draw.anyAddress(), draw.anyAddress());
            bytes.length(name).address(header).u32(kind, 0);
            int start = bytes.size();
            if (kind == 1) {
                bytes.address(tables.btree(), tables.heap());
            } else if (kind == 2) {
                bytes.u32(soft);
            }
            bytes.zeros(16 - (bytes.size() - start));
            entries.add(
                    kind == 2
                            ? new SymbolTableNode.Entry(name, Cursor.UNDEFINED, soft)
                            : new SymbolTableNode.Entry(name, header, -1, kind == 1 ? tables : null));
        }
        MessageBytes whole =
                draw.bytes().text("SNOD").u8(1, 0).u16(entries.size()).add(bytes);
        return new Written(whole, new SymbolTableNode(entries), SymbolTableNode::parse);
    }

    /** Objects in any order of indexes, each head and each object padded to 8 bytes. */
    private static Written globalHeap(Draw draw) {
        Map<Integer, String> says = new TreeMap<>();
        MessageBytes objects = draw.bytes();
        for (int left = draw.between(0, 20); left > 0; left--) {
            int index = draw.between(1, 0xffff);
            byte[] object = draw.junk(draw.between(0, 30));
            if (says.putIfAbsent(index, HexFormat.of().formatHex(object)) == null) {
                int start = objects.size();
                objects.u16(index, draw.u16()).u32(0).length(object.length);
                objects.zeros((8 - (objects.size() - start) % 8) % 8);
                HeaderWriters.raw(objects, object).zeros((8 - object.length % 8) % 8);
            }
        }
        int head = (8 + draw.lengths() + 7) / 8 * 8;
        int free = draw.between(0, 6) * 8;
        MessageBytes gap = draw.bytes();
        if (free >= head) {
            gap.u16(0, 0).u32(0).length(free);
        }
        gap.zeros(free - gap.size());
        int size = head + objects.size() + free;
        MessageBytes bytes = draw.bytes().text("GCOL").u8(1).zeros(3).length(size);
        bytes.zeros(head - bytes.size()).add(objects).add(gap);
        return new Written(bytes, says, size, c -> {
            if (GlobalHeapCollection.parseSize(c.copy()) != size) {
                throw new AssertionError("another size than " + size);
            }
            GlobalHeapCollection heap = GlobalHeapCollection.parse(c);
            Map<Integer, String> found = new TreeMap<>();
            for (int index : says.keySet()) {
                found.put(index, (String) Written.parts(heap.object(index)));
            }
            return found;
        });
    }
}
