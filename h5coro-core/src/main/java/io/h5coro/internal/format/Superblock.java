// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format;

import io.h5coro.internal.bytes.AddressMap;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.Cursor.Origin;

/**
 * The superblock, versions 0 to 3.
 *
 * <pre>
 * version 0, 1: signature(8) version(1) free-space(1) root-symbol-table(1) 0(1) shared-header(1) offsets(1) lengths(1)
 *               0(1)
 *               leaf-K(2) internal-K(2) flags(4) [v1: indexed-storage-K(2) 0(2)]
 *               base(O) free-space-info(O) end-of-file(O) driver-info(O) root entry: name(L) header(O) cache-type(4)
 *                   0(4) scratch(16)
 * version 2, 3: signature(8) version(1) offsets(1) lengths(1) flags(1) base(O) extension(O) end-of-file(O)
 *               root-header(O) checksum(4)
 * </pre>
 *
 * <p>Offsets in a file whose offsets and lengths have 8 bytes:
 *
 * <pre>
 *  version 0     8 version   13 offsets   14 lengths   16 leaf K   18 internal K   20 flags   24 base   32 free space
 *                40 end of file   48 driver info   56 root entry: 56 name, 64 header, 72 cache type, 80 scratch;
 *                96 bytes in all, version 1 has 4 more in front of the base address
 *  version 2, 3  8 version    9 offsets   10 lengths   11 flags    12 base   20 extension   28 end of file
 *                36 root header   44 checksum over bytes 0 to 43; 48 bytes in all
 * </pre>
 *
 * @param version 0 to 3
 * @param freeSpaceVersion version of the free-space storage; 0 from version 2 on
 * @param symbolTableVersion version of the root's symbol table entry; 0 from version 2 on
 * @param sharedHeaderVersion version of the shared header message format; 0 from version 2 on
 * @param sizeOfOffsets bytes of an address
 * @param sizeOfLengths bytes of a length
 * @param groupLeafK half the entries of a symbol table node; 0 from version 2 on (the extension may say)
 * @param groupInternalK half the entries of a group B-tree node; likewise
 * @param chunkInternalK half the entries of a chunk B-tree node; 0 when not stated
 * @param flags file consistency flags
 * @param baseAddress the base address as stored, which moving a file may have made wrong
 * @param extensionAddress header of the superblock extension, or undefined
 * @param endOfFile first address behind the file, as stored: relative to nothing, base address included
 * @param driverInfoAddress driver information block, or undefined
 * @param rootHeader the root group's object header
 * @param rootBTree the root's B-tree as cached in the root entry, or undefined; used only when the header lacks it
 * @param rootHeap the root's local heap, likewise
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification II.A</a>,
 *     H5Fsuper_cache.c
 */
