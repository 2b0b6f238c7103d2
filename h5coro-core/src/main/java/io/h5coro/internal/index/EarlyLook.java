// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import io.h5coro.error.H5Exception;
import io.h5coro.internal.format.RawMessage;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.format.message.LayoutMessage;
import io.h5coro.internal.format.node.ChunkTreeNode;
import io.h5coro.internal.walk.FileSpace;
import io.h5coro.internal.walk.ObjectHeader;
import io.h5coro.model.Hyperslab;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks for the nodes of a version 1 B-tree that a look-up will need, while the rest of the dataset's header is still on its
 * way: old headers keep the layout in chunk 0, but writers move the dataspace, which the look-up itself needs, into a
 * continuation far away. Decides nothing: whatever is wrong is found and told by the look-up.
 */
public final class EarlyLook {
    private static final String WHAT = "version 1 B-tree node of chunks";

    /** Nodes asked for at most; they are kept until the look-up comes, and the cache is not large. */
    private static final int MOST_NODES = 1024;

    /** Usual entries of a node (indexed storage K of 32). */
    private static final int USUAL_ENTRIES = 64;

    private final FileSpace file;
    private final long[] chunkShape;
    private int asked;

    private EarlyLook(FileSpace file, long[] chunkShape) {
        this.file = file;
        this.chunkShape = chunkShape;
    }

    /** Asks for nodes that slices of a dataset need, unless its header is here; blocks on all levels but the lowest. */
    public static void ask(FileSpace file, ObjectHeader header, List<Hyperslab> slices) {
        Optional<RawMessage> message = header.leading(RawMessage.LAYOUT);
        if (header.isComplete() || message.isEmpty() || message.get().isShared()) {
            return;
        }
        try {
            if (LayoutMessage.parse(message.get().cursor()) instanceof Layout.Chunked chunked
                    && chunked.index() instanceof Layout.BTree1Index tree
                    && tree.address() >= 0
                    && !file.isStored(tree.address())) {
                new EarlyLook(file, chunked.chunkShape()).ask(tree.address(), slices);
            }
        } catch (H5Exception toldLater) {
            // The look-up meets it again, and says it with the dataset's name.
        }
    }

    private void ask(long root, List<Hyperslab> slices) {
        if (slices.isEmpty()) {
            descend(root, box(Hyperslab.all()));
        }
        for (Hyperslab slice : slices) {
            descend(root, box(slice));
        }
    }

    /** The chunks of a slice of a dataset of any extent. */
    private ChunkBox box(Hyperslab slice) {
        int rank = chunkShape.length;
        long[] first = new long[rank];
        long[] last = new long[rank];
        for (int d = 0; d < rank; d++) {
            // What counts from an end needs the extent: all of the dimension may be meant.
            boolean given = d < slice.leading();
            Long start = given ? slice.ranges().get(d).start() : null;
            Long stop = given ? slice.ranges().get(d).stop() : null;
            long length = Math.max(1, chunkShape[d]);
            first[d] = start == null || start < 0 ? 0 : start / length;
            last[d] = (stop == null || stop < 0 ? Long.MAX_VALUE : Math.max(0, stop - 1)) / length;
        }
        return new ChunkBox(first, last);
    }

    private void descend(long root, ChunkBox box) {
        List<Long> nodes = List.of(root);
        int level = -1;
        while (!nodes.isEmpty() && level != 0) {
            List<Long> below = new ArrayList<>();
            for (long address : nodes) {
                ChunkTreeNode node = node(address);
                if (level >= 0 && node.level() != level) {
                    return;
                }
                if (node.level() > 0) {
                    below(node, box, below);
                }
                level = level < 0 ? node.level() : level;
            }
            file.prefetch(heads(below), WHAT);
            nodes = below;
            level--;
        }
    }

    private ChunkTreeNode node(long address) {
        int entries = ChunkTreeNode.parseEntries(file.read(address, ChunkTreeNode.headSize(file.origin()), WHAT));
        int size = ChunkTreeNode.size(file.origin(), chunkShape.length, entries);
        return ChunkTreeNode.parse(file.read(address, size, WHAT), chunkShape.length);
    }

    private void below(ChunkTreeNode node, ChunkBox box, List<Long> below) {
        for (int i = 0; i < node.entries() && asked < MOST_NODES; i++) {
            long[] high = coordinate(node, i + 1);
            high[high.length - 1]++;
            if (box.meets(coordinate(node, i), true, high)) {
                below.add(node.child(i));
                asked++;
            }
        }
    }

    private long[] coordinate(ChunkTreeNode node, int key) {
        long[] coordinate = new long[chunkShape.length];
        for (int d = 0; d < coordinate.length; d++) {
            coordinate[d] = node.offset(key, d) / Math.max(1, chunkShape[d]);
        }
        return coordinate;
    }

    private List<ByteRange> heads(List<Long> addresses) {
        long usual = ChunkTreeNode.size(file.origin(), chunkShape.length, USUAL_ENTRIES);
        List<ByteRange> heads = new ArrayList<>(addresses.size());
        for (long address : addresses) {
            if (address >= 0 && address < file.end()) {
                heads.add(new ByteRange(address, Math.min(usual, file.end() - address)));
            }
        }
        return heads;
    }
}
