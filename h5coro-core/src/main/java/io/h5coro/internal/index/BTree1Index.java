// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import io.h5coro.internal.format.node.ChunkTreeNode;
import java.util.Arrays;
import java.util.List;

/**
 * The index of layouts 1 to 3: a B-tree of version 1 over element offsets (H5Dbtree.c). Thread-safe: keeps nothing,
 * nodes come from the block cache. A look-up costs a wave of reads for each level of the tree.
 */
final class BTree1Index implements TreeIndex {
    private final ChunkSpace chunks;
    private final long root;

    BTree1Index(ChunkSpace chunks, long root) {
        this.chunks = chunks;
        this.root = root;
    }

    @Override
    public int rank() {
        return chunks.rank();
    }

    @Override
    public void find(ChunkBox box, Receiver receiver) {
        ChunkTreeDescent descent =
                new ChunkTreeDescent(chunks.file(), chunks.chunkShape(), box, (node, i, coordinate) -> {
                    if (box.contains(coordinate)) {
                        check(box, node, i, coordinate);
                        receiver.chunk(coordinate, node.child(i), node.storedSize(i), node.filterMask(i));
                    }
                });
        List<Long> level = List.of(root);
        while (!level.isEmpty()) {
            level = descent.down(level);
        }
    }

    /**
     * Checks an entry before it counts: its offsets are those of a chunk, the last one is 0, and no other entry has
     * them.
     */
    private void check(ChunkBox box, ChunkTreeNode node, int i, long[] coordinate) {
        for (int d = 0; d <= chunks.rank(); d++) {
            long offset = node.offset(i, d);
            if (d < chunks.rank() ? offset % chunks.chunkLength(d) != 0 : offset != 0) {
                throw node.malformed("chunk at element offset " + offset + " of dimension " + d);
            }
        }
        if (!box.enter(coordinate)) {
            throw node.malformed("chunk B-tree holds chunk " + Arrays.toString(coordinate) + " twice");
        }
        chunks.check(coordinate, node.child(i), node.storedSize(i));
    }
}
