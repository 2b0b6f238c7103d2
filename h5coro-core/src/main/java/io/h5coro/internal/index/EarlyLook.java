// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import io.h5coro.error.H5Exception;
import io.h5coro.internal.format.RawMessage;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.format.message.LayoutMessage;
import io.h5coro.internal.walk.FileSpace;
import io.h5coro.internal.walk.ObjectHeader;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementSelection;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Hyperslab.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Asks for the nodes of a version 1 B-tree that a look-up will need, while the rest of the dataset's header is still on
 * its way: old headers keep the layout in chunk 0, but writers move the dataspace, which the look-up itself needs, into
 * a continuation far away. Decides nothing: whatever is wrong is found and told by the look-up.
 */
public final class EarlyLook {
    /** Nodes asked for at most; they are kept until the look-up comes, and the cache is not large. */
    private static final int MOST_NODES = 1024;

    /** More points, or indices of a list, are not looked for early. */
    private static final int MOST_PICKED = 64;

    private final FileSpace file;
    private final long[] chunkShape;

    /** Invariant: at most {@link #MOST_NODES}. */
    private int asked;

    EarlyLook(FileSpace file, long[] chunkShape) {
        this.file = file;
        this.chunkShape =
                Arrays.stream(chunkShape).map(length -> Math.max(1, length)).toArray();
    }

    /**
     * Asks for nodes that a request for a dataset needs, unless its header is here; blocks on all levels but the
     * lowest.
     */
    public static void ask(FileSpace file, ObjectHeader header, DatasetRequest request) {
        Optional<RawMessage> message = header.leading(RawMessage.LAYOUT);
        if (!header.isComplete()) {
            atTree(file, message, (shape, root) -> new EarlyLook(file, shape).ask(root, slices(request)));
        }
    }

    /** What is done with the version 1 B-tree of a chunked dataset. */
    interface Look {
        /** Looks at the root of the tree. */
        void at(long[] chunkShape, long root);
    }

    /** Looks at the tree that a layout message names, if it does and is new; tells no error of what it meets. */
    static void atTree(FileSpace file, Optional<RawMessage> message, Look look) {
        if (message.isEmpty() || message.get().isShared()) {
            return;
        }
        try {
            if (LayoutMessage.parse(message.get().cursor()) instanceof Layout.Chunked chunked
                    && chunked.index() instanceof Layout.BTree1Index tree
                    && tree.address() >= 0
                    && !file.isStored(tree.address())) {
                look.at(chunked.chunkShape(), tree.address());
            }
        } catch (H5Exception toldLater) {
            // The look-up meets it again, and says it with the dataset's name.
        }
    }

    /** The slices that are looked for early: of other selections a few points, or a short list. */
    static List<Hyperslab> slices(DatasetRequest request) {
        ElementSelection selection = request.selection();
        if (selection == null) {
            return request.slices().isEmpty() ? List.of(Hyperslab.all()) : request.slices();
        }
        List<Hyperslab> slices = new ArrayList<>();
        if (selection instanceof ElementSelection.Points points && points.count() <= MOST_PICKED) {
            for (int i = 0; i < points.count(); i++) {
                int point = i;
                slices.add(new Hyperslab(IntStream.range(0, points.rank())
                        .mapToObj(d -> Range.at(points.index(point, d)))
                        .toList()));
            }
        } else if (selection instanceof ElementSelection.Axes axes
                && lists(axes).count() == 1) {
            int list = lists(axes).findFirst().orElseThrow();
            ElementSelection.Axis axis = axes.axes().get(list);
            for (int i = 0; i < axis.count() && axis.count() <= MOST_PICKED; i++) {
                List<Range> ranges = new ArrayList<>(axes.slab().ranges());
                ranges.set(list, Range.at(axis.index(i)));
                slices.add(new Hyperslab(ranges, axes.leading(), false));
            }
        }
        return slices;
    }

    private static IntStream lists(ElementSelection.Axes axes) {
        return IntStream.range(0, axes.axes().size())
                .filter(i -> axes.axes().get(i).isList());
    }

    /** Goes down for all slices together, a wave a level, and asks for the leaves without waiting for them. */
    private void ask(long root, List<Hyperslab> slices) {
        List<Way> ways = new ArrayList<>();
        for (Hyperslab slice : slices) {
            ways.add(new Way(box(slice), root));
        }
        while (!ways.isEmpty()) {
            ways.forEach(Way::down);
            Set<Long> below = new LinkedHashSet<>();
            ways.forEach(way -> below.addAll(way.nodes));
            if (!below.isEmpty()) {
                file.prefetch(ways.get(0).descent.heads(List.copyOf(below)), ChunkTreeDescent.WHAT);
            }
            ways.removeIf(way -> way.nodes.isEmpty() || way.descent.isAboveLeaves());
        }
    }

    /** The way down for one slice. */
    private final class Way {
        private final ChunkTreeDescent descent;
        private List<Long> nodes;

        Way(ChunkBox box, long root) {
            this.descent = new ChunkTreeDescent(file, chunkShape, box, (node, entry, coordinate) -> {});
            this.nodes = List.of(root);
        }

        /** Reads the nodes of a level; blocks. */
        void down() {
            List<Long> below = descent.down(nodes);
            nodes = below.subList(0, Math.min(below.size(), MOST_NODES - asked));
            asked += nodes.size();
        }
    }

    /** The chunks of a slice of a dataset of any extent. */
    ChunkBox box(Hyperslab slice) {
        int rank = chunkShape.length;
        long[] first = new long[rank];
        long[] last = new long[rank];
        for (int d = 0; d < rank; d++) {
            // What counts from an end needs the extent: all of the dimension may be meant.
            boolean given = d < slice.leading();
            Long start = given ? slice.ranges().get(d).start() : null;
            Long stop = given ? slice.ranges().get(d).stop() : null;
            long length = chunkShape[d];
            first[d] = start == null || start < 0 ? 0 : start / length;
            last[d] = (stop == null || stop < 0 ? Long.MAX_VALUE : Math.max(0, stop - 1)) / length;
        }
        return new ChunkBox(first, last);
    }
}
