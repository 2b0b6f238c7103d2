// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.inflate;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.util.Arrays;

/** Decoded bytes: an array that grows up to a maximum. Confined to one task. */
final class InflateOutput {
    private final int maximum;
    byte[] array;
    int length;

    InflateOutput(int expected, int maximum) {
        this.maximum = maximum;
        array = new byte[Math.min(expected, maximum)];
    }

    boolean canGrow() {
        return array.length < maximum;
    }

    /** How many more bytes may come. */
    int room() {
        return maximum - length;
    }

    /** Makes room for {@code bytes} more. */
    void need(int bytes) throws FilterDataException {
        if (bytes <= array.length - length) {
            return;
        }
        if (bytes > maximum - length) {
            throw new FilterDataException("the zlib stream gives more than " + maximum + " bytes");
        }
        long size = Math.max(2L * array.length, (long) length + bytes + 1024);
        array = Arrays.copyOf(array, (int) Math.min(maximum, size));
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
