// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.model.FilterDescription;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses the filter pipeline message (0x0B).
 *
 * <pre>
 * version 1: version(1) count(1) 0(6)  each: id(2) name length(2) flags(2) values(2) name(padded to 8) value(4 each)
 *            [0(4) if odd]
 * version 2: version(1) count(1)       each: id(2) [name length(2) if id &gt;= 256] flags(2) values(2) name value(4
 *            each)
 * </pre>
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification IV.A.2.l</a>,
 *     H5Opline.c
 */
public final class FilterPipelineMessage {
    /** Most filters of the format (H5Z_MAX_NFILTERS): one bit each in the 32-bit filter mask of a chunk. */
    private static final int MAX_FILTERS = 32;

    /** Ids below are the library's own (H5Z_FILTER_RESERVED), for which version 2 stores no name length. */
    private static final int FIRST_NAMED = 256;

    private FilterPipelineMessage() {}

    /**
     * Parses the body of a message.
     *
     * @return the filters in the order of writing, so that a reader undoes the last one first
     */
    public static List<FilterDescription> parse(Cursor c) {
        int version = c.version("filter pipeline message", 1, 2);
        int count = c.u8();
        if (count > MAX_FILTERS) {
            throw c.malformed("pipeline of " + count + " filters, expected at most " + MAX_FILTERS);
        }
        if (version == 1) {
            c.skip(6);
        }
        List<FilterDescription> filters = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            filters.add(filter(c, version));
        }
        return filters;
    }

    /**
     * Parses one filter. Example: deflate of level 6 in version 2 is {@code 01 00 | 01 00 | 01 00 | 06 00 00 00}: id 1,
     * flags 1 (optional), one value, 6. The length of the values is checked before the array is made.
     */
    private static FilterDescription filter(Cursor c, int version) {
        int id = c.u16();
        int nameLength = version == 1 || id >= FIRST_NAMED ? c.u16() : 0;
        int flags = c.u16();
        int values = c.u16();
        int padded = version == 1 ? (nameLength + 7) / 8 * 8 : nameLength;
        String name = c.text(padded);
        if (c.remaining() < 4 * values) {
            throw c.malformed(
                    "filter " + id + " with " + values + " client data values in " + c.remaining() + " bytes");
        }
        int[] data = new int[values];
        for (int i = 0; i < values; i++) {
            data[i] = c.i32();
        }
        if (version == 1 && values % 2 == 1) {
            c.skip(4);
        }
        return new FilterDescription(id, name, (flags & 1) != 0, data);
    }
}
