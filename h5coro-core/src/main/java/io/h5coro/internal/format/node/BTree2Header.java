// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.node;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.JavaArray;

/**
 * The head of a B-tree of version 2, and what follows from it for its nodes.
 *
 * <pre>
 * "BTHD" | version 0 | type u8 | node size u32 | record size u16 | depth u16 | split % u8 | merge % u8
 * | root address (O) | records in root u16 | records in tree (L) | checksum u32
 * </pre>
 *
 * <p>A node pointer is an address, the number of records of that child in as many bytes as the largest count of a
 * <em>leaf</em> needs, and, for children that are no leaves, the number of records at and below the child in as many
 * bytes as its largest possible value needs (H5B2hdr.c). Example: nodes of 512 bytes with records of 11 bytes hold (512
 * - 10) / 11 = 45 records in a leaf, so a count takes one byte; with 8-byte addresses an internal node of level 1 holds
 * (512 - 10 - 9) / (11 + 9) = 24 records and at most 24 + 25 * 45 = 1149 below, so level 2 points at it with 8 + 1 + 2
 * bytes.
 *
 * @param type which records it holds, 1 to 11
 * @param nodeSize bytes of each node
 * @param recordSize bytes of each record
 * @param depth level of the root; 0 is a leaf
 * @param rootAddress root node; undefined for an empty tree
 * @param rootRecords records in the root node
 * @param totalRecords records in the tree
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification III.A.2</a>,
 *     H5B2cache.c, H5B2pkg.h
 */
public record BTree2Header(
        int type, int nodeSize, int recordSize, int depth, long rootAddress, int rootRecords, long totalRecords) {
    /** Signature, version, type and checksum of a node. A root of one record needs at least this and the record. */
    static final int NODE_OVERHEAD = 10;

    /** Far above what 2^63 records need; bounds the tables and the descent. */
    private static final int LARGEST_DEPTH = 64;

    private static final int LAST_TYPE = 11;

    /** Bytes of the head in a file of these widths. */
    public static int size(Cursor.Origin origin) {
        return 22 + origin.sizeOfOffsets() + origin.sizeOfLengths();
    }

    /** Parses the head; the cursor stands at its start. */
    public static BTree2Header parse(Cursor at, boolean verify) {
        at.signature("BTHD").version("version 2 B-tree header", 0, 0);
        int type = at.u8();
        if (type < 1 || type > LAST_TYPE) {
            throw at.malformed("version 2 B-tree of type " + type + ", expected 1 to " + LAST_TYPE);
        }
        long nodeSize = at.u32();
        int recordSize = at.u16();
        int depth = at.u16();
        long root = at.skip(2).address();
        int rootRecords = at.u16();
        long total = at.length();
        at.checksum(verify, "version 2 B-tree header");
        if (recordSize == 0 || nodeSize < NODE_OVERHEAD + recordSize || nodeSize > JavaArray.MOST) {
            throw at.malformed(
                    "version 2 B-tree with nodes of " + nodeSize + " and records of " + recordSize + " bytes");
        }
        // No tree of records has an empty root, and one of a single node has them all in it.
        boolean lost =
                total > 0 && (root == Cursor.UNDEFINED || rootRecords == 0 || (depth == 0 && rootRecords < total));
        if (depth > LARGEST_DEPTH || total < 0 || rootRecords > total || lost) {
            throw at.malformed("version 2 B-tree of depth " + depth + " with " + total + " records, " + rootRecords
                    + " of them in its root");
        }
        return new BTree2Header(type, (int) nodeSize, recordSize, depth, root, rootRecords, total);
    }

    /** How the nodes of each level are laid out. */
    public Levels levels(Cursor.Origin origin) {
        return new Levels(this, origin.sizeOfOffsets());
    }

    /** The layout of nodes, from leaves up. Immutable. */
    public static final class Levels {
        private final int countWidth;

        /** By level, 0 for leaves. Invariant: as long as {@link #totalWidth}. */
        private final int[] most;

        /** By level of the child; 0 for leaves, whose own count is their total. */
        private final int[] totalWidth;

        private Levels(BTree2Header header, int sizeOfOffsets) {
            most = new int[header.depth + 1];
            totalWidth = new int[header.depth + 1];
            int room = header.nodeSize - NODE_OVERHEAD;
            most[0] = room / header.recordSize;
            countWidth = widthOf(most[0]);
            long cumulative = most[0];
            for (int level = 1; level <= header.depth; level++) {
                int pointer = sizeOfOffsets + countWidth + totalWidth[level - 1];
                most[level] = Math.max(0, (room - pointer) / (header.recordSize + pointer));
                cumulative = saturated(cumulative, most[level]);
                totalWidth[level] = widthOf(cumulative);
            }
        }

        /** Most records of a node of this level. */
        public int most(int level) {
            return most[level];
        }

        /** Bytes of the record count in a node pointer. */
        int countWidth() {
            return countWidth;
        }

        /** Bytes of the total in a pointer to a node of this level; 0 when it has none. */
        int totalWidth(int childLevel) {
            return totalWidth[childLevel];
        }

        /**
         * {@code (most + 1) * below + most}. Most records of a node with {@code most} records and children of at most
         * {@code below} each; {@link Long#MAX_VALUE} instead of an overflow.
         */
        private static long saturated(long below, int most) {
            long high = Math.multiplyHigh(below, most + 1L);
            long product = below * (most + 1L);
            return high != 0 || product < 0 || product + most < 0 ? Long.MAX_VALUE : product + most;
        }

        /**
         * Bytes that hold any number up to a limit: {@code floor(log2(limit)) / 8 + 1} (H5VM_limit_enc_size). Example:
         * 255 takes 1 byte, 256 takes 2.
         */
        private static int widthOf(long limit) {
            return limit == 0 ? 1 : (63 - Long.numberOfLeadingZeros(limit)) / 8 + 1;
        }
    }
}
