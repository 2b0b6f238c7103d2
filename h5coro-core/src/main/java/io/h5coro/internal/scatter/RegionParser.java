// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.format.SelectionParser;
import io.h5coro.model.DataSelection;
import java.util.ArrayList;
import java.util.List;

/** Parses the selection of a region reference, whose blocks are all given by their corners. Pure. */
final class RegionParser {
    private static final int MOST_DIMENSIONS = 32;
    /** Most blocks of one region. A regular selection of a few bytes can stand for more than memory holds. */
    private static final int MOST_BLOCKS = 1 << 24;
    /** About what a boxed number takes with its place in a list; claimed before the lists are made. */
    private static final int BYTES_PER_COORDINATE = 24;

    private RegionParser() {}

    /** Parses a selection; {@code rank} is that of selections that do not hold it, 0 when it is not known. */
    static DataSelection parse(Cursor cursor, long rank, ElementDecoder decoder) {
        if (rank > MOST_DIMENSIONS) {
            throw cursor.malformed("selection of " + rank + " dimensions");
        }
        DataSelection selection = SelectionParser.parse(cursor, decoder::claim);
        return selection instanceof DataSelection.Regular regular && regular.unlimitedDimension() < 0
                ? new DataSelection.Blocks(regular.start().size(), corners(regular, decoder))
                : selection;
    }

    /** The first and last corner (inclusive) of each block in turn, the last dimension changing fastest. */
    private static List<List<Long>> corners(DataSelection.Regular regular, ElementDecoder decoder) {
        int rank = regular.start().size();
        long blocks = 1;
        for (long count : regular.count()) {
            blocks = count > MOST_BLOCKS ? MOST_BLOCKS + 1L : blocks * count;
            if (blocks > MOST_BLOCKS) {
                throw decoder.tooLarge("a reference to a region of more than " + MOST_BLOCKS + " blocks");
            }
            decoder.claim(2 * blocks * rank * BYTES_PER_COORDINATE);
        }
        List<List<Long>> corners = new ArrayList<>();
        for (long i = 0; i < blocks && rank > 0; i++) {
            Long[] first = new Long[rank];
            Long[] last = new Long[rank];
            long rest = i;
            for (int d = rank - 1; d >= 0; d--) {
                long count = regular.count().get(d);
                first[d] =
                        regular.start().get(d) + rest % count * regular.stride().get(d);
                last[d] = first[d] + regular.block().get(d) - 1;
                rest /= count;
            }
            corners.add(List.of(first));
            corners.add(List.of(last));
        }
        return corners;
    }
}
