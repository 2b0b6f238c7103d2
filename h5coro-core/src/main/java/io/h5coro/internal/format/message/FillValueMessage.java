// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.format.message.FillValue.State;

/**
 * Parses the fill value messages (0x05, and 0x04 of old files).
 *
 * <pre>
 * 0x04:            size(4) value
 * version 1, 2:    version(1) allocation time(1) write time(1) defined(1) [size(4) value if defined]  a size of -1: not
 *                  defined
 * version 3:       version(1) flags(1) [size(4) value if bit 5]   bits 0-1 allocation, 2-3 write, 4 undefined, 5 value
 * </pre>
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification IV.A.2.f</a>,
 *     H5Ofill.c
 */
public final class FillValueMessage {
    private FillValueMessage() {}

    /**
     * Parses the body of message 0x04. It has no version, no times and no flags: late allocation and "if set" are what
     * libhdf5 takes for it.
     */
    public static FillValue parseOld(Cursor c) {
        long size = c.u32();
        return size == 0 ? new FillValue(null, State.UNDEFINED, 2, 2) : value(c, size, 2, 2);
    }

    /** Parses the body of message 0x05. */
    public static FillValue parse(Cursor c) {
        int version = c.version("fill value message", 1, 3);
        return version == 3 ? parseV3(c) : parseV1(c);
    }

    private static FillValue parseV1(Cursor c) {
        int allocation = c.u8();
        int write = c.u8();
        boolean defined = c.u8() != 0;
        if (!defined) {
            return new FillValue(null, State.UNDEFINED, allocation, write);
        }
        int size = c.i32();
        return size > 0
                ? value(c, size, allocation, write)
                : new FillValue(null, size == 0 ? State.DEFAULT : State.UNDEFINED, allocation, write);
    }

    private static FillValue parseV3(Cursor c) {
        int flags = c.u8();
        if ((flags & 0xc0) != 0) {
            throw c.malformed("fill value flags 0x" + Integer.toHexString(flags) + ", bits 6 and 7 expected clear");
        }
        int allocation = flags & 3;
        int write = flags >> 2 & 3;
        boolean undefined = (flags & 0x10) != 0;
        boolean given = (flags & 0x20) != 0;
        if (undefined && given) {
            throw c.malformed("fill value that is both undefined and given");
        }
        if (!given) {
            return new FillValue(null, undefined ? State.UNDEFINED : State.DEFAULT, allocation, write);
        }
        long size = c.u32();
        return size == 0 ? new FillValue(null, State.DEFAULT, allocation, write) : value(c, size, allocation, write);
    }

    /**
     * Reads a value that the writer has given.
     *
     * @param size bytes of the value, above 0; a copy of them is made
     */
    private static FillValue value(Cursor c, long size, int allocation, int write) {
        if (size > c.remaining()) {
            throw c.malformed("fill value of " + size + " bytes in a message with " + c.remaining() + " left");
        }
        return new FillValue(c.bytes((int) size), State.USER_DEFINED, allocation, write);
    }
}
