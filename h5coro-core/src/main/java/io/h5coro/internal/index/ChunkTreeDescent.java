// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.format.node.ChunkTreeNode;
import io.h5coro.internal.walk.FileSpace;
import io.h5coro.internal.walk.Wave;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One way down a version 1 B-tree over element offsets of chunks (H5Dbtree.c), level by level: reads in one wave the
 * nodes whose interval meets a box.
 */
final class ChunkTreeDescent {
    /*
     * Example: chunks of 10 x 10 elements; a node with the keys (0, 0), (40, 0) and (80, 0), in elements, is (0, 0),
     * (4, 0), (8, 0) in chunks. A box of chunks [5, 2] to [6, 3] does not meet the interval from (0, 0) to below (4,
     * 0), but meets that to below (8, 0), so only the second child is read. The last key of a node may name a place
     * past the last chunk, such as (80, 7), which is no multiple of the chunk: then it is rounded up, to below (8, 1),
     * so that nothing is missed.
     */

    static final String WHAT = "version 1 B-tree node of chunks";

    /**
     * Entries of a node of the usual size (indexed storage K of 32), so that one read gets a node whole. Nodes with
     * more entries cost a second read.
     */
    static final int USUAL_ENTRIES = 64;

    /** Level of nodes that were not read. */
    private static final int UNKNOWN = -1;

    private final FileSpace file;
    private final long[] chunkShape;
    private final ChunkBox box;
    private final Leaf leaf;

    /** Invariant: every node read so far; a node that comes again makes the tree malformed. */
    private final Set<Long> visited = new HashSet<>();

    /** Bytes of all nodes read: nodes do not overlap, so more than the file has is a tree that lies. */
    private long bytesRead;

    /** Level of the nodes read last. */
    private int level = UNKNOWN;

    /** Takes the chunks of nodes of the lowest level. */
    interface Leaf {
        /** Takes an entry of a node, in the box or not; the array of the coordinate is used again. */
        void chunk(ChunkTreeNode node, int entry, long[] coordinate);
    }

    /**
     * Nothing is read yet.
     *
     * @param chunkShape elements of a chunk in each dimension, positive
     */
    ChunkTreeDescent(FileSpace file, long[] chunkShape, ChunkBox box, Leaf leaf) {
        this.file = file;
        this.chunkShape = chunkShape;
        this.box = box;
        this.leaf = leaf;
    }

    /** Whether the nodes below those read last are leaves, or there are none. */
    boolean isAboveLeaves() {
        return level == 0 || level == 1;
    }

    /** Whether the nodes read last point to chunks. */
    boolean isAtLeaves() {
        return level == 0;
    }

    /**
     * Reads nodes of one level and gives those below that are wanted.
     *
     * @throws MalformedFileException when they are no nodes of one level of a tree
     */
    List<Long> down(List<Long> addresses) {
        for (long address : addresses) {
            if (!visited.add(address)) {
                throw malformed(address, "chunk B-tree meets a node twice");
            }
        }
        int expected = level == UNKNOWN ? UNKNOWN : level - 1;
        List<Long> below = new ArrayList<>();
        List<Long> large = new ArrayList<>();
        List<ByteRange> whole = new ArrayList<>();
        Wave.read(file, heads(addresses), WHAT, (i, head) -> {
            int entries = ChunkTreeNode.parseEntries(head);
            int size = ChunkTreeNode.size(file.origin(), chunkShape.length, entries);
            head.seek(0);
            if (size <= head.remaining()) {
                visit(addresses.get(i), head, expected, below);
            } else {
                file.check(addresses.get(i), size, WHAT);
                large.add(addresses.get(i));
                whole.add(new ByteRange(addresses.get(i), size));
            }
        });
        Wave.read(file, whole, WHAT, (i, bytes) -> visit(large.get(i), bytes, expected, below));
        return below;
    }

    /** What to read of nodes: all of one of the usual size. */
    List<ByteRange> heads(List<Long> addresses) {
        List<ByteRange> heads = new ArrayList<>(addresses.size());
        for (long address : addresses) {
            heads.add(head(file, chunkShape.length, address));
        }
        return heads;
    }

    /** What to read of a node. */
    static ByteRange head(FileSpace file, int rank, long address) {
        file.check(address, ChunkTreeNode.headSize(file.origin()), WHAT);
        long usual = ChunkTreeNode.size(file.origin(), rank, USUAL_ENTRIES);
        return new ByteRange(address, Math.min(usual, file.end() - address));
    }

    /**
     * Checks a node's level and the order of its keys, then passes on its chunks or adds the children that the box
     * meets.
     *
     * @param expected level that the node has to have; {@link #UNKNOWN} for the root
     */
    private void visit(long address, Cursor bytes, int expected, List<Long> below) {
        ChunkTreeNode node = ChunkTreeNode.parse(bytes, chunkShape.length);
        bytesRead += ChunkTreeNode.size(file.origin(), chunkShape.length, node.entries());
        if (bytesRead > file.end()) {
            throw malformed(address, "chunk B-tree with more nodes than the file has room for");
        }
        if (expected != UNKNOWN && node.level() != expected) {
            throw malformed(address, "chunk B-tree node of level " + node.level() + ", expected " + expected);
        }
        level = node.level();
        long[] low = coordinate(node, 0, new long[chunkShape.length]);
        long[] high = new long[chunkShape.length];
        for (int i = 0; i < node.entries(); i++) {
            coordinate(node, i + 1, high);
            if (ChunkBox.compare(low, high) > 0) {
                throw malformed(address, "chunk B-tree node whose keys are not in order");
            }
            if (node.level() == 0) {
                leaf.chunk(node, i, low);
            } else if (box.meets(low, true, bound(node, i + 1, high))) {
                below.add(node.child(i));
            }
            long[] behind = high;
            high = low;
            low = behind;
        }
    }

    /** The chunk that holds the element of a key. */
    private long[] coordinate(ChunkTreeNode node, int key, long[] coordinate) {
        for (int d = 0; d < coordinate.length; d++) {
            coordinate[d] = node.offset(key, d) / chunkShape[d];
        }
        return coordinate;
    }

    /** A key as an excluded bound: behind its chunk when it does not name exactly the start of one. */
    private long[] bound(ChunkTreeNode node, int key, long[] coordinate) {
        boolean exact = node.offset(key, chunkShape.length) == 0;
        for (int d = 0; d < coordinate.length; d++) {
            exact &= node.offset(key, d) % chunkShape[d] == 0;
        }
        if (exact) {
            return coordinate;
        }
        long[] behind = coordinate.clone();
        behind[behind.length - 1]++;
        return behind;
    }

    private MalformedFileException malformed(long address, String problem) {
        return new MalformedFileException(new Where(file.origin().source(), null, file.base() + address), problem);
    }
}
