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

    /** Of more records than these no part is made for each: what says where they are would be large itself. */
    private static final int MOST_RECORDS = 100_000;

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
     * The bytes of each stored element that are wanted.
     *
     * @param offset first of them
     * @param length how many; at least 1
     * @param size bytes of an element
     */
    record Wanted(int offset, int length, int size) {
        /** All of them; of an element of none, one that nothing reads. */
        static Wanted all(int size) {
            return new Wanted(0, Math.max(1, size), Math.max(1, size));
        }
    }

    /**
     * Adds the parts of a run of values that a copy needs. Where a member is wanted of records so long that what stands
     * between two of them is rather skipped, each is a part of its own.
     *
     * <p>Example, gap 10 bytes: of three records of 100 bytes a member of 8 at byte 4 stands in [4, 12), [104, 112) and
     * [204, 212). Of records of 16 bytes it is one part, [4, 44).
     *
     * @param address start of the run in the source
     * @param wanted what of each element
     * @param copy from the run, in elements
     */
    void add(ElementCopy copy, long address, Wanted wanted) {
        int size = wanted.size();
        long gap = gapBytes - (size - wanted.length());
        boolean apart = gap < 0 && copy.sourceExtent() <= MOST_RECORDS;
        copy.split(Math.max(0, gap) / size, apart ? 1 : pieceBytes / size, part -> {
            memory.accept(PART_BYTES);
            long start = address + part.sourceStart() * size + wanted.offset();
            ByteRange range = new ByteRange(start, (part.sourceExtent() - 1) * size + wanted.length());
            parts.add(new PlainPiece(range, List.of(new PlainPiece.Part(-wanted.offset(), part.fromSourceStart()))));
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
