// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format;

import io.h5coro.internal.bytes.Cursor;

/**
 * What a driver of several files keeps in the file: the driver information block of superblocks 0 and 1, or message
 * 0x14 of the superblock extension.
 *
 * <pre>
 * block    version 0(1) 0(3) size(4) identification(8) information
 * message  version 0(1) identification(8) size(2) information
 * </pre>
 *
 * @param name the driver's identification: NCSAfami, NCSAmult, or another one
 * @param information a cursor of its own over what the driver keeps
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification II.B</a>, IV.A.2.u,
 *     H5FDfamily.c, H5FDmulti.c
 */
public record DriverInfo(String name, Cursor information) {
    /** Identification of the family driver. */
    public static final String FAMILY = "NCSAfami";

    /** Identification of the multi driver, and of the split driver, which is a multi driver of two files. */
    public static final String MULTI = "NCSAmult";

    /** Bytes of a block before its information. */
    public static final int HEAD_BYTES = 16;

    private static final int NAME_BYTES = 8;

    /**
     * The bytes of information that follow the head of a block. The {@link #HEAD_BYTES} are not counted. The cursor
     * moves behind the size.
     */
    public static long blockSize(Cursor head) {
        head.version("driver information block", 0, 0);
        return head.skip(3).u32();
    }

    /**
     * Parses a whole block.
     *
     * @param c stands at the block's first byte and holds its head and all of its information
     */
    public static DriverInfo parseBlock(Cursor c) {
        long size = blockSize(c);
        String name = c.text(NAME_BYTES);
        if (size > c.remaining()) {
            throw c.malformed("driver information of " + size + " bytes in a block with " + c.remaining() + " left");
        }
        return new DriverInfo(name, c.slice((int) size));
    }

    /** Parses the body of a message. */
    public static DriverInfo parseMessage(Cursor c) {
        c.version("driver information message", 0, 0);
        return new DriverInfo(c.text(NAME_BYTES), c.slice(c.u16()));
    }
}
