// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.node;

import io.h5coro.internal.bytes.Cursor;

/**
 * A node of a B-tree of version 2. Immutable.
 *
 * <pre>
 * "BTLF" or "BTIN" | version 0 | type u8 | records | node pointers (BTIN, one more than records) | checksum u32
 * </pre>
 *
 * The checksum follows the last record or pointer; the rest of the node is unused.
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification III.A.2</a>,
 *     H5B2cache.c
 */
public final class BTree2Node {
    /** Signature, version and type. */
    private static final int PREFIX = 6;

    private final Cursor bytes;
    private final int recordSize;
    private final int records;
    private final Child[] children;

    /**
     * Points at a node below.
     *
     * @param address the node
     * @param records records in it
     * @param total records in it and below
     */
    public record Child(long address, int records, long total) {}

    /** Takes the arrays over. */
    private BTree2Node(Cursor bytes, int recordSize, int records, Child[] children) {
        this.bytes = bytes;
        this.recordSize = recordSize;
        this.records = records;
        this.children = children;
    }

    /**
     * Parses a node; the cursor stands at its start and holds the whole node.
     *
     * @param level 0 for a leaf
     * @param records number of records, which the pointer to the node says
     */
    public static BTree2Node parse(
            Cursor at, BTree2Header header, BTree2Header.Levels levels, int level, int records, boolean verify) {
        String name = level == 0 ? "version 2 B-tree leaf" : "version 2 B-tree internal node";
        if (records > levels.most(level)) {
            throw at.malformed(name + " with " + records + " records, room for " + levels.most(level));
        }
        at.signature(level == 0 ? "BTLF" : "BTIN").version(name, 0, 0);
        int type = at.u8();
        if (type != header.type()) {
            throw at.malformed(name + " of type " + type + " in a tree of type " + header.type());
        }
        at.skip(records * header.recordSize());
        Child[] children = new Child[level == 0 ? 0 : records + 1];
        for (int i = 0; i < children.length; i++) {
            long address = at.address();
            int count = (int) at.unsigned(levels.countWidth());
            long total = level == 1 ? count : at.unsigned(levels.totalWidth(level - 1));
            children[i] = new Child(address, count, total);
        }
        at.checksum(verify, name);
        return new BTree2Node(at, header.recordSize(), records, children);
    }

    /** Number of records in this node. */
    public int records() {
        return records;
    }

    /**
     * A record; each call gives a cursor of its own.
     *
     * @param index from 0 to {@link #records()} - 1; records stand in ascending order
     */
    public Cursor record(int index) {
        return bytes.part(PREFIX + index * recordSize, recordSize);
    }

    /**
     * Number of children: 0 for a leaf, else one more than records. Child i holds what is between records i-1 and i.
     */
    public int children() {
        return children.length;
    }

    /** A child. */
    public Child child(int index) {
        return children[index];
    }
}
