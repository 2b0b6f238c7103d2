// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.model.DataSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Parses a selection of elements, as region references and the mappings of virtual datasets hold it.
 *
 * <pre>
 * 4  type: 0 none, 1 points, 2 blocks, 3 all
 * 4  version
 *    none, all: 8 unused
 *    points 1:  8 unused, 4 rank, 4 number, coordinates of 4        points 2: 1 width, 4 rank, number, coordinates
 *    blocks 1:  8 unused, 4 rank, 4 number, first and last corners of 4
 *    blocks 2:  1 flags, 4 unused, 4 rank, per dimension start, stride, count, block of 8
 *    blocks 3:  1 flags, 1 width, 4 rank, as 2 (flag 0: regular) or as 1, numbers of that width
 * </pre>
 *
 * <p>Example, in numbers of 4 bytes: {@code 2, 1, 0, 24, 2, 1, 1, 0, 2, 3} are blocks of version 1 in rank 2, one
 * block, whose first corner is [1, 0] and whose last, inclusive, is [2, 3]: 2 x 4 elements.
 *
 * @see <a href="https://github.com/HDFGroup/hdf5/blob/develop/src/H5Shyper.c">H5S__hyper_deserialize</a>, H5Spoint.c
 */
public final class SelectionParser {
    private static final int MOST_DIMENSIONS = 32;
    private static final int FLAG_REGULAR = 1;

    /**
     * Heap bytes of a boxed coordinate in a list, an estimate. Too low a figure would let a hostile file take more
     * memory than the budget; too high a one refuses large point selections early.
     */
    private static final int BYTES_PER_COORDINATE = 24;

    private final Cursor cursor;
    private final LongConsumer memory;

    private SelectionParser(Cursor cursor, LongConsumer memory) {
        this.cursor = cursor;
        this.memory = memory;
    }

    /**
     * Parses a selection and moves behind it.
     *
     * @param memory is told the bytes that are about to be allocated, and may refuse
     */
    public static DataSelection parse(Cursor cursor, LongConsumer memory) {
        long type = cursor.u32();
        SelectionParser parser = new SelectionParser(cursor, memory);
        if (type == 0 || type == 3) {
            cursor.skip(Math.min(12, cursor.remaining()));
            return type == 0 ? new DataSelection.None() : new DataSelection.All();
        }
        if (type == 1) {
            return parser.points();
        }
        if (type == 2) {
            return parser.blocks();
        }
        throw cursor.malformed("selection of type " + type);
    }

    private DataSelection points() {
        long version = cursor.u32();
        int width = 4;
        if (version == 1) {
            cursor.skip(8);
        } else if (version == 2) {
            width = width(cursor.u8());
        } else {
            throw cursor.malformed("selection of points of version " + version);
        }
        int rank = rank();
        return new DataSelection.Points(rank, tuples(cursor.unsigned(width), 1, rank, width));
    }

    private DataSelection blocks() {
        long version = cursor.u32();
        int flags = 0;
        int width = 4;
        if (version == 1) {
            cursor.skip(8);
        } else if (version == 2) {
            flags = cursor.u8();
            cursor.skip(4);
            width = 8;
        } else if (version == 3) {
            flags = cursor.u8();
            width = width(cursor.u8());
        } else {
            throw cursor.malformed("selection of blocks of version " + version);
        }
        if ((flags & ~FLAG_REGULAR) != 0) {
            throw cursor.malformed("selection with flags 0x" + Integer.toHexString(flags) + ", expected 0 or 1");
        }
        int rank = rank();
        return (flags & FLAG_REGULAR) != 0
                ? regular(rank, width)
                : new DataSelection.Blocks(rank, corners(rank, width));
    }

    private List<List<Long>> corners(int rank, int width) {
        List<List<Long>> corners = tuples(cursor.unsigned(width), 2, rank, width);
        for (int i = 0; i < corners.size(); i += 2) {
            for (int d = 0; d < rank; d++) {
                long first = corners.get(i).get(d);
                if (first < 0 || corners.get(i + 1).get(d) < first) {
                    throw cursor.malformed("block from " + corners.get(i) + " to " + corners.get(i + 1));
                }
            }
        }
        return corners;
    }

    private int width(int width) {
        if (width != 2 && width != 4 && width != 8) {
            throw cursor.malformed("selection with numbers of " + width + " bytes");
        }
        return width;
    }

    private int rank() {
        long rank = cursor.u32();
        if (rank > MOST_DIMENSIONS) {
            throw cursor.malformed("selection of " + rank + " dimensions");
        }
        return (int) rank;
    }

    /**
     * Reads points or block corners.
     *
     * @param number of points or blocks, as stored
     * @param each tuples of one: 1 for a point, 2 for the corners of a block
     * @return {@code number * each} tuples of {@code rank} coordinates, in the order of the file
     */
    private List<List<Long>> tuples(long number, int each, int rank, int width) {
        long bytes = (long) each * rank * width;
        if (number < 0 || (bytes > 0 && number > cursor.remaining() / bytes) || (bytes == 0 && number > 0)) {
            throw cursor.malformed(
                    "selection of " + Long.toUnsignedString(number) + " parts in " + cursor.remaining() + " bytes");
        }
        memory.accept(number * each * rank * BYTES_PER_COORDINATE);
        List<List<Long>> tuples = new ArrayList<>();
        for (long i = 0; i < number * each; i++) {
            List<Long> tuple = new ArrayList<>(rank);
            for (int d = 0; d < rank; d++) {
                tuple.add(cursor.unsigned(width));
            }
            tuples.add(List.copyOf(tuple));
        }
        return tuples;
    }

    /**
     * Reads start, stride, count and block of each dimension. All ones in the width means unlimited, for count and
     * block only.
     */
    private DataSelection regular(int rank, int width) {
        List<List<Long>> numbers = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        long unlimited = width == 8 ? -1 : (1L << (8 * width)) - 1;
        for (int d = 0; d < rank; d++) {
            long start = cursor.unsigned(width);
            long stride = cursor.unsigned(width);
            long count = cursor.unsigned(width);
            long block = cursor.unsigned(width);
            boolean endless = count == unlimited || block == unlimited;
            if (start < 0 || (count < 0 && count != unlimited) || (block <= 0 && block != unlimited)) {
                throw cursor.malformed("selection of " + count + " blocks of " + block + " from " + start);
            }
            if (stride < 0 || ((endless || count > 1) && block != unlimited && stride < block)) {
                throw cursor.malformed("selection of blocks of " + block + " at a distance of " + stride);
            }
            numbers.get(0).add(start);
            numbers.get(1).add(stride);
            numbers.get(2).add(count == unlimited ? DataSelection.UNLIMITED : count);
            numbers.get(3).add(block == unlimited ? DataSelection.UNLIMITED : block);
        }
        return new DataSelection.Regular(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
    }
}