public record Superblock(
        int version,
        int freeSpaceVersion,
        int symbolTableVersion,
        int sharedHeaderVersion,
        int sizeOfOffsets,
        int sizeOfLengths,
        int groupLeafK,
        int groupInternalK,
        int chunkInternalK,
        int flags,
        long baseAddress,
        long extensionAddress,
        long endOfFile,
        long driverInfoAddress,
        long rootHeader,
        long rootBTree,
        long rootHeap) {
    /** The eight bytes that start a superblock. */
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    /** Bytes of the signature. */
    public static final int SIGNATURE_BYTES = 8;

    /** Bytes that hold every superblock: version 1 with 16-byte offsets needs 24 + 4 + 6 * 16 + 24. */
    public static final int MAX_BYTES = 160;

    /** What version 0, which has no field for it, implies (HDF5_BTREE_CHUNK_IK_DEF). */
    private static final int DEFAULT_CHUNK_K = 32;

    /** Scratch-pad of a symbol table entry; with cache type 1 it begins with the addresses of B-tree and local heap. */
    private static final int SCRATCH_BYTES = 16;

    /** Flag bit 0: a writer has the file open (H5F_SUPER_WRITE_ACCESS). */
    private static final int OPEN_FOR_WRITING = 0x01;

    /** Flag bit 2: a writer has it open for readers beside it (H5F_SUPER_SWMR_ACCESS). */
    private static final int OPEN_FOR_SWMR_WRITING = 0x04;

    /** Whether a writer has, or had, the file open and has not closed it; told from version 3 on (H5Fint.c). */
    public boolean isOpenForWriting() {
        return version >= 3 && (flags & (OPEN_FOR_WRITING | OPEN_FOR_SWMR_WRITING)) != 0;
    }

    /** Whether a superblock starts here. */
    public static boolean startsHere(byte[] bytes) {
        for (int i = 0; i < SIGNATURE.length; i++) {
            if (i >= bytes.length || bytes[i] != SIGNATURE[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Parses a superblock whose signature has been recognized.
     *
     * @param bytes from the signature on, at most {@link #MAX_BYTES}; fewer than the version needs are malformed
     * @param prefix what messages call the file, and what its addresses mean; of widths 8, as the file's own follow
     * @param address where the bytes stand in the source
     * @param verify whether a checksum is verified
     */
    public static Superblock parse(byte[] bytes, Origin prefix, long address, boolean verify) {
        Cursor head = Cursor.of(bytes, prefix, address).skip(SIGNATURE.length);
        int version = head.version("superblock", 0, 3);
        return version < 2 ? parseOld(bytes, prefix, address) : parseNew(bytes, prefix, address, verify);
    }

    /** The file's own widths. */
    public Origin origin(String source, AddressMap addresses) {
        return new Origin(source, sizeOfOffsets, sizeOfLengths, addresses);
    }

    /**
     * Parses versions 0 and 1. The widths are read with a first cursor of widths 8, everything behind them with a
     * second one of the file's own widths.
     */
    private static Superblock parseOld(byte[] bytes, Origin prefix, long address) {
        Cursor head = Cursor.of(bytes, prefix, address).skip(SIGNATURE.length);
        int version = head.u8();
        int freeSpace = head.version("free-space storage", 0, 0);
        int symbolTable = head.version("root group symbol table entry", 0, 0);
        head.skip(1);
        int shared = head.version("shared header message format", 0, 0);
        Origin origin = origin(head, prefix);
        Cursor c = Cursor.of(bytes, origin, address).skip(head.offset() + 1);
        int leafK = c.u16();
        int internalK = c.u16();
        if (leafK == 0 || internalK == 0) {
            throw c.malformed("group leaf K " + leafK + " and internal K " + internalK + ", expected above 0");
        }
        int flags = c.i32();
        int chunkK = DEFAULT_CHUNK_K;
        if (version == 1) {
            chunkK = c.u16();
            c.skip(2);
            if (chunkK == 0) {
                throw c.malformed("indexed storage K 0, expected above 0");
            }
        }
        long base = c.address();
        c.address();
        long end = c.address();
        long driver = c.address();
        c.length();
        long root = c.address();
        long cacheType = c.u32();
        c.skip(4);
        boolean cached = cacheType == 1;
        long tree = cached ? c.address() : Cursor.UNDEFINED;
        long heap = cached ? c.address() : Cursor.UNDEFINED;
        c.skip(Math.max(0, SCRATCH_BYTES - (cached ? 2 * origin.sizeOfOffsets() : 0)));
        return new Superblock(
                version,
                freeSpace,
                symbolTable,
                shared,
                origin.sizeOfOffsets(),
                origin.sizeOfLengths(),
                leafK,
                internalK,
                chunkK,
                flags,
                base,
                Cursor.UNDEFINED,
                end,
                driver,
                root,
                tree,
                heap);
    }

    private static Superblock parseNew(byte[] bytes, Origin prefix, long address, boolean verify) {
        Cursor head = Cursor.of(bytes, prefix, address).skip(SIGNATURE.length);
        int version = head.u8();
        Origin origin = origin(head, prefix);
        Cursor c = Cursor.of(bytes, origin, address).skip(head.offset());
        int flags = c.u8();
        long base = c.address();
        long extension = c.address();
        long end = c.address();
        long root = c.address();
        c.checksum(verify, "superblock");
        return new Superblock(
                version,
                0,
                0,
                0,
                origin.sizeOfOffsets(),
                origin.sizeOfLengths(),
                0,
                0,
                0,
                flags,
                base,
                extension,
                end,
                Cursor.UNDEFINED,
                root,
                Cursor.UNDEFINED,
                Cursor.UNDEFINED);
    }

    private static Origin origin(Cursor head, Origin prefix) {
        int offsets = width(head, "offsets");
        int lengths = width(head, "lengths");
        return new Origin(prefix.source(), offsets, lengths, prefix.addresses());
    }

    private static int width(Cursor head, String what) {
        int width = head.u8();
        if (width != 2 && width != 4 && width != 8 && width != 16) {
            throw head.malformed("size of " + what + " " + width + ", expected 2, 4, 8 or 16");
        }
        return width;
    }
}
