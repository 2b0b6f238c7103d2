// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.model.FileInfo.FileSpaceInfo;

/**
 * Parses the file space info message (0x17) of the superblock extension.
 *
 * <pre>
 * version 0 (1.10.0): version(1) strategy(1) threshold(L) [free-space managers(O each, 6) for strategy 1]
 * version 1:          version(1) strategy(1) persist(1) threshold(L) page size(L) page end threshold(2) end of file(O)
 *                     [free-space managers(O each, 12) if persistent]
 * </pre>
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification IV.A.2.x</a>,
 *     H5Ofsinfo.c
 */
public final class FileSpaceInfoMessage {
    /** Addresses of free-space managers in version 0: one for each kind of memory but the default one. */
    private static final int OLD_MANAGERS = 6;

    /** Addresses of free-space managers in version 1: six for small sections and six for large ones. */
    private static final int MANAGERS = 12;

    private FileSpaceInfoMessage() {}

    /** Parses the body of a message. */
    public static FileSpaceInfo parse(Cursor c) {
        int version = c.version("file space info message", 0, 1);
        int strategy = c.u8();
        if (version == 0) {
            return old(c, strategy);
        }
        boolean persist = c.u8() != 0;
        FileSpaceInfo info = new FileSpaceInfo(strategy, persist, c.length(), c.length());
        c.skip(2 + c.origin().sizeOfOffsets());
        if (persist) {
            c.skip(MANAGERS * c.origin().sizeOfOffsets());
        }
        return info;
    }

    /**
     * Strategies of version 0 are numbered from 1 and partly gone; they become those of version 1. Example: strategy 1
     * kept its free space in the file, which is strategy 0 with {@code persist} in version 1; 3 was "aggregators", now
     * 2.
     */
    private static FileSpaceInfo old(Cursor c, int strategy) {
        long threshold = c.length();
        FileSpaceInfo absent = FileSpaceInfo.defaults();
        return switch (strategy) {
            case 1 -> {
                c.skip(OLD_MANAGERS * c.origin().sizeOfOffsets());
                yield new FileSpaceInfo(0, true, threshold, absent.pageBytes());
            }
            case 2 -> new FileSpaceInfo(0, false, threshold, absent.pageBytes());
            case 3 -> new FileSpaceInfo(2, false, absent.threshold(), absent.pageBytes());
            case 4 -> new FileSpaceInfo(3, false, absent.threshold(), absent.pageBytes());
            default -> throw c.malformed("file space strategy " + strategy + ", expected 1 to 4");
        };
    }
}
