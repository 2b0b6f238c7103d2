// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.written;

import io.h5coro.internal.bytes.Lookup3;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.model.StoredText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Groups in the three forms of the format: link messages, a heap with a tree of hashes, a symbol table. */
final class OddGroup {
    private final OddFile file;
    private final Draw draw;

    /** Half the entries of a symbol table node, of a group's tree node; null in files that say nothing of them. */
    private final int @Nullable [] k;

    OddGroup(OddFile file, int @Nullable [] k) {
        this.file = file;
        this.draw = file.draw();
        this.k = k;
    }

    /** Writes a group of hard links; gives the address of its header. */
    long write(Map<StoredText, Long> links) {
        int kind = draw.between(links.isEmpty() ? 1 : 0, k == null ? 1 : 2);
        return switch (kind) {
            case 0 -> dense(links);
            case 1 -> compact(links);
            default -> old(links);
        };
    }

    private MessageBytes info(long heap, long index) {
        boolean tracked = draw.flag();
        MessageBytes info = draw.bytes().u8(0, tracked ? 1 : 0);
        if (tracked) {
            info.u64(1000);
        }
        return info.address(heap, index);
    }

    private MessageBytes link(StoredText name, long address) {
        int width = draw.between(0, 3);
        MessageBytes link = draw.bytes().u8(1, width | 0x10, 1);
        HeaderWriters.number(link, name.length(), 1 << width);
        return HeaderWriters.raw(link, name.bytes()).address(address);
    }

    private long compact(Map<StoredText, Long> links) {
        List<OddFile.Message> messages = new ArrayList<>();
        messages.add(new OddFile.Message(0x02, info(-1, -1)));
        links.forEach((name, address) -> messages.add(new OddFile.Message(0x06, link(name, address))));
        return file.header(messages);
    }

    private long dense(Map<StoredText, Long> links) {
        List<StoredText> names = new ArrayList<>(links.keySet());
        OddHeap.Written heap = OddHeap.write(
                file,
                names.stream()
                        .map(name -> link(name, links.get(name)).toArray())
                        .toList());
        Map<StoredText, byte[]> ids = new TreeMap<>(StoredText::compareBytes);
        for (int i = 0; i < names.size(); i++) {
            ids.put(names.get(i), heap.ids().get(i));
        }
        names.sort(
                Comparator.comparing(OddGroup::hash, Integer::compareUnsigned).thenComparing(StoredText::compareBytes));
        List<byte[]> records = names.stream()
                .map(name -> HeaderWriters.raw(draw.bytes().u32(hash(name)), ids.get(name))
                        .toArray())
                .toList();
        long tree = OddTree2.write(file, 5, 11, records);
        return file.header(List.of(new OddFile.Message(0x02, info(heap.address(), tree))));
    }

    private static int hash(StoredText name) {
        byte[] bytes = name.bytes();
        return Lookup3.hash(bytes, 0, bytes.length);
    }

    /** A node of the tree: its address, and the heap offset of its last name. */
    private record Node(long address, long lastName) {}

    private long old(Map<StoredText, Long> links) {
        List<StoredText> names = new ArrayList<>(links.keySet());
        names.sort(StoredText::compareBytes);
        // Offset 0 is the empty name, which is below all others: the first key of every tree.
        MessageBytes data = draw.bytes().zeros(8);
        Map<StoredText, Long> offsets = new TreeMap<>(StoredText::compareBytes);
        for (StoredText name : names) {
            offsets.put(name, (long) data.size());
            HeaderWriters.raw(data, name.bytes()).u8(0);
            data.zeros((8 - data.size() % 8) % 8);
        }
        long heapData = file.put(data);
        long heap = file.put(draw.bytes()
                .text("HEAP")
                .u8(0)
                .zeros(3)
                .length(data.size())
                .length(1)
                .address(heapData));
        List<Node> nodes = new ArrayList<>();
        for (int start = 0; start < names.size(); ) {
            int count = draw.between(1, Math.min(2 * k()[0], names.size() - start));
            nodes.add(symbols(names.subList(start, start + count), links, offsets));
            start += count;
        }
        int level = 0;
        while (nodes.size() > 1 || level == 0) {
            List<Node> above = new ArrayList<>();
            long before = 0;
            for (int start = 0; start < nodes.size() || above.isEmpty(); ) {
                int left = nodes.size() - start;
                int count = left == 0 ? 0 : Math.min(left, draw.between(Math.min(2, 2 * k()[1]), 2 * k()[1]));
                above.add(tree(level, before, nodes.subList(start, start + count)));
                start += count;
                before = above.get(above.size() - 1).lastName;
            }
            nodes = above;
            level++;
        }
        return file.header(List.of(new OddFile.Message(0x11, draw.bytes().address(nodes.get(0).address, heap))));
    }

    private int[] k() {
        return java.util.Objects.requireNonNull(k);
    }

    private Node symbols(List<StoredText> names, Map<StoredText, Long> links, Map<StoredText, Long> offsets) {
        MessageBytes node = draw.bytes().text("SNOD").u8(1, 0).u16(names.size());
        for (StoredText name : names) {
            node.length(offsets.get(name)).address(links.get(name)).u32(0, 0).zeros(16);
        }
        int entry = draw.lengths() + draw.offsets() + 24;
        node.zeros(8 + 2 * k()[0] * entry - node.size());
        return new Node(file.put(node), offsets.get(names.get(names.size() - 1)));
    }

    private Node tree(int level, long before, List<Node> children) {
        MessageBytes node = draw.bytes()
                .text("TREE")
                .u8(0, level)
                .u16(children.size())
                .address(-1, -1)
                .length(before);
        for (Node child : children) {
            node.address(child.address).length(child.lastName);
        }
        int full = 8 + 2 * draw.offsets() + draw.lengths() + 2 * k()[1] * (draw.lengths() + draw.offsets());
        node.zeros(full - node.size());
        return new Node(file.put(node), children.isEmpty() ? before : children.get(children.size() - 1).lastName);
    }
}
