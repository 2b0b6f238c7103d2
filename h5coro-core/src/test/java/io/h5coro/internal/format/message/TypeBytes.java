// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import io.h5coro.internal.bytes.MessageBytes;

/** Datatype messages built by hand (specification IV.A.2.d). */
final class TypeBytes {
    private TypeBytes() {}

    /** Class and version(1), class bits(3), size(4). */
    static MessageBytes head(int kind, int version, int bits, long size) {
        return new MessageBytes().u8(version << 4 | kind).u24(bits).u32(size);
    }

    /** A little-endian integer of all bits of its bytes. */
    static MessageBytes integer(int size, boolean signed) {
        return head(0, 1, signed ? 8 : 0, size).u16(0, 8 * size);
    }

    /** A little-endian IEEE number of 4 bytes. */
    static MessageBytes float32() {
        return head(1, 1, 0x1f20, 4).u16(0, 32).u8(23, 8, 0, 23).u32(127);
    }
}
