// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.model.StoredText;

/**
 * The attribute message (0x0C), its parts not yet decoded.
 *
 * <pre>
 * version 1: version(1) 0(1)     name size(2) type size(2) space size(2)            name, type, space each padded to 8;
 *            data
 * version 2: version(1) flags(1) name size(2) type size(2) space size(2)            name type space data
 * version 3: version(1) flags(1) name size(2) type size(2) space size(2) charset(1) name type space data
 * </pre>
 *
 * @param name the attribute's name
 * @param type the datatype message, or a reference to it
 * @param space the dataspace message, or a reference to it
 * @param data the values in the file's datatype
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification IV.A.2.m</a>,
 *     H5Oattr.c
 */
public record AttributeMessage(StoredText name, Part type, Part space, Cursor data) {
    /**
     * A message within the message.
     *
     * @param shared whether the bytes are a reference to the message
     * @param body the bytes
     */
    public record Part(boolean shared, Cursor body) {}

    /**
     * The start of a message: its version, flags, and the sizes of its parts.
     *
     * @param version 1 to 3
     * @param flags bit 0: the datatype is shared, bit 1: the dataspace is; unused bits of version 1
     * @param nameSize bytes of the name, its NUL included, padding not
     * @param typeSize bytes of the datatype message or of the reference to it
     * @param spaceSize bytes of the dataspace message or of the reference to it
     */
    private record Head(int version, int flags, int nameSize, int typeSize, int spaceSize) {
        static Head parse(Cursor c) {
            int version = c.version("attribute message", 1, 3);
            Head head = new Head(version, c.u8(), c.u16(), c.u16(), c.u16());
            if (version == 3) {
                c.skip(1);
            }
            return head;
        }

        StoredText name(Cursor c) {
            if (nameSize == 0) {
                throw c.malformed("attribute without a name");
            }
            return c.slice(padded(nameSize, version)).storedText(nameSize);
        }
    }

    /** The name alone, of a message whose other parts may be damaged. Moves the cursor behind the name. */
    public static StoredText name(Cursor c) {
        return Head.parse(c).name(c);
    }

    /**
     * Parses the body of a message. The three parts are cursors of their own over the bytes of {@code c}; nothing is
     * copied.
     */
    public static AttributeMessage parse(Cursor c) {
        Head head = Head.parse(c);
        boolean flagged = head.version() > 1;
        if (flagged && (head.flags() & ~3) != 0) {
            throw c.malformed(
                    "attribute flags 0x" + Integer.toHexString(head.flags()) + ", bits 2 to 7 expected clear");
        }
        StoredText name = head.name(c);
        Cursor type = c.slice(padded(head.typeSize(), head.version()));
        Cursor space = c.slice(padded(head.spaceSize(), head.version()));
        return new AttributeMessage(
                name,
                new Part(flagged && (head.flags() & 1) != 0, type),
                new Part(flagged && (head.flags() & 2) != 0, space),
                c.slice(c.remaining()));
    }

    /**
     * The bytes that a part takes. Version 1 pads name, datatype and dataspace to a multiple of 8 each; their stated
     * sizes are those without the padding.
     */
    private static int padded(int size, int version) {
        return version == 1 ? (size + 7) / 8 * 8 : size;
    }
}
