// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import io.h5coro.internal.bytes.Cursor;

/**
 * Parses the data layout message (0x08), versions 1 to 5.
 *
 * <pre>
 * 1, 2: version(1) ndims(1) class(1) 0(5) [address(O) unless compact] dimensions(4 each) [chunked: element size(4)]
 *       [compact: size(4) data]
 * 3:    version(1) class(1)  compact: size(2) data   contiguous: address(O) size(L)
 *                            chunked: ndims(1) address(O) dimensions(4 each, the last is the element size)
 * 4, 5: as 3, but chunked: flags(1) ndims(1) width(1) dimensions(width each) index type(1) index parameters address(O)
 *                            virtual: heap(O) index(4)
 * </pre>
 *
 * <p>The number of dimensions of a chunked layout is the dataset's rank plus one; the trailing element size is not
 * trusted, the datatype says it. Version 5 (HDF5 2.0) has the bytes of version 4; widths of sizes in its chunk indexes
 * follow from the indexes' own headers.
 *
 * <p>Index parameters of a chunked layout of version 4 or 5, in front of the address:
 *
 * <pre>
 *  1 single chunk      [stored size(L) filter mask(4) if flag bit 1]
 *  2 implicit          nothing
 *  3 fixed array       page bits(1)
 *  4 extensible array  max bits(1) index elements(1) least blocks(1) least elements(1) page bits(1)
 *  5 version 2 B-tree  node size(4) split %(1) merge %(1)
 * </pre>
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification IV.A.2.i</a>,
 *     H5Olayout.c
 */
public final class LayoutMessage {
    /** The 32 dimensions of a dataset and the element size. */
    private static final int MAX_NDIMS = 33;

    private static final int COMPACT = 0;
    private static final int CONTIGUOUS = 1;
    private static final int CHUNKED = 2;
    private static final int VIRTUAL = 3;

    /** Flag bit 0: chunks that reach over the extent are stored without filters. */
    private static final int NO_EDGE_FILTERS = 0x01;

    /** Flag bit 1: the only chunk went through filters, so its stored size and mask stand in the message. */
    private static final int SINGLE_FILTERED = 0x02;

    private LayoutMessage() {}

    /** Parses the body of a message. Addresses in the result are relative to the base address, as stored. */
    public static Layout parse(Cursor c) {
        int version = c.version("data layout message", 1, 5);
        return version < 3 ? parseOld(c) : parseNew(c, version);
    }

    private static Layout parseOld(Cursor c) {
        int ndims = c.u8();
        int kind = c.u8();
        c.skip(5);
        if (ndims == 0 || ndims > MAX_NDIMS) {
            throw c.malformed("layout of " + ndims + " dimensions");
        }
        long address = kind == COMPACT ? Cursor.UNDEFINED : c.address();
        long[] dimensions = new long[ndims];
        for (int i = 0; i < ndims; i++) {
            dimensions[i] = c.u32();
        }
        return switch (kind) {
            case COMPACT -> new Layout.Compact(c.bytes(size(c, c.u32())));
            case CONTIGUOUS -> new Layout.Contiguous(address, -1);
            // The element size stands behind the dimensions, which count it already in version 1 and 2.
            case CHUNKED -> new Layout.Chunked(chunkShape(c, dimensions), new Layout.BTree1Index(address), true);
            default -> throw c.malformed("layout class " + kind + ", expected 0 to 2");
        };
    }

    private static Layout parseNew(Cursor c, int version) {
        int kind = c.u8();
        return switch (kind) {
            case COMPACT -> new Layout.Compact(c.bytes(size(c, c.u16())));
            case CONTIGUOUS -> new Layout.Contiguous(c.address(), c.length());
            case CHUNKED -> version == 3 ? chunkedV3(c) : chunkedV4(c);
            case VIRTUAL -> {
                if (version == 3) {
                    throw c.malformed("virtual layout in a version 3 message");
                }
                yield new Layout.Virtual(c.address(), c.u32());
            }
            default -> throw c.malformed("layout class " + kind + ", expected 0 to 3");
        };
    }

    private static Layout chunkedV3(Cursor c) {
        int ndims = ndims(c);
        long address = c.address();
        long[] dimensions = new long[ndims];
        for (int i = 0; i < ndims; i++) {
            dimensions[i] = c.u32();
        }
        return new Layout.Chunked(chunkShape(c, dimensions), new Layout.BTree1Index(address), true);
    }

    /**
     * Parses a chunked layout of version 4 or 5. libhdf5 writes the least width that holds all of them: chunks of 100 x
     * 300 elements of 8 bytes have width 2.
     */
    private static Layout chunkedV4(Cursor c) {
        int flags = c.u8();
        if ((flags & ~(NO_EDGE_FILTERS | SINGLE_FILTERED)) != 0) {
            throw c.malformed("chunked layout flags 0x" + Integer.toHexString(flags) + ", bits 2 to 7 expected clear");
        }
        int ndims = ndims(c);
        int width = c.u8();
        if (width == 0 || width > 8) {
            throw c.malformed("chunk dimensions of " + width + " bytes, expected 1 to 8");
        }
        long[] dimensions = new long[ndims];
        for (int i = 0; i < ndims; i++) {
            dimensions[i] = c.unsigned(width);
        }
        long[] shape = chunkShape(c, dimensions);
        return new Layout.Chunked(shape, index(c, flags), (flags & NO_EDGE_FILTERS) == 0);
    }

    /**
     * Parses the index of a chunked layout. Parameters of the last two types are skipped: their index's own header
     * repeats them, and counts.
     */
    private static Layout.Index index(Cursor c, int flags) {
        int type = c.u8();
        switch (type) {
            case 1 -> {
                boolean filtered = (flags & SINGLE_FILTERED) != 0;
                long size = filtered ? c.length() : -1;
                int mask = filtered ? c.i32() : 0;
                if (filtered && size < 0) {
                    throw c.malformed("single chunk of undefined size");
                }
                return new Layout.SingleChunkIndex(c.address(), size, mask);
            }
            case 2 -> {
                return new Layout.ImplicitIndex(c.address());
            }
            case 3 -> {
                int pageBits = c.u8();
                return new Layout.FixedArrayIndex(c.address(), pageBits);
            }
            case 4 -> {
                return new Layout.ExtensibleArrayIndex(c.skip(5).address());
            }
            case 5 -> {
                return new Layout.BTree2Index(c.skip(6).address());
            }
            default -> throw c.malformed("chunk index type " + type + ", expected 1 to 5");
        }
    }

    private static int ndims(Cursor c) {
        int ndims = c.u8();
        if (ndims < 2 || ndims > MAX_NDIMS) {
            throw c.malformed("chunked layout of " + ndims + " dimensions, expected 2 to " + MAX_NDIMS);
        }
        return ndims;
    }

    /** The dimensions without the trailing element size. */
    private static long[] chunkShape(Cursor c, long[] dimensions) {
        long[] shape = java.util.Arrays.copyOf(dimensions, dimensions.length - 1);
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] <= 0) {
                throw c.malformed("chunk length " + Long.toUnsignedString(shape[i]) + " in dimension " + i);
            }
        }
        return shape;
    }

    /** Checks the size of compact data against what the message has left, before it is copied. */
    private static int size(Cursor c, long size) {
        if (size > c.remaining()) {
            throw c.malformed("compact data of " + size + " bytes in a message with " + c.remaining() + " left");
        }
        return (int) size;
    }
}
