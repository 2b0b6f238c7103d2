// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.node;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.format.message.SymbolTableMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A leaf of an old-style group: some of its links, sorted by name.
 *
 * <pre>
 * SNOD(4) version 1(1) 0(1) entries(2)
 * entry: name offset(L) object header(O) cache type(4) 0(4) scratch(16)
 *        cache type 1: scratch is B-tree(O) heap(O) of a group, as its header says
 *        cache type 2: scratch is the offset(4) of a soft link's path
 * </pre>
 *
 * <p>The specification gives the name offset the width of an address; libhdf5 writes a length (H5Gent.c).
 *
 * <p>Example: with widths of 8 bytes an entry has 40 bytes, so a node of the usual leaf K of 4, which holds 8 entries,
 * takes 8 + 8 * 40 = 328 bytes.
 *
 * @param entries the links
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification III.B and III.C</a>,
 *     H5Gent.c
 */
public record SymbolTableNode(List<Entry> entries) {
    /** Cache type of a group. */
    private static final int GROUP = 1;

    /** Cache type of a soft link. */
    private static final int SOFT_LINK = 2;

    /** Bytes up to the first entry. */
    public static final int HEAD_BYTES = 8;

    /**
     * One link.
     *
     * @param name heap offset of its name
     * @param header the object's header; undefined for a soft link
     * @param softLink heap offset of the path that a soft link leads to; -1 for a hard link
     * @param tables where a group's links are, a copy of what its header says that nobody has to keep true: good for
     *     reading ahead only; null when there is none
     */
    public record Entry(
            long name, long header, long softLink, @Nullable SymbolTableMessage tables) {
        /** A link without a copy of its group's tables. */
        public Entry(long name, long header, long softLink) {
            this(name, header, softLink, null);
        }
    }

    /** Reads only the number of entries, to know how long the node is. */
    public static int count(Cursor head) {
        head.signature("SNOD");
        head.version("symbol table node", 1, 1);
        return head.skip(1).u16();
    }

    /** Bytes of a node with a number of entries. */
    public static long bytes(Cursor.Origin origin, int entries) {
        return HEAD_BYTES + (long) entries * (origin.sizeOfLengths() + origin.sizeOfOffsets() + 24);
    }

    /** Parses a node. */
    public static SymbolTableNode parse(Cursor c) {
        int count = count(c);
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long name = c.length();
            long header = c.address();
            long cacheType = c.u32();
            if (cacheType > SOFT_LINK) {
                throw c.malformed("symbol table entry of cache type " + cacheType + ", expected 0 to 2");
            }
            Cursor scratch = c.skip(4).slice(16);
            boolean soft = cacheType == SOFT_LINK;
            SymbolTableMessage tables = cacheType == GROUP ? SymbolTableMessage.parse(scratch.copy()) : null;
            entries.add(new Entry(name, soft ? Cursor.UNDEFINED : header, soft ? scratch.u32() : -1, tables));
        }
        return new SymbolTableNode(entries);
    }
}
