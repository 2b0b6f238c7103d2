// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import io.h5coro.internal.grid.ElementCopy;
import io.h5coro.internal.plan.Gaps;
import io.h5coro.internal.plan.RequestCosts;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The parts of values stored as they are that a request needs. Those of different slices that stand near each other are
 * one piece: a hundred thousand slices of a row each do not cost a hundred thousand tasks. Confined to one task.
 *
 * <p>Example, gap 10 and piece 100 bytes: parts [0, 40), [45, 90), [95, 120), [200, 210). The pieces are [0, 90) of two
 * parts, [95, 120), which would make the first one 120 bytes long, and [200, 210), which is 80 bytes away.
 */
final class PlainPieces {
    /** About what a part takes. */
    private static final int PART_BYTES = 256;

    private final long gapBytes;
    private final long pieceBytes;
    private final RequestCosts costs;
    private final LongConsumer memory;
    private final List<PlainPiece> parts = new ArrayList<>();

    /**
     * No parts yet.
     *
     * @param gapBytes unwanted bytes that are rather read than skipped
     * @param pieceBytes longest piece, unless an element is longer
     * @param costs decide whether the gaps between slices are read, which may be most of what they would be
     */
    PlainPieces(long gapBytes, long pieceBytes, RequestCosts costs) {
        this(gapBytes, pieceBytes, costs, bytes -> {});
    }

    /**
     * The same for elements of which there may be many.
     *
     * @param memory takes the bytes of memory of each part; throws when they are too many
     */
    PlainPieces(long gapBytes, long pieceBytes, RequestCosts costs, LongConsumer memory) {
        this.memory = memory;
        this.gapBytes = gapBytes;
        this.pieceBytes = pieceBytes;
        this.costs = costs;
    }

    /**
     * Adds the parts of a run of values that a copy needs.
     *
     * @param address start of the run in the source
     * @param elementSize bytes of an element
     * @param copy from the run, in elements
     */
    void add(ElementCopy copy, long address, int elementSize) {
        int size = Math.max(1, elementSize);
        copy.split(gapBytes / size, pieceBytes / size, part -> {
            memory.accept(PART_BYTES);
            ByteRange range = new ByteRange(address + part.sourceStart() * size, part.sourceExtent() * size);
            parts.add(new PlainPiece(range, part.fromSourceStart()));
        });
    }

    /**
     * The pieces, by their places in the source when several slices were added.
     *
     * @return pieces whose ranges may overlap when slices did; their parts keep their own copies
     */
    List<PlainPiece> joined() {
        if (parts.size() < 2) {
            return parts;
        }
        parts.sort(Comparator.comparing(PlainPiece::range));
        Gaps gaps = new Gaps(costs);
        parts.forEach(part -> gaps.add(part.range().offset(), part.range().end()));
        long bridged = Math.min(gapBytes, gaps.longestBridged());
        List<PlainPiece> joined = new ArrayList<>();
        int from = 0;
        long end = parts.get(0).range().end();
        for (int i = 1; i < parts.size(); i++) {
            ByteRange next = parts.get(i).range();
            long longer = Math.max(end, next.end());
            boolean near = next.offset() - end <= bridged;
            if (!near || longer - parts.get(from).range().offset() > pieceBytes) {
                joined.add(joined(from, i, end));
                from = i;
                longer = next.end();
            }
            end = longer;
        }
        joined.add(joined(from, parts.size(), end));
        return joined;
    }

    /** One piece of the parts {@code [from, to)}, which end at {@code end}. */
    private PlainPiece joined(int from, int to, long end) {
        PlainPiece first = parts.get(from);
        if (to == from + 1) {
            return first;
        }
        long start = first.range().offset();
        List<PlainPiece.Part> copies = new ArrayList<>(to - from);
        for (PlainPiece part : parts.subList(from, to)) {
            int skipped = (int) (part.range().offset() - start);
            part.parts().forEach(copy -> copies.add(new PlainPiece.Part(skipped + copy.offset(), copy.copy())));
        }
        return new PlainPiece(new ByteRange(start, end - start), copies);
    }
}
