// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.jpeg;

import io.h5coro.filter.FilterDataException;

/**
 * The bits of a scan, the most significant of a byte first; a 0 behind a byte FF is no data, another byte is a marker
 * that ends them. Confined to one task.
 */
final class JpegBits {
    private final byte[] array;
    private final int end;
    private int next;
    private long window;
    private int windowBits;
    /** Zero bits put in behind the end. Fewer bits in the window than these mean that some of them were used. */
    private int paddingBits;

    JpegBits(byte[] array, int from, int end) {
        this.array = array;
        this.next = from;
        this.end = end;
    }

    /** The next 16 bits, without taking them; 0 behind the end. */
    int peek16() {
        if (windowBits < 16) {
            refill();
        }
        return (int) (window >>> (windowBits - 16)) & 0xffff;
    }

    void drop(int bits) throws FilterDataException {
        windowBits -= bits;
        if (windowBits < paddingBits) {
            throw new FilterDataException("the scan ends before its last block");
        }
    }

    /** A number of {@code size} bits, 0 to 15, with its sign (T.81 F.2.2.1). */
    int receive(int size) throws FilterDataException {
        if (size == 0) {
            return 0;
        }
        int value = peek16() >>> (16 - size);
        drop(size);
        return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
    }

    private void refill() {
        while (windowBits <= 48) {
            boolean marker = next < end && array[next] == -1 && (next + 1 >= end || array[next + 1] != 0);
            if (next >= end || marker) {
                window <<= 8;
                paddingBits += 8;
            } else {
                window = window << 8 | array[next] & 0xff;
                next += array[next] == -1 ? 2 : 1;
            }
            windowBits += 8;
        }
    }
}
