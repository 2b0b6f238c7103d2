// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.walk.BTree2;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The index of a dataset with several unlimited dimensions: a B-tree of version 2 over chunk coordinates (H5Dbtree2.c).
 *
 * <pre>
 * type 10: address (O) | coordinates u64 each
 * type 11: address (O) | stored size (what is left of the record) | filter mask u32 | coordinates u64 each
 * </pre>
 *
 * Coordinates count chunks, not elements as in version 1.
 */
final class BTree2Index implements TreeIndex {
    private static final int PLAIN = 10;
    private static final int FILTERED = 11;

    private final ChunkSpace chunks;
    private final BTree2 tree;

    /** Bytes of a stored size; 0 in a tree of plain chunks. */
    private final int sizeWidth;

    /** Bytes in front of the coordinates. */
    private final int before;

    /** Reads the head of the tree; blocks. */
    BTree2Index(ChunkSpace chunks, long address) {
        this.chunks = chunks;
        this.tree = BTree2.open(chunks.file(), address, PLAIN, FILTERED);
        this.before = tree.recordSize() - Long.BYTES * chunks.rank();
        int rest = before - chunks.file().origin().sizeOfOffsets();
        boolean filtered = tree.type() == FILTERED;
        this.sizeWidth = filtered ? rest - Integer.BYTES : 0;
        if (filtered ? sizeWidth < 1 || sizeWidth > Long.BYTES : rest != 0) {
            throw chunks.malformed("version 2 B-tree of type " + tree.type() + " with records of " + tree.recordSize()
                    + " bytes for chunks of rank " + chunks.rank());
        }
        chunks.checkFiltered(filtered);
    }

    @Override
    public int rank() {
        return chunks.rank();
    }

    @Override
    public void find(ChunkBox box, Receiver receiver) {
        tree.find(new InBox(box), record -> {
            long address = record.address();
            long size = sizeWidth > 0 ? record.unsigned(sizeWidth) : chunks.plainSize();
            int mask = sizeWidth > 0 ? record.i32() : 0;
            long[] coordinate = coordinate(record.seek(before));
            if (!box.enter(coordinate)) {
                throw record.malformed("chunk B-tree holds chunk " + Arrays.toString(coordinate) + " twice");
            }
            chunks.check(coordinate, address, size);
            receiver.chunk(coordinate, address, size, mask);
        });
    }

    /**
     * Reads the chunk that a record is of.
     *
     * @param at stands at the coordinates, and moves behind them
     */
    private long[] coordinate(Cursor at) {
        long[] coordinate = new long[chunks.rank()];
        for (int d = 0; d < coordinate.length; d++) {
            coordinate[d] = at.i64();
            if (coordinate[d] < 0) {
                throw at.malformed("chunk coordinate 0x" + Long.toHexString(coordinate[d]));
            }
        }
        return coordinate;
    }

    /**
     * Chunks of a box. The tree's order is that of coordinates, row-major, so an interval of records is one of the
     * grid.
     */
    private final class InBox implements BTree2.Wanted {
        private final ChunkBox box;

        InBox(ChunkBox box) {
            this.box = box;
        }

        @Override
        public boolean matches(Cursor record) {
            return box.contains(coordinate(record.seek(before)));
        }

        @Override
        public boolean mayLieBetween(@Nullable Cursor low, @Nullable Cursor high) {
            long[] from = low == null ? null : coordinate(low.seek(before));
            long[] to = high == null ? null : coordinate(high.seek(before));
            if (from != null && to != null && Arrays.compare(from, to) >= 0) {
                throw chunks.malformed("chunk B-tree whose keys are not in order: " + Arrays.toString(from) + " before "
                        + Arrays.toString(to));
            }
            return box.meets(from, false, to);
        }
    }
}
