// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.error.MalformedFileException;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.FileBytes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ChunkTreeNodeTest {
    /** Two chunks of a dataset of two dimensions; addresses of 4 bytes, offsets of 8 all the same. */
    private static byte[] node() {
        return new FileBytes()
                .text("TREE")
                .u8(1, 0)
                .u16(2)
                .u32(-1)
                .u32(-1)
                .u32(111)
                .u32(5)
                .u64(0, 30, 0)
                .u32(4096)
                .u32(222)
                .u32(0xffff_ffffL)
                .u64(1L << 40, 0, 0)
                .u32(8192)
                .u32(0)
                .u32(0)
                .u64(1L << 41, 60, 4)
                .toArray();
    }

    private static Cursor cursor(byte[] bytes) {
        return Cursor.of(bytes, new Cursor.Origin("bytes", 4, 4), 0);
    }

    @Test
    void readsKeysAndChildren() {
        byte[] bytes = node();
        ChunkTreeNode node = ChunkTreeNode.parse(cursor(bytes), 2);
        assertEquals(2, node.entries());
        assertEquals(bytes.length, ChunkTreeNode.size(new Cursor.Origin("bytes", 4, 4), 2, 2));
        assertEquals(30, node.offset(0, 1));
        assertEquals(1L << 40, node.offset(1, 0));
        assertEquals(1L << 41, node.offset(2, 0));
        assertEquals(4, node.offset(2, 2));
        assertEquals(4096, node.child(0));
        assertEquals(8192, node.child(1));
        assertEquals(111, node.storedSize(0));
        assertEquals(5, node.filterMask(0));
        assertEquals(-1, node.filterMask(1));
    }

    @Test
    void rejectsEveryTruncation() {
        byte[] whole = node();
        for (int length = 0; length < whole.length; length++) {
            Cursor cut = cursor(Arrays.copyOf(whole, length));
            assertThrows(MalformedFileException.class, () -> ChunkTreeNode.parse(cut, 2), "of " + length);
        }
    }

    @Test
    void rejectsTreesOfGroupsAndNegativeOffsets() {
        byte[] group = node();
        group[4] = 0;
        assertThrows(MalformedFileException.class, () -> ChunkTreeNode.parse(cursor(group), 2));
        byte[] negative = node();
        negative[16 + 8 + 7] = (byte) 0x80;
        assertThrows(MalformedFileException.class, () -> ChunkTreeNode.parse(cursor(negative), 2));
    }
}
