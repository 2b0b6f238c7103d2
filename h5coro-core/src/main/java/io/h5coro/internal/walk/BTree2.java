// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.format.node.BTree2Header;
import io.h5coro.internal.format.node.BTree2Node;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A B-tree of version 2 of any record type. Thread-safe: keeps nothing but its head, the nodes are in the block cache.
 *
 * <p>Descends level by level; all nodes of a level that are wanted are read in one wave.
 */
public final class BTree2 {
    /*
     * A descent with numbers: a group of 1000 links has records of 11 bytes (a hash of 4 and a heap id of 7), nodes of
     * 512 bytes hold 45 of them in a leaf, so a tree of depth 1 and 22 leaves is enough. A look-up by hash reads the
     * head, the root and the one leaf between the two root records that enclose the hash: three reads that depend on
     * each other. Reading all of it costs the same three waves, the last of which fetches all leaves at once.
     *
     * Equal hashes may stand in several leaves: a child is entered when the hash equals one of the records around it,
     * too. The records around a child are handed down, because an outermost child's bounds stand in a node further up.
     */

    private final FileSpace space;
    private final BTree2Header header;
    private final BTree2Header.Levels levels;

    /** Which records are looked for. Called on the thread that searches; need not be thread-safe. */
    public interface Wanted {
        /**
         * Whether a record is one of them. The cursor stands at its start.
         *
         * @param record its own bytes only; may be moved
         */
        boolean matches(Cursor record);

        /**
         * Whether one may stand between two records of the tree; null means from the start or to the end. Neither
         * cursor is used by others.
         */
        boolean mayLieBetween(@Nullable Cursor low, @Nullable Cursor high);
    }

    /** Where a record stands in the order of the tree, seen from what is looked for. */
    public interface Side {
        /** Negative: before it; 0: it is wanted; positive: behind it. */
        int of(Cursor record);
    }

    /** Computes the layout of each level once, for all nodes. */
    private BTree2(FileSpace space, BTree2Header header) {
        this.space = space;
        this.header = header;
        this.levels = header.levels(space.origin());
    }

    /**
     * Reads the head of a tree; blocks.
     *
     * @param types the record types that the caller can read
     * @param address of the head, relative to the base address
     * @throws MalformedFileException when there is no head, or it is of another type
     */
    public static BTree2 open(FileSpace space, long address, int... types) {
        Cursor at = space.read(address, BTree2Header.size(space.origin()), "version 2 B-tree header");
        BTree2Header header = BTree2Header.parse(at, space.options().verifyChecksums());
        for (int type : types) {
            if (header.type() == type) {
                return new BTree2(space, header);
            }
        }
        throw at.malformed(
                "version 2 B-tree of type " + header.type() + ", expected " + java.util.Arrays.toString(types));
    }

    /** The record type. */
    public int type() {
        return header.type();
    }

    /** Bytes of a record. */
    public int recordSize() {
        return header.recordSize();
    }

    /** Number of records in the tree, as its head says. */
    public long totalRecords() {
        return header.totalRecords();
    }

    /** Visits all records, in no particular order; blocks. */
    public void all(Consumer<Cursor> receiver) {
        all(receiver, () -> {});
    }

    /**
     * The same along with something else.
     *
     * @param ahead runs before the nodes of each level are asked for: asks for more that is to travel with them
     */
    void all(Consumer<Cursor> receiver, Runnable ahead) {
        find(
                new Wanted() {
                    @Override
                    public boolean matches(Cursor record) {
                        return true;
                    }

                    @Override
                    public boolean mayLieBetween(@Nullable Cursor low, @Nullable Cursor high) {
                        return true;
                    }
                },
                receiver,
                ahead);
    }

    /** Visits the records at which {@code side} is 0, of which there may be many (equal hashes); blocks. */
    public void find(Side side, Consumer<Cursor> receiver) {
        find(side, receiver, () -> {});
    }

    /** The same along with something else, as {@link #all(Consumer, Runnable)}. */
    void find(Side side, Consumer<Cursor> receiver, Runnable ahead) {
        find(
                new Wanted() {
                    @Override
                    public boolean matches(Cursor record) {
                        return side.of(record) == 0;
                    }

                    @Override
                    public boolean mayLieBetween(@Nullable Cursor low, @Nullable Cursor high) {
                        return (low == null || side.of(low) <= 0) && (high == null || side.of(high) >= 0);
                    }
                },
                receiver,
                ahead);
    }

