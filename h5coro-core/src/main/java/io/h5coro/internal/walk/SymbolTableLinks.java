// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.format.message.SymbolTableMessage;
import io.h5coro.internal.format.node.GroupNode;
import io.h5coro.internal.format.node.SymbolTableNode;
import io.h5coro.model.Link;
import io.h5coro.model.StoredText;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Links of an old-style group: a B-tree of version 1 over symbol table nodes, names in a local heap. A look-up reads
 * one path of the tree; a listing reads it level by level, siblings together.
 */
final class SymbolTableLinks implements GroupLinks {
    /*
     * The keys of a tree node are names, by their offset in the local heap: child i holds the names above key i and up
     * to key i + 1, the latter included. Key 0 is the empty name. Example: keys "", "d", "m", "z" and three children.
     * The name "e" is above "d" and not above "m", so child 1 has it; "m" itself is in child 1, too; a name above "z"
     * is in none, and a look-up ends without waiting for a symbol table node.
     */

    /** With two children a node, a tree this high would have more nodes than there are addresses. */
    private static final int MAX_LEVEL = 64;

    /**
     * So few symbol table nodes are asked for before it is known which of them is needed: it saves a round trip. With
     * more of them the prefetch would often fetch nodes in vain.
     */
    private static final int FEW = 4;

    /**
     * While the names are on the way, which say which node is needed, so many are asked for with them: it saves a round
     * trip, too, and costs a block each, as much as is otherwise read ahead behind a lone pointer.
     */
    private static final int FEW_UNNAMED = 14;

    /**
     * So few members are asked for while their names are on the way: it saves a round trip, and costs a block each, as
     * much as is otherwise read ahead behind a lone pointer. It is as many as the usual symbol table node holds.
     */
    private static final int FEW_MEMBERS = 8;

    private final FileSpace file;
    private final SymbolTableMessage message;

    SymbolTableLinks(FileSpace file, SymbolTableMessage message) {
        this.file = file;
        this.message = message;
    }

    /** {@inheritDoc} Costs one read for each level of the tree, and the names, which are needed to compare. */
    @Override
    public Optional<Link> find(StoredText name) {
        ByteRange data = begin();
        long address = message.btree();
        GroupNode node = node(address);
        int few = file.isHere(data.offset(), data.length()) ? FEW : FEW_UNNAMED;
        if (node.level() == 0 && node.children().size() <= few) {
            List<ByteRange> ranges = membersAhead(node, data);
            ranges.add(data);
            node.children().forEach(child -> addHead(ranges, child, SymbolTableNode.HEAD_BYTES));
            file.prefetch(ranges, "names of a group");
        }
        LocalHeap heap = LocalHeap.read(file, data);
        int level = node.level();
        while (true) {
            int child = childOf(node, heap, name);
            if (child < 0) {
                return Optional.empty();
            }
            address = node.children().get(child);
            if (level == 0) {
                return find(symbols(address), heap, name);
            }
            node = node(address);
            checkLevel(node, --level, address);
        }
    }

    /**
     * Where the members of a group start, when all that is missing of it are the names, and they are few: one of them
     * is the one that is looked for. Decides nothing; a node that is damaged is met again by who needs it.
     */
    private List<ByteRange> membersAhead(GroupNode node, ByteRange names) {
        List<ByteRange> ranges = new ArrayList<>();
        boolean alone = node.children().size() == 1 && !file.isHere(names.offset(), names.length());
        if (!alone || !file.isHere(node.children().get(0), SymbolTableNode.bytes(file.origin(), 0))) {
            return ranges;
        }
        long address = node.children().get(0);
        try {
            int count = SymbolTableNode.count(file.read(address, SymbolTableNode.HEAD_BYTES, "symbol table node"));
            if (count <= FEW_MEMBERS && file.isHere(address, SymbolTableNode.bytes(file.origin(), count))) {
                for (SymbolTableNode.Entry entry : symbols(address).entries()) {
                    addTables(ranges, entry);
                    addHead(ranges, entry.header(), ObjectHeaders.FIRST_READ);
                }
            }
        } catch (H5Exception metAgain) {
            ranges.clear();
        }
        return ranges;
    }

    /** The link of a name; asks for the tables of a group that it leads to along with the header, which names them. */
    private Optional<Link> find(SymbolTableNode node, LocalHeap heap, StoredText name) {
        List<Link> links = links(node, heap, budget());
        for (int i = 0; i < links.size(); i++) {
            if (links.get(i).storedName().equals(name)) {
                SymbolTableNode.Entry entry = node.entries().get(i);
                List<ByteRange> ranges = new ArrayList<>();
                addTables(ranges, entry);
                if (!ranges.isEmpty()) {
                    addHead(ranges, entry.header(), ObjectHeaders.FIRST_READ);
                    file.prefetch(ranges, "a group");
                }
                return Optional.of(links.get(i));
            }
        }
        return Optional.empty();
    }

