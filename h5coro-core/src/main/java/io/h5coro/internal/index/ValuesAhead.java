// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import io.h5coro.internal.format.RawMessage;
import io.h5coro.internal.format.node.ChunkTreeNode;
import io.h5coro.internal.walk.FileSpace;
import io.h5coro.internal.walk.ObjectHeader;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Hyperslab;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the values of a slice along with the leaves of a version 1 B-tree that say where they are: chunks that were
 * written one after the other stand between the leaves that were made meanwhile, at distances of their length. Decides
 * nothing: what is asked for in vain costs bytes. Confined to one task.
 */
public final class ValuesAhead {
    /*
     * Example: a root has three leaves, from chunks 0, 57 and 114 on, at 9.0, 10.0 and 11.7 MB; its keys say that those
     * chunks take 30,000 bytes each. A leaf of 64 entries was full when chunk 65 came: a new one was made at 10.0 MB,
     * into which the last seven moved, so chunk 65 is the first one behind it. The next one was made when chunk 121 had
     * been written, at 11.7 MB. 57 chunks in 1.7 MB are as many as their length allows: they stand there and nothing
     * else does. Chunk 80 is expected at 10.0 MB + 15 * 30,000, within a chunk's length.
     */

    /** Entries of a full leaf that move to a new one, the one for which it was made included (H5B__split). */
    private static final int MOVED = 8;

    /** A part of the expected length by which what stands between two leaves may differ from it. */
    private static final double SLACK = 0.2;

    /** Chunks in front of the first new leaf that are expected close to it: earlier ones may stand anywhere. */
    private static final int MOST_BEFORE = 16;

    /** What is asked for around the expected place, at least. */
    private static final int MARGIN_BYTES = 16 << 10;

    /** Values of more slices are not guessed at: they are short, and their places many. */
    private static final int MOST_SLICES = 4;

    /** More is not guessed of a slice: it is then read for longer than a wave takes. */
    private static final long MOST_BYTES = 5 << 19;

    private final FileSpace file;
    private final ChunkTreeNode node;
    private final int leafBytes;
    private final long chunkLength;

    /** Bytes of a chunk, the mean of those that the node knows. */
    private final double chunkBytes;

    private final List<Anchor> anchors = new ArrayList<>();

    /**
     * Where a leaf was made.
     *
     * @param chunk the first one that was written after it
     * @param start end of the chunk before
     * @param end where that chunk is expected
     */
    private record Anchor(long chunk, long start, long end) {}

    private ValuesAhead(FileSpace file, ChunkTreeNode node, long[] chunkShape) {
        this.file = file;
        this.node = node;
        this.leafBytes = ChunkTreeNode.size(file.origin(), chunkShape.length, ChunkTreeDescent.USUAL_ENTRIES);
        this.chunkLength = chunkShape[0];
        long stored = 0;
        for (int i = 0; i < node.entries(); i++) {
            stored += node.storedSize(i);
        }
        this.chunkBytes = Math.max(1, (double) stored / node.entries());
    }

    /**
     * Asks for the chunks of the first slices of a request where they are expected, in a dataset that is cut in its
     * first dimension only; reads the root of the tree. Needs no more of the header than its first part.
     */
    public static void ask(FileSpace file, ObjectHeader header, DatasetRequest request) {
        Optional<RawMessage> message =
                header.isComplete() ? header.first(RawMessage.LAYOUT) : header.leading(RawMessage.LAYOUT);
        EarlyLook.atTree(file, message, (shape, root) -> ask(file, shape, root, EarlyLook.slices(request)));
    }

    static void ask(FileSpace file, long[] chunkShape, long address, List<Hyperslab> slices) {
        ByteRange head = ChunkTreeDescent.head(file, chunkShape.length, address);
        ChunkTreeNode root =
                ChunkTreeNode.parse(file.read(head.offset(), head.length(), ChunkTreeDescent.WHAT), chunkShape.length);
        if (root.level() != 1 || root.entries() < 2 || !isCutOnce(root, chunkShape)) {
            return;
        }
        ValuesAhead values = new ValuesAhead(file, root, chunkShape);
        values.anchor();
        EarlyLook look = new EarlyLook(file, chunkShape);
        for (Hyperslab slice : slices.subList(0, Math.min(slices.size(), MOST_SLICES))) {
            if (slice.leading() > 0 && slice.ranges().get(0).step() == 1) {
                ChunkBox box = look.box(slice);
                if (!values.areFound(box.first(0), box.last(0))) {
                    values.ask(box.first(0), box.last(0));
                }
            }
        }
    }

