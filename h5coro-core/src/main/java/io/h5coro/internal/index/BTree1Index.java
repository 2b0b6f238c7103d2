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
 * The index of layouts 1 to 3: a B-tree of version 1 over element offsets (H5Dbtree.c). A look-up goes down level by level
 * and reads in one wave the nodes whose interval meets the box.
 */
final class BTree1Index implements ChunkIndex {
    private static final String WHAT = "version 1 B-tree node of chunks";

    /** Entries of a node of the usual size (indexed storage K of 32), so that one read gets a node whole. */
    private static final int USUAL_ENTRIES = 64;

    private final ChunkSpace chunks;
    private final FileSpace file;
    private final long root;

    BTree1Index(ChunkSpace chunks, long root) {
        this.chunks = chunks;
        this.file = chunks.file();
        this.root = root;
    }

    @Override
    public List<ChunkRecord> find(long[] first, long[] last) {
        return find(new ChunkBox(first, last));
    }

    @Override
    public List<ChunkRecord> all(long[] last) {
        return find(ChunkBox.everywhere(chunks.rank()));
    }

    private List<ChunkRecord> find(ChunkBox box) {
        Search search = new Search(box);
        List<Long> level = List.of(root);
        while (!level.isEmpty()) {
            level = search.down(level);
        }
        return search.found;
    }

    private final class Search {
        private final ChunkBox box;
        private final List<ChunkRecord> found = new ArrayList<>();
        private final Set<Long> visited = new HashSet<>();

        /** Bytes of all nodes read: nodes do not overlap, so more than the file has is a tree that lies. */
        private long bytesRead;

        /** Level of the nodes read next; unknown for the root. */
        private int expectedLevel = -1;

        Search(ChunkBox box) {
            this.box = box;
        }

        /** Reads nodes of one level and gives the nodes below that are wanted. */
        List<Long> down(List<Long> addresses) {
            List<Long> below = new ArrayList<>();
            List<Long> large = new ArrayList<>();
            List<ByteRange> whole = new ArrayList<>();
            Wave.read(file, heads(addresses), WHAT, (i, head) -> {
                int entries = ChunkTreeNode.parseEntries(head);
                int size = ChunkTreeNode.size(file.origin(), chunks.rank(), entries);
                head.seek(0);
                if (size <= head.remaining()) {
                    visit(addresses.get(i), head, below);
                } else {
                    file.check(addresses.get(i), size, WHAT);
                    large.add(addresses.get(i));
                    whole.add(new ByteRange(addresses.get(i), size));
                }
            });
            Wave.read(file, whole, WHAT, (i, bytes) -> visit(large.get(i), bytes, below));
            expectedLevel--;
            return below;
        }

        private List<ByteRange> heads(List<Long> addresses) {
            long usual = ChunkTreeNode.size(file.origin(), chunks.rank(), USUAL_ENTRIES);
            List<ByteRange> heads = new ArrayList<>(addresses.size());
            for (long address : addresses) {
                file.check(address, ChunkTreeNode.headSize(file.origin()), WHAT);
                if (!visited.add(address)) {
                    throw malformed(address, "chunk B-tree meets a node twice");
                }
                heads.add(new ByteRange(address, Math.min(usual, file.end() - address)));
            }
            return heads;
        }

        private void visit(long address, Cursor bytes, List<Long> below) {
            ChunkTreeNode node = ChunkTreeNode.parse(bytes, chunks.rank());
            bytesRead += ChunkTreeNode.size(file.origin(), chunks.rank(), node.entries());
            if (bytesRead > file.end()) {
                throw malformed(address, "chunk B-tree with more nodes than the file has room for");
            }
            if (expectedLevel < 0) {
                expectedLevel = node.level();
            }
            if (node.level() != expectedLevel) {
                throw malformed(address, "chunk B-tree node of level " + node.level() + ", expected " + expectedLevel);
            }
            long[] low = coordinate(node, 0);
            for (int i = 0; i < node.entries(); i++) {
                long[] high = coordinate(node, i + 1);
                if (ChunkBox.compare(low, high) > 0) {
                    throw malformed(address, "chunk B-tree node whose keys are not in order");
                }
                if (node.level() == 0) {
                    chunk(node, i, low);
                } else if (box.meets(low, true, bound(node, i + 1, high))) {
                    below.add(node.child(i));
                }
                low = high;
            }
        }

        private void chunk(ChunkTreeNode node, int i, long[] coordinate) {
            if (!box.contains(coordinate)) {
                return;
            }
            for (int d = 0; d <= chunks.rank(); d++) {
                long offset = node.offset(i, d);
                if (d < chunks.rank() ? offset % chunks.chunkLength(d) != 0 : offset != 0) {
                    throw node.malformed("chunk at element offset " + offset + " of dimension " + d);
                }
            }
            if (!box.enter(coordinate)) {
                throw node.malformed("chunk B-tree holds chunk " + java.util.Arrays.toString(coordinate) + " twice");
            }
            found.add(chunks.record(coordinate, node.child(i), node.storedSize(i), node.filterMask(i)));
        }
    }

    private long[] coordinate(ChunkTreeNode node, int key) {
        long[] coordinate = new long[chunks.rank()];
        for (int d = 0; d < coordinate.length; d++) {
            coordinate[d] = node.offset(key, d) / chunks.chunkLength(d);
        }
        return coordinate;
    }

    /** A key as an excluded bound: behind its chunk when it does not name exactly the start of one. */
    private long[] bound(ChunkTreeNode node, int key, long[] coordinate) {
        boolean exact = node.offset(key, chunks.rank()) == 0;
        for (int d = 0; d < coordinate.length; d++) {
            exact &= node.offset(key, d) % chunks.chunkLength(d) == 0;
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
