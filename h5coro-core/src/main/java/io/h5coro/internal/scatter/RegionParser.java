// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.model.Reference.Region;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses the selection of a region reference.
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
 * @see <a href="https://github.com/HDFGroup/hdf5/blob/develop/src/H5Shyper.c">H5S__hyper_deserialize</a>, H5Spoint.c
 */
final class RegionParser {
    private static final int MOST_DIMENSIONS = 32;
    private static final int MOST_BLOCKS = 1 << 24;
    private static final int FLAG_REGULAR = 1;
    private static final int BYTES_PER_COORDINATE = 24;

    private final Cursor cursor;
    private final ElementDecoder decoder;

    private RegionParser(Cursor cursor, ElementDecoder decoder) {
        this.cursor = cursor;
        this.decoder = decoder;
    }

    /** Parses a selection; {@code rank} is that of selections that do not hold it, 0 when it is not known. */
    static Region parse(Cursor cursor, long rank, ElementDecoder decoder) {
        long type = cursor.u32();
        RegionParser parser = new RegionParser(cursor, decoder);
        if (type == 0 || type == 3) {
            return new Region(type == 0 ? Region.Kind.NONE : Region.Kind.ALL, parser.rank(rank), List.of());
        }
        if (type == 1) {
            return parser.points();
        }
        if (type == 2) {
            return parser.blocks();
        }
        throw cursor.malformed("selection of type " + type);
    }

    private Region points() {
        long version = cursor.u32();
        int width = 4;
        if (version == 1) {
            cursor.skip(8);
        } else if (version == 2) {
            width = width(cursor.u8());
        } else {
            throw cursor.malformed("selection of points of version " + version);
        }
        int rank = rank(cursor.u32());
        return new Region(Region.Kind.POINTS, rank, tuples(cursor.unsigned(width), 1, rank, width));
    }

    private Region blocks() {
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
        int rank = rank(cursor.u32());
        if ((flags & FLAG_REGULAR) != 0) {
            return regular(rank, width);
        }
        return new Region(Region.Kind.BLOCKS, rank, tuples(cursor.unsigned(width), 2, rank, width));
    }

    private int width(int width) {
        if (width != 2 && width != 4 && width != 8) {
            throw cursor.malformed("selection with numbers of " + width + " bytes");
        }
        return width;
    }

    private int rank(long rank) {
        if (rank > MOST_DIMENSIONS) {
            throw cursor.malformed("selection of " + rank + " dimensions");
        }
        return (int) rank;
    }

    private List<List<Long>> tuples(long number, int each, int rank, int width) {
        long bytes = (long) each * rank * width;
        if (number < 0 || (bytes > 0 && number > cursor.remaining() / bytes) || (bytes == 0 && number > 0)) {
            throw cursor.malformed(
                    "selection of " + Long.toUnsignedString(number) + " parts in " + cursor.remaining() + " bytes");
        }
        decoder.claim(number * each * rank * BYTES_PER_COORDINATE);
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

    private Region regular(int rank, int width) {
        long[][] dims = new long[rank][];
        long unlimited = width == 8 ? -1 : (1L << (8 * width)) - 1;
        boolean unbounded = false;
        long blocks = 1;
        for (int d = 0; d < rank; d++) {
            dims[d] = new long[] {
                cursor.unsigned(width), cursor.unsigned(width), cursor.unsigned(width), cursor.unsigned(width)
            };
            if (dims[d][2] == unlimited || dims[d][3] == unlimited) {
                unbounded = true;
                continue;
            }
            if (dims[d][2] < 0 || dims[d][3] <= 0 || dims[d][2] > Integer.MAX_VALUE) {
                throw cursor.malformed("selection of " + dims[d][2] + " blocks of " + dims[d][3]);
            }
            blocks *= dims[d][2];
            if (blocks > MOST_BLOCKS) {
                throw decoder.tooLarge("a reference to a region of " + blocks + " blocks");
            }
            decoder.claim(2 * blocks * rank * BYTES_PER_COORDINATE);
        }
        return unbounded
                ? new Region(Region.Kind.UNBOUNDED, rank, List.of())
                : new Region(Region.Kind.BLOCKS, rank, rank == 0 ? List.of() : corners(dims, blocks));
    }

    private static List<List<Long>> corners(long[][] dims, long blocks) {
        List<List<Long>> corners = new ArrayList<>();
        for (long i = 0; i < blocks; i++) {
            Long[] first = new Long[dims.length];
            Long[] last = new Long[dims.length];
            long rest = i;
            for (int d = dims.length - 1; d >= 0; d--) {
                first[d] = dims[d][0] + rest % dims[d][2] * dims[d][1];
                last[d] = first[d] + dims[d][3] - 1;
                rest /= dims[d][2];
            }
            corners.add(List.of(first));
            corners.add(List.of(last));
        }
        return corners;
    }
}