    /** Whether leaves begin with chunks that differ in their first dimension only. */
    private static boolean isCutOnce(ChunkTreeNode root, long[] chunkShape) {
        boolean isCutOnce = chunkShape[0] > 0;
        for (int i = 0; i < root.entries(); i++) {
            for (int d = 1; d < chunkShape.length; d++) {
                isCutOnce &= root.offset(i, d) == 0;
            }
        }
        return isCutOnce;
    }

    /** Whether the leaves of chunks are here, so that there is nothing to guess. */
    private boolean areFound(long first, long last) {
        for (int i = 0; i < node.entries(); i++) {
            boolean isMet = node.offset(i, 0) / chunkLength <= last && node.offset(i + 1, 0) / chunkLength >= first;
            if (isMet && !file.isHere(node.child(i), leafBytes)) {
                return false;
            }
        }
        return true;
    }

    private void ask(long first, long last) {
        Anchor before = null;
        for (Anchor anchor : anchors) {
            between(before, anchor, first, last);
            before = anchor;
        }
        behind(first, last);
    }

    /** Finds where leaves were made. */
    private void anchor() {
        int size = leafBytes;
        for (int i = 1; i < node.entries(); i++) {
            long start = node.child(i);
            long end = start + size;
            // The first leaf is a copy of the old root, made along with the second one.
            long copy = node.child(0);
            if (i == 1 && Math.abs(copy - start) <= 2L * size) {
                end = Math.max(start, copy) + size;
                start = Math.min(start, copy);
            }
            anchors.add(new Anchor(node.offset(i, 0) / chunkLength + MOVED, start, end));
        }
    }

    /** Chunks between two leaves that were made one after the other; before the first of them for null. */
    private void between(@Nullable Anchor before, Anchor anchor, long first, long last) {
        long from = Math.max(first, before == null ? 0 : before.chunk);
        long to = Math.min(last + 1, anchor.chunk);
        if (from >= to) {
            return;
        }
        if (before == null) {
            if (anchor.chunk - from <= MOST_BEFORE) {
                double start = anchor.start - (anchor.chunk - from) * chunkBytes;
                guess(start, start + (to - from) * chunkBytes, isFull(0));
            }
        } else if (isFull(before, anchor)) {
            double each = (double) (anchor.start - before.end) / (anchor.chunk - before.chunk);
            guess(before.end + (from - before.chunk) * each, before.end + (to - before.chunk) * each, true);
        }
    }

    private void behind(long first, long last) {
        Anchor anchor = anchors.get(anchors.size() - 1);
        long from = Math.max(first, anchor.chunk);
        if (from <= last) {
            double start = anchor.end + (from - anchor.chunk) * chunkBytes;
            guess(start, start + (last + 1 - from) * chunkBytes, isFull(anchors.size() - 2));
        }
    }

    /** Whether nothing but chunks of this dataset stands between a leaf and the one behind it; false where none is. */
    private boolean isFull(int leaf) {
        return leaf >= 0 && leaf + 1 < anchors.size() && isFull(anchors.get(leaf), anchors.get(leaf + 1));
    }

    private boolean isFull(Anchor anchor, Anchor next) {
        double expected = (next.chunk - anchor.chunk) * chunkBytes;
        return Math.abs(next.start - anchor.end - expected) <= SLACK * expected;
    }

    private void guess(double start, double end, boolean isSure) {
        double margin = Math.max(MARGIN_BYTES, chunkBytes);
        long from = (long) Math.max(0, start - margin);
        long length = (long) (end + margin) - from;
        if (length > 0 && length <= MOST_BYTES) {
            file.guess(List.of(new ByteRange(from, length)), isSure);
        }
    }
}