    /**
     * The child whose key interval (key i, key i + 1] holds the name; -1 when none does. Keys of a damaged tree may be
     * in no order: the same are looked at as by H5B_find and H5G__node_cmp3, so that the same child is found.
     */
    private static int childOf(GroupNode node, LocalHeap heap, StoredText name) {
        int low = 0;
        int high = node.children().size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (name.compareBytes(heap.text(node.keys().get(middle))) <= 0) {
                high = middle;
            } else if (name.compareBytes(heap.text(node.keys().get(middle + 1))) > 0) {
                low = middle + 1;
            } else {
                return middle;
            }
        }
        return -1;
    }

    /** Asks for the root of the tree and the head of the heap together; says where the names are. */
    private ByteRange begin() {
        String what = "group B-tree and heap";
        file.prefetch(
                List.of(
                        file.range(message.btree(), GroupNode.headBytes(file.origin()), what),
                        file.range(message.heap(), LocalHeap.headBytes(file.origin()), what)),
                what);
        return LocalHeap.locate(file, message.heap());
    }

    /** {@inheritDoc} Here in ascending order of their names, as the tree keeps them. */
    @Override
    public List<Link> all() {
        LocalHeap heap = LocalHeap.read(file, begin());
        List<Link> links = new ArrayList<>();
        MetadataBudget budget = budget();
        for (SymbolTableNode node : nodes()) {
            links.addAll(links(node, heap, budget));
        }
        return links;
    }

    @Override
    public List<ByteRange> memberTables() {
        List<ByteRange> ranges = new ArrayList<>();
        for (SymbolTableNode node : nodes()) {
            for (SymbolTableNode.Entry entry : node.entries()) {
                addTables(ranges, entry);
            }
        }
        return ranges;
    }

    /** Adds where the links of a member are said to be, if it is a group and they lie in the file. */
    private void addTables(List<ByteRange> ranges, SymbolTableNode.Entry entry) {
        if (entry.tables() != null) {
            addHead(ranges, entry.tables().btree(), GroupNode.headBytes(file.origin()));
            addHead(ranges, entry.tables().heap(), LocalHeap.headBytes(file.origin()));
        }
    }

    /** Adds a range if it lies in the file. */
    private void addHead(List<ByteRange> ranges, long address, int length) {
        if (address >= 0 && address <= file.end() - length) {
            ranges.add(new ByteRange(address, length));
        }
    }

    /** All leaves in the order of the tree, which is read level by level. */
    private List<SymbolTableNode> nodes() {
        Set<Long> visited = new HashSet<>();
        List<Long> level = List.of(message.btree());
        int depth = -1;
        do {
            List<Long> children = new ArrayList<>();
            prefetch(level, GroupNode.headBytes(file.origin()), "group B-tree");
            for (long address : level) {
                visit(visited, address);
                GroupNode node = node(address);
                if (depth >= 0) {
                    checkLevel(node, depth - 1, address);
                }
                children.addAll(node.children());
            }
            depth = depth < 0 ? node(message.btree()).level() : depth - 1;
            level = children;
        } while (depth > 0);
        List<SymbolTableNode> nodes = new ArrayList<>();
        prefetch(level, SymbolTableNode.HEAD_BYTES, "symbol table node");
        for (long address : level) {
            visit(visited, address);
            nodes.add(symbols(address));
        }
        return nodes;
    }

    private void prefetch(List<Long> addresses, int length, String what) {
        List<ByteRange> ranges = new ArrayList<>(addresses.size());
        for (long address : addresses) {
            file.check(address, length, what);
            ranges.add(new ByteRange(address, length));
        }
        file.prefetch(ranges, what);
    }

    /**
     * Notes a node that is about to be read.
     *
     * @throws io.h5coro.error.MalformedFileException when a node was visited before: the tree has a loop
     */
    private void visit(Set<Long> visited, long address) {
        if (!visited.add(address)) {
            throw new io.h5coro.error.MalformedFileException(
                    new Where(file.origin().source(), null, file.base() + address),
                    "group B-tree reaches this node twice");
        }
    }

    /** Every step down has to lower the level by one, so that a descent ends. */
    private void checkLevel(GroupNode node, int expected, long address) {
        if (node.level() != expected) {
            throw new io.h5coro.error.MalformedFileException(
                    new Where(file.origin().source(), null, file.base() + address),
                    "group B-tree node of level " + node.level() + ", expected " + expected);
        }
    }

    /** Reads the head of a node, then as much of it as its entries need; blocks. */
    private GroupNode node(long address) {
        Cursor head = file.read(address, GroupNode.headBytes(file.origin()), "group B-tree node");
        int entries = GroupNode.entries(head);
        GroupNode node =
                GroupNode.parse(file.read(address, GroupNode.bytes(file.origin(), entries), "group B-tree node"));
        if (node.level() > MAX_LEVEL) {
            throw new LimitExceededException(
                    new Where(file.origin().source(), null, file.base() + address),
                    "group B-tree of level " + node.level() + ", at most " + MAX_LEVEL + " are read");
        }
        return node;
    }

    /** Reads the head of a symbol table node, then its entries; blocks. */
    private SymbolTableNode symbols(long address) {
        int count = SymbolTableNode.count(file.read(address, SymbolTableNode.HEAD_BYTES, "symbol table node"));
        return SymbolTableNode.parse(
                file.read(address, SymbolTableNode.bytes(file.origin(), count), "symbol table node"));
    }

    private MetadataBudget budget() {
        return new MetadataBudget(file, "names of a group");
    }

    /** The links of one node; names are copied out of the heap and charged to the budget. */
    private static List<Link> links(SymbolTableNode node, LocalHeap heap, MetadataBudget budget) {
        List<Link> links = new ArrayList<>(node.entries().size());
        for (SymbolTableNode.Entry entry : node.entries()) {
            StoredText name = text(heap, entry.name(), budget);
            links.add(
                    entry.softLink() >= 0
                            ? new Link.Soft(name, Link.NO_ORDER, text(heap, entry.softLink(), budget))
                            : new Link.Hard(name, Link.NO_ORDER, entry.header()));
        }
        return links;
    }

    private static StoredText text(LocalHeap heap, long offset, MetadataBudget budget) {
        StoredText text = heap.text(offset);
        budget.spend(text.length());
        return text;
    }
}
