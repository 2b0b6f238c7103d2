// SPDX-License-Identifier: Apache-2.0
package io.h5coro.filter;

import java.util.Objects;

/**
 * The bytes {@code [offset, offset + length)} of an array. The array is shared, not copied.
 *
 * <pre>{@code
 * Span part = new Span(new byte[] {1, 2, 3, 4}, 1, 2);
 * byte first = part.array()[part.offset()];
 * }</pre>
 *
 * @param array the whole array
 * @param offset first byte
 * @param length number of bytes
 */
@SuppressWarnings("ArrayRecordComponent") // a view by intention: equality is never asked for
public record Span(byte[] array, int offset, int length) {
    /**
     * Checks that the span lies in the array.
     *
     * @throws IndexOutOfBoundsException when it does not
     */
    public Span {
        Objects.checkFromIndexSize(offset, length, array.length);
    }

    /** Returns a span of all bytes of an array. */
    public static Span of(byte[] array) {
        return new Span(array, 0, array.length);
    }

    /** Returns the end of the span in the array, exclusive. */
    public int end() {
        return offset + length;
    }
}
