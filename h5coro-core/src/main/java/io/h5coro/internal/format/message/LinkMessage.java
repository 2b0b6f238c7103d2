// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.model.Link;
import io.h5coro.model.StoredText;

/**
 * Parses the link message (0x06), which is also what a dense group's heap holds.
 *
 * <pre>
 * version 1: version(1) flags(1) [type(1) if bit 3] [creation order(8) if bit 2] [charset(1) if bit 4]
 *            name length(1 &lt;&lt; (flags &amp; 3)) name   hard: address(O)   soft: length(2) path   64: length(2)
 *                0(1) file NUL path NUL
 *            65..255: length(2) data
 * </pre>
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification IV.A.2.g</a>,
 *     H5Olink.c
 */
public final class LinkMessage {
    private static final int HARD = 0;
    private static final int SOFT = 1;
    private static final int EXTERNAL = 64;

    private LinkMessage() {}

    /** Parses the body of a message. */
    public static Link parse(Cursor c) {
        c.version("link message", 1, 1);
        int flags = c.u8();
        if ((flags & 0xe0) != 0) {
            throw c.malformed("link flags 0x" + Integer.toHexString(flags) + ", bits 5 to 7 expected clear");
        }
        int type = (flags & 0x08) != 0 ? c.u8() : HARD;
        long order = (flags & 0x04) != 0 ? c.i64() : Link.NO_ORDER;
        if ((flags & 0x10) != 0) {
            c.skip(1);
        }
        long length = c.unsigned(1 << (flags & 3));
        if (length <= 0 || length > c.remaining()) {
            throw c.malformed("link name of " + length + " bytes in a message with " + c.remaining() + " left");
        }
        StoredText name = c.storedText((int) length);
        return switch (type) {
            case HARD -> new Link.Hard(name, order, c.address());
            case SOFT -> new Link.Soft(name, order, value(c).storedRest());
            case EXTERNAL -> external(name, order, value(c));
            default -> {
                if (type < EXTERNAL) {
                    throw c.malformed("link '" + name + "' of type " + type + ", expected 0, 1 or 64 to 255");
                }
                yield new Link.UserDefined(name, order, type);
            }
        };
    }

    private static Cursor value(Cursor c) {
        int length = c.u16();
        if (length == 0) {
            throw c.malformed("link value of no bytes");
        }
        return c.slice(length);
    }

    private static Link external(StoredText name, long order, Cursor value) {
        int versionAndFlags = value.u8();
        if (versionAndFlags >> 4 != 0) {
            throw value.unsupported("external link version " + (versionAndFlags >> 4));
        }
        return new Link.External(name, order, value.storedNulTerminated(), value.storedNulTerminated());
    }
}
