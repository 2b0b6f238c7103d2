// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zstd;

/**
 * Where the bytes of a block go: behind those of the frame's earlier blocks, which its matches repeat.
 *
 * @param array gets the bytes; those in {@code [start, end)} may all be written
 * @param frameStart index of the frame's first byte: no match begins before it
 * @param start index of the block's first byte
 * @param end first index that must not be written
 */
@SuppressWarnings("ArrayRecordComponent") // a view by intention: equality is never asked for
record BlockRoom(byte[] array, int frameStart, int start, int end) {
    /** The same for at most {@code length} bytes. */
    BlockRoom limitedTo(int length) {
        return length < end - start ? new BlockRoom(array, frameStart, start, start + length) : this;
    }
}
