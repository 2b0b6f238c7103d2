// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.inflate;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.bytes.JavaArray;
import io.h5coro.internal.decode.stage.StageBuffers;

/**
 * Decoded bytes: an array that grows up to a maximum. Confined to one task.
 *
 * <p>The array has some bytes more than it promises, so that the fast loop can run to the end of an output whose length
 * was known; {@link #checkLength} finds what went beyond the maximum.
 */
final class InflateOutput {
    private final int maximum;
    private final int slack;
    private final StageBuffers buffers;
    byte[] array;
    int length;

    /** Room for {@code expected} bytes, which grows. */
    InflateOutput(int expected, int maximum, int slack, StageBuffers buffers) {
        this.maximum = Math.min(maximum, JavaArray.MOST - slack);
        this.slack = slack;
        this.buffers = buffers;
        array = buffers.take(Math.min(expected, this.maximum) + slack);
    }

    /** An array with room for {@code maximum} bytes and the slack, which does not grow. */
    InflateOutput(byte[] array, int maximum, int slack) {
        this.array = array;
        this.maximum = maximum;
        this.slack = slack;
        this.buffers = new StageBuffers();
    }

    /** How many more bytes the array has room for. */
    int room() {
        return array.length - length;
    }

    /** Grows the array, if it may, to have at least {@code bytes} more; the fast loop goes on where it grew. */
    void growFor(int bytes) throws FilterDataException {
        if (array.length < maximum + slack) {
            need(Math.min(bytes, maximum - length));
        }
    }

    /** Makes room for {@code bytes} more and as many as the slack. */
    void need(int bytes) throws FilterDataException {
        if (bytes > maximum - length) {
            throw tooLong();
        }
        if (bytes > array.length - slack - length) {
            long size = Math.max(2L * array.length, (long) length + bytes + 1024);
            array = buffers.grow(array, length, (int) Math.min(maximum, size) + slack);
        }
    }

    /** Fails when more bytes were written than there may be. */
    void checkLength() throws FilterDataException {
        if (length > maximum) {
            throw tooLong();
        }
    }

    private FilterDataException tooLong() {
        return new FilterDataException("the zlib stream gives more than " + maximum + " bytes");
    }

    void add(byte value) throws FilterDataException {
        need(1);
        array[length++] = value;
    }

    /** Repeats {@code count} bytes from {@code distance} bytes back; the two may overlap. */
    void repeat(int distance, int count) throws FilterDataException {
        if (distance > length) {
            throw new FilterDataException("a zlib match " + distance + " bytes back, there are only " + length);
        }
        need(count);
        for (int i = 0; i < count; i++) {
            array[length] = array[length - distance];
            length++;
        }
    }

    Span span() {
        return new Span(array, 0, length);
    }
}
