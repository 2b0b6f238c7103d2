// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.util.Arrays;
import java.util.Objects;

/**
 * Bytes of a range that were read: the first ones of an array, which may be longer.
 *
 * @param array holds them from its start; whose it is says {@link RangeReader#readInto}
 * @param length how many bytes there are
 */
@SuppressWarnings("ArrayRecordComponent") // handed over
public record RangeBytes(byte[] array, int length) {
    /** Checks that the array is as long. */
    public RangeBytes {
        Objects.checkFromIndexSize(0, length, array.length);
    }

    /** All bytes of an array. */
    public static RangeBytes of(byte[] bytes) {
        return new RangeBytes(bytes, bytes.length);
    }

    /** Returns the array where it has nothing but the bytes, and else a copy of them. */
    public byte[] exact() {
        return array.length == length ? array : Arrays.copyOf(array, length);
    }

    @Override
    public String toString() {
        return length + " bytes";
    }
}
