// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.internal.bytes.MessageBytes;

/** Messages of datasets, put together by hand for the headers of a {@link BuiltFile}. */
public final class BuiltDataset {
    private BuiltDataset() {}

    /** A dataspace with equal current and maximum dimensions, as message 0x01. */
    public static MessageBytes space(long... dimensions) {
        return BuiltFile.message(
                0x01, new MessageBytes().u8(2, dimensions.length, 0, 1).length(dimensions));
    }

    /** A dataspace whose dimensions may all grow without end, as message 0x01. */
    public static MessageBytes endless(long... dimensions) {
        MessageBytes body = new MessageBytes().u8(2, dimensions.length, 1, 1).length(dimensions);
        for (int d = 0; d < dimensions.length; d++) {
            body.length(-1);
        }
        return BuiltFile.message(0x01, body);
    }

    /** A signed little-endian integer type of all bits of its bytes, as message 0x03. */
    public static MessageBytes integers(int size) {
        return BuiltFile.message(
                0x03, new MessageBytes().u8(0x10).u24(8).u32(size).u16(0, 8 * size));
    }

    /** A fill value of 4 bytes, as message 0x05 of version 3. */
    public static MessageBytes fill(int value) {
        return BuiltFile.message(0x05, new MessageBytes().u8(3, 0x2a).u32(4).u32(value));
    }

    /** Contiguous data, as layout message 0x08 of version 3. */
    public static MessageBytes contiguous(long address, long bytes) {
        return BuiltFile.message(
                0x08, new MessageBytes().u8(3, 1).address(address).length(bytes));
    }

    /** Mappings in the global heap, as layout message 0x08 of version 4. */
    public static MessageBytes virtual(long collection, int index) {
        return BuiltFile.message(
                0x08, new MessageBytes().u8(4, 3).address(collection).u32(index));
    }

    /** A global heap collection whose only object has the number 1. */
    public static MessageBytes collection(MessageBytes object) {
        int room = (object.size() + 7) / 8 * 8;
        return new MessageBytes()
                .text("GCOL")
                .u8(1, 0, 0, 0)
                .length(32 + room)
                .u16(1, 0)
                .u32(0)
                .length(object.size())
                .add(object)
                .zeros(room - object.size());
    }
}
