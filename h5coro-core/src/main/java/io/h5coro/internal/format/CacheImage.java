// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format;

import io.h5coro.internal.bytes.Cursor;
import java.util.Map;
import java.util.TreeMap;

/**
 * Metadata that a writer left in one block when it closed the file, instead of at its places: what stands at the places
 * may be stale.
 *
 * <pre>
 * MDCI(4) version 0(1) flags(1) length(L) entries(4), then entries, checksum(4)
 * entry: type(1) flags(1) ring(1) age(1) children(2) dirty children(2) parents(2) rank(4) address(O) size(L) parent
 *        addresses(O each) bytes
 * </pre>
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification II.C</a>, H5Cimage.c
 */
public final class CacheImage {
    /** Bytes of each entry by its address, relative to the base address. */
    private final TreeMap<Long, byte[]> entries = new TreeMap<>();

    /** Invariant: no entry is longer, so that one that reaches into a range starts at most this far in front of it. */
    private long longest;

    private CacheImage() {}

    /** An image without an entry. */
    public static CacheImage none() {
        return new CacheImage();
    }

    /**
     * Parses a block. Keeps copies of the entries' bytes, which together are no longer than the block.
     *
     * @param c holds exactly the block, whose length the cache image message says
     */
    public static CacheImage parse(Cursor c, boolean verify) {
        int total = c.remaining();
        c.signature("MDCI");
        c.version("metadata cache image", 0, 0);
        c.skip(1);
        long length = c.length();
        if (length != total) {
            throw c.malformed("metadata cache image says that it has " + length + " bytes, its message says " + total);
        }
        long count = c.u32();
        CacheImage image = new CacheImage();
        for (long i = 0; i < count; i++) {
            image.entry(c);
        }
        c.skip(c.remaining() - 4).checksum(verify, "metadata cache image");
        return image;
    }

    private void entry(Cursor c) {
        int parents = c.skip(8).u16();
        long address = c.skip(4).address();
        long size = c.length();
        c.skip(parents * c.origin().sizeOfOffsets());
        if (address < 0 || size <= 0 || size > c.remaining()) {
            throw c.malformed("metadata cache image entry of " + size + " bytes for address " + address);
        }
        entries.put(address, c.bytes((int) size));
        longest = Math.max(longest, size);
    }

    /** Whether there is no entry. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * Replaces what the image has of the bytes that start at an address. Example: an entry of 96 bytes at 800 and a
     * read of 512 bytes at 840: the read's first 56 bytes come from byte 40 of the entry.
     *
     * @param address of the first byte, relative to the base address
     * @param bytes what stands there; changed in place
     */
    public void overlay(long address, byte[] bytes) {
        long from = Math.max(0, address - longest);
        for (Map.Entry<Long, byte[]> entry :
                entries.subMap(from, address + bytes.length).entrySet()) {
            long first = Math.max(address, entry.getKey());
            long end = Math.min(address + bytes.length, entry.getKey() + entry.getValue().length);
            if (first < end) {
                int length = (int) (end - first);
                System.arraycopy(
                        entry.getValue(), (int) (first - entry.getKey()), bytes, (int) (first - address), length);
            }
        }
    }
}
