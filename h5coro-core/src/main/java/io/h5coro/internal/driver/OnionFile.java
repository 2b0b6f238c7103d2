// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.driver;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.AddressMap;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.Cursor.Origin;
import io.h5coro.internal.bytes.Fletcher32;
import io.h5coro.model.FileDriver;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.RangeReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A file and its later revisions: changed pages in {@code NAME.onion}.
 *
 * <pre>
 * header   "OHDH" version 1(1) flags(3) page size(4) size of the original(8) history(8) bytes of the history(8)
 *          checksum(4)
 * history  "OWHS" version 1(1) 0(3) number(8)   revision: record(8) bytes(8) checksum(4)   checksum(4)
 * record   "ORRS" version 1(1) 0(3) revision(8) parent(8) time(16) size of the file(8) page size(4) pages(8)
 *          bytes of the comment(4)   page: address(8) place(8) checksum(4)   comment   checksum(4)
 * </pre>
 *
 * @see <a href="https://github.com/HDFGroup/hdf5/blob/develop/src/H5FDonion.c">H5FDonion.c</a>, H5FDonion_history.c,
 *     H5FDonion_index.c
 */
final class OnionFile {
    private static final int HEADER_BYTES = 40;

    /** Signature, version, reserved bytes, number and checksum: the shortest section. */
    private static final int HISTORY_HEAD_BYTES = 20;

    private static final int REVISION_BYTES = 20;

    /** Bytes of a page's entry in a record: address, place and checksum. */
    private static final int PAGE_BYTES = 20;

    /** Member number of the file as it was before its first revision. */
    private static final int ORIGINAL = 0;

    /** Member number of the file of changed pages. */
    private static final int ONION = 1;

    private final RangeReader onion;
    private final Members members;
    private final ReadOptions options;

    private OnionFile(RangeReader onion, Members members, ReadOptions options) {
        this.onion = onion;
        this.members = members;
        this.options = options;
    }

    /** Opens a revision, from 1 on, or the latest; revision 0 is the file itself. */
    static MountedFile open(String location, long revision, Members members, ReadOptions options) {
        RangeReader original = members.open(location);
        if (revision == 0) {
            return new MountedFile(original, AddressMap.SAME);
        }
        RangeReader onion = members.open(location + ".onion");
        return new OnionFile(onion, members, options).mount(original, revision);
    }

    /**
     * Reads header, history and the record of one revision: three reads that depend on each other.
     *
     * @param revision from 1 on, or {@link FileDriver.Onion#LATEST}
     * @throws NotFoundException when there is no such revision
     */
    private MountedFile mount(RangeReader original, long revision) {
        Cursor header = section(0, HEADER_BYTES, "OHDH");
        header.skip(3);
        long pageSize = header.u32();
        long originalSize = header.i64();
        Cursor history = section(header.i64(), header.i64(), "OWHS");
        history.skip(3);
        long count = history.i64();
        if (count < 0 || count > (history.remaining() - 4) / REVISION_BYTES) {
            throw history.malformed("history of " + count + " revisions");
        }
        long wanted = revision == FileDriver.Onion.LATEST ? count : revision;
        if (wanted > count) {
            throw new NotFoundException(
                    Where.source(onion.source()), "has no revision " + wanted + ", the last one is " + count);
        }
        if (wanted == 0) {
            return new MountedFile(original, AddressMap.SAME);
        }
        history.skip((int) (wanted - 1) * REVISION_BYTES);
        Revision found = record(section(history.i64(), history.i64(), "ORRS"), wanted);
        if (found.pageSize != pageSize || originalSize < 0) {
            throw header.malformed("pages of " + pageSize + " bytes, revision " + wanted + " has " + found.pageSize);
        }
        Placement placement = address -> found.runAt(address, originalSize);
        List<RangeReader> both = List.of(original, onion);
        return new MountedFile(new JoinedRangeReader(members.shown(), both, placement, found.size), AddressMap.SAME);
    }

    /** A section whose last 4 bytes are its checksum; the cursor stands behind signature and version. */
    private Cursor section(long address, long length, String signature) {
        if (address < 0 || length < HISTORY_HEAD_BYTES || length > options.metadataBudgetBytes()) {
            throw new LimitExceededException(
                    Where.source(onion.source()), signature + " of " + length + " bytes at " + address);
        }
        byte[] bytes = members.read(onion, address, length);
        Cursor c = Cursor.of(bytes, new Origin(onion.source(), 8, 8), address);
        if (bytes.length < length) {
            throw new MalformedFileException(
                    new Where(onion.source(), null, address),
                    "truncated: " + signature + " of " + length + " bytes, " + bytes.length + " are there");
        }
        c.signature(signature);
        c.version("onion section " + signature, 1, 1);
        int stored =
                Cursor.of(bytes, c.origin(), address).skip(bytes.length - 4).i32();
        if (options.verifyChecksums() && stored != Fletcher32.checksum(bytes, 0, bytes.length - 4)) {
            throw c.malformed(signature + " whose checksum is wrong");
        }
        return c;
    }

    private Revision record(Cursor c, long wanted) {
        c.skip(3);
        c.skip(8 + 8 + 16);
        long size = c.i64();
        long pageSize = c.u32();
        long pages = c.i64();
        long comment = c.u32();
        if (size < 0 || Long.bitCount(pageSize) != 1) {
            throw c.malformed("record of revision " + wanted + " of " + size + " bytes in pages of " + pageSize);
        }
        if (pages < 0 || pages > (c.remaining() - 4 - comment) / PAGE_BYTES) {
            throw c.malformed("record of " + pages + " pages and a comment of " + comment + " bytes");
        }
        Map<Long, Long> places = new HashMap<>();
        for (long i = 0; i < pages; i++) {
            long address = c.i64();
            long place = c.i64();
            c.skip(4);
            if (address < 0 || address % pageSize != 0 || place < 0 || place > Long.MAX_VALUE - pageSize) {
                throw c.malformed("page " + address + " at " + place);
            }
            places.put(address / pageSize, place);
        }
        return new Revision(size, pageSize, places);
    }

    /**
     * What a revision consists of.
     *
     * @param size bytes of the file in this revision
     * @param pageSize bytes of a page, a power of two
     * @param places where the onion file has each changed page, by page number
     */
    private record Revision(long size, long pageSize, Map<Long, Long> places) {
        Placement.Run runAt(long address, long originalSize) {
            long within = address % pageSize;
            long left = pageSize - within;
            Long place = places.get(address / pageSize);
            if (place != null) {
                return new Placement.Run(ONION, place + within, left);
            }
            return address < originalSize
                    ? new Placement.Run(ORIGINAL, address, Math.min(left, originalSize - address))
                    : new Placement.Run(Placement.ZEROS, 0, left);
        }
    }
}
