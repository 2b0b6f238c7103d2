// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Elements at equal distances in an array of bytes: a member of all records of a compound, or elements one behind the
 * other.
 *
 * <p>Example: a member of 4 bytes at offset 8 of a compound of 24 bytes has first 8 and stride 24. Part 2 of it has
 * first 10 and the same stride.
 *
 * @param bytes the array; read only
 * @param first first byte of the first element
 * @param stride bytes from one element to the next
 * @param count number of elements
 */
@SuppressWarnings("ArrayRecordComponent") // a view by intention
record Column(byte[] bytes, int first, int stride, int count) {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

    /** First byte of an element. */
    int at(int element) {
        return first + element * stride;
    }

    /** A part of each element. */
    Column part(int offset) {
        return new Column(bytes, first + offset, stride, count);
    }

    /** The elements one behind the other: the array itself where they already are all of it. */
    byte[] dense(int size) {
        if (stride == size && first == 0 && bytes.length == (long) size * count) {
            return bytes;
        }
        byte[] dense = new byte[Math.multiplyExact(size, count)];
        gather(size, dense);
        return dense;
    }

    /**
     * Copies the elements one behind the other.
     *
     * @param size bytes of an element
     * @param into takes them from its start on
     */
    void gather(int size, byte[] into) {
        int at = first;
        if (size == Long.BYTES) {
            for (int i = 0; i < count; i++, at += stride) {
                LONG.set(into, i * Long.BYTES, (long) LONG.get(bytes, at));
            }
        } else if (size == Integer.BYTES) {
            for (int i = 0; i < count; i++, at += stride) {
                INT.set(into, i * Integer.BYTES, (int) INT.get(bytes, at));
            }
        } else {
            for (int i = 0; i < count; i++, at += stride) {
                System.arraycopy(bytes, at, into, i * size, size);
            }
        }
    }
}