    /**
     * Visits the records that are wanted, in no particular order; blocks.
     *
     * @param receiver gets each record as a cursor of its own, on this thread; may keep it
     * @throws MalformedFileException when a node is malformed or the tree reaches one twice
     */
    public void find(Wanted wanted, Consumer<Cursor> receiver) {
        find(wanted, receiver, () -> {});
    }

    private void find(Wanted wanted, Consumer<Cursor> receiver, Runnable ahead) {
        if (header.rootAddress() == Cursor.UNDEFINED || header.totalRecords() == 0) {
            return;
        }
        Descent descent = new Descent(wanted, receiver);
        BTree2Node.Child root = new BTree2Node.Child(header.rootAddress(), header.rootRecords(), header.totalRecords());
        List<Stop> level = List.of(new Stop(root, null, null));
        for (int depth = header.depth(); depth >= 0; depth--) {
            ahead.run();
            level = descent.down(level, depth);
        }
    }

    /**
     * A node on the way down.
     *
     * @param low the record before all of its own, null for none
     * @param high the record behind all of its own, null for none
     */
    private record Stop(
            BTree2Node.Child node,
            @Nullable Cursor low,
            @Nullable Cursor high) {
        @Nullable
        Cursor lowCopy() {
            return low == null ? null : low.copy();
        }

        @Nullable
        Cursor highCopy() {
            return high == null ? null : high.copy();
        }
    }

    /** One search, from the root to the leaves. Confined to one task. */
    private final class Descent {
        private final Wanted wanted;
        private final Consumer<Cursor> receiver;

        /** Invariant: no more addresses than nodes of this size fit in the file, so that a hostile tree ends. */
        private final Set<Long> visited = new HashSet<>();

        Descent(Wanted wanted, Consumer<Cursor> receiver) {
            this.wanted = wanted;
            this.receiver = receiver;
        }

        /** Reads the nodes of a level and gives their children that are wanted. */
        List<Stop> down(List<Stop> level, int depth) {
            List<ByteRange> ranges = new ArrayList<>(level.size());
            for (Stop stop : level) {
                space.check(stop.node().address(), header.nodeSize(), "version 2 B-tree node");
                ranges.add(new ByteRange(stop.node().address(), header.nodeSize()));
            }
            List<Stop> below = new ArrayList<>();
            Wave.read(space, ranges, "version 2 B-tree node", (i, bytes) -> {
                boolean verify = space.options().verifyChecksums();
                int records = level.get(i).node().records();
                visit(level.get(i), BTree2Node.parse(bytes, header, levels, depth, records, verify), below);
            });
            return below;
        }

        /**
         * Gives the wanted records to the receiver and adds the children worth entering; empty children are left out.
         */
        private void visit(Stop stop, BTree2Node node, List<Stop> below) {
            for (int i = 0; i < node.records(); i++) {
                Cursor record = node.record(i);
                if (wanted.matches(record)) {
                    receiver.accept(record.seek(0));
                }
            }
            for (int i = 0; i < node.children(); i++) {
                Cursor low = i == 0 ? stop.lowCopy() : node.record(i - 1);
                Cursor high = i == node.records() ? stop.highCopy() : node.record(i);
                if (node.child(i).records() > 0 && wanted.mayLieBetween(low, high)) {
                    enter(node.child(i));
                    below.add(new Stop(
                            node.child(i), low == null ? null : low.copy(), high == null ? null : high.copy()));
                }
            }
        }

        /** Notes a node that will be read; a tree whose nodes do not fit in the file, or that meets itself, is none. */
        private void enter(BTree2Node.Child child) {
            boolean again = !visited.add(child.address());
            if (again || visited.size() > space.end() / header.nodeSize() + 1) {
                throw new MalformedFileException(
                        new Where(space.origin().source(), null, space.base() + child.address()),
                        again
                                ? "version 2 B-tree points twice at one node"
                                : "version 2 B-tree with more nodes than the file has room for");
            }
        }
    }
}
