// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.node;

import io.h5coro.internal.bytes.Cursor;

/**
 * A node of a version 1 B-tree over chunks. Confined to one task.
 *
 * <pre>
 * "TREE" | type 1 | level u8 | entries u16 | left sibling (O) | right sibling (O)
 * then key 0, child 0, ..., key n-1, child n-1, key n
 * key: stored size u32 | filter mask u32 | element offsets u64, one for each dimension and one for the element size
 * </pre>
 *
 * Offsets are 64 bits wide whatever the file's widths are. Child i holds offsets from key i on and below key i+1; at
 * level 0 it is the chunk of key i. There is no checksum.
 *
 * <p>Example: in rank 2 with addresses of 8 bytes a key has 8 + 3 * 8 = 32 bytes and the head 24, so a node of the
 * usual 64 entries has 24 + 64 * 40 + 32 = 2616 bytes.
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification III.A.1</a>,
 *     H5Dbtree.c, H5Bcache.c
 */
public final class ChunkTreeNode {
    private static final int CHUNK_TYPE = 1;

    private final Cursor bytes;
    private final int rank;
    private final int level;
    private final int entries;

    /** Offsets of all keys, key by key: {@code rank + 1} numbers each, {@code entries + 1} keys. Never negative. */
    private final long[] offsets;

    private ChunkTreeNode(Cursor bytes, int rank, int level, int entries, long[] offsets) {
        this.bytes = bytes;
        this.rank = rank;
        this.level = level;
        this.entries = entries;
        this.offsets = offsets;
    }

    /** Bytes in front of the first key. */
    public static int headSize(Cursor.Origin origin) {
        return 8 + 2 * origin.sizeOfOffsets();
    }

    /** Bytes of a node of so many entries for a dataset of so many dimensions. */
    public static int size(Cursor.Origin origin, int rank, int entries) {
        return headSize(origin) + entries * (keySize(rank) + origin.sizeOfOffsets()) + keySize(rank);
    }

    /**
     * Number of entries, from the head of a node.
     *
     * @param head holds at least the first 8 bytes of the node
     */
    public static int parseEntries(Cursor head) {
        head.signature("TREE");
        int type = head.u8();
        if (type != CHUNK_TYPE) {
            throw head.malformed("version 1 B-tree of type " + type + ", expected " + CHUNK_TYPE + " (chunks)");
        }
        return head.skip(1).u16();
    }

    /**
     * Parses a node.
     *
     * @param at stands at its start and holds {@link #size} bytes
     * @param rank dimensions of the dataset
     */
    public static ChunkTreeNode parse(Cursor at, int rank) {
        int entries = parseEntries(at);
        int level = at.seek(5).u8();
        int stride = keySize(rank) + at.origin().sizeOfOffsets();
        int first = headSize(at.origin());
        int width = rank + 1;
        long[] offsets = new long[Math.min(entries + 1, at.remaining() / keySize(rank) + 1) * width];
        for (int key = 0; key <= entries; key++) {
            at.seek(first + key * stride).skip(8);
            for (int d = 0; d < width; d++) {
                long offset = at.i64();
                if (offset < 0) {
                    throw at.malformed("chunk at element offset 0x" + Long.toHexString(offset));
                }
                offsets[key * width + d] = offset;
            }
        }
        return new ChunkTreeNode(at.seek(0), rank, level, entries, offsets);
    }

    private static int keySize(int rank) {
        return 8 + 8 * (rank + 1);
    }

    /** Level above the leaves, which have 0. */
    public int level() {
        return level;
    }

    /** Number of children; there is one key more. */
    public int entries() {
        return entries;
    }

    /** Element offset of a key in a dimension; dimension {@code rank} is that of the element size. */
    public long offset(int key, int dimension) {
        return offsets[key * (rank + 1) + dimension];
    }

    /** Where a child stands: a node, or at level 0 a chunk. */
    public long child(int index) {
        int stride = keySize(rank) + bytes.origin().sizeOfOffsets();
        return bytes.seek(headSize(bytes.origin()) + index * stride + keySize(rank))
                .address();
    }

    /** Stored bytes of the chunk of a key. */
    public long storedSize(int key) {
        return key(key).u32();
    }

    /** Filters that were skipped for the chunk of a key. Bit i set: filter i of the pipeline was not applied. */
    public int filterMask(int key) {
        return key(key).skip(4).i32();
    }

    private Cursor key(int key) {
        int stride = keySize(rank) + bytes.origin().sizeOfOffsets();
        return bytes.seek(headSize(bytes.origin()) + key * stride);
    }

    /** A malformed file at this node. */
    public io.h5coro.error.MalformedFileException malformed(String problem) {
        return bytes.seek(0).malformed(problem);
    }
}
