// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import org.jspecify.annotations.Nullable;

/**
 * A chunk: where its bytes are, or the bytes. Immutable.
 *
 * @param index its place among all chunks of the array, in row-major order
 * @param address the object that holds it; null when it is inlined
 * @param offset first byte in the object
 * @param length number of bytes
 * @param inlined the bytes; null when they are elsewhere
 */
@SuppressWarnings("ArrayRecordComponent") // not copied: nobody changes it
public record ChunkReference(
        long index, @Nullable String address, long offset, long length, byte @Nullable [] inlined) {
    static ChunkReference at(long index, String address, long offset, long length) {
        return new ChunkReference(index, address, offset, length, null);
    }

    static ChunkReference of(long index, byte[] bytes) {
        return new ChunkReference(index, null, 0, bytes.length, bytes);
    }

    /** Bytes of a chunk that is elsewhere. */
    ChunkReference part(long from, long bytes) {
        return new ChunkReference(index, address, Math.addExact(offset, from), bytes, null);
    }

    ChunkReference withIndex(long other) {
        return new ChunkReference(other, address, offset, length, inlined);
    }
}
