// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.node;

import io.h5coro.internal.bytes.Cursor;
import java.util.ArrayList;
import java.util.List;

/**
 * A node of a group's B-tree of version 1.
 *
 * <pre>TREE(4) type 0(1) level(1) entries(2) left(O) right(O) key(L) { child(O) key(L) } per entry</pre>
 *
 * <p>Example: with widths of 8 bytes and the usual internal K of 16, a node has room for 32 entries and takes 24 + 8 +
 * 32 * 16 = 544 bytes; only the entries in use are read.
 *
 * @param level 0 for nodes whose children are symbol table nodes
 * @param keys heap offsets of names: names of child i are above key i and not above key i + 1
 * @param children addresses
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification III.A.1</a>,
 *     H5Bcache.c
 */
public record GroupNode(int level, List<Long> keys, List<Long> children) {
    /** Bytes up to the first key. */
    public static int headBytes(Cursor.Origin origin) {
        return 8 + 2 * origin.sizeOfOffsets();
    }

    /**
     * Reads only the number of entries, to know how long the node is.
     *
     * @param head holds at least the first 8 bytes of the node, and moves behind them
     */
    public static int entries(Cursor head) {
        head.signature("TREE");
        int type = head.u8();
        if (type != 0) {
            throw head.malformed("B-tree node of type " + type + ", expected 0 (group)");
        }
        return head.skip(1).u16();
    }

    /** Bytes of a node with a number of entries. */
    public static long bytes(Cursor.Origin origin, int entries) {
        return headBytes(origin)
                + origin.sizeOfLengths()
                + (long) entries * (origin.sizeOfLengths() + origin.sizeOfOffsets());
    }

    /** Parses a node. */
    public static GroupNode parse(Cursor c) {
        int entries = entries(c);
        int level = c.seek(5).u8();
        c.seek(headBytes(c.origin()));
        List<Long> keys = new ArrayList<>(entries + 1);
        List<Long> children = new ArrayList<>(entries);
        keys.add(c.length());
        for (int i = 0; i < entries; i++) {
            children.add(c.address());
            keys.add(c.length());
        }
        return new GroupNode(level, keys, children);
    }
}
