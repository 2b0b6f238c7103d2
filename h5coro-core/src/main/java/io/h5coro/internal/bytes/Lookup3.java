// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Bob Jenkins' lookup3 hash ("hashlittle"), HDF5's metadata checksum and the hash of names in B-trees of version 2.
 *
 * <p>Three words a, b, c start as 0xdeadbeef + length. Each 12 bytes are added to them and mixed; the last 1 to 12
 * bytes go through a final mix, from which c is the hash. So the hash of no bytes is 0xdeadbeef, and 12 bytes take the
 * final mix only.
 *
 * @see <a href="https://burtleburtle.net/bob/c/lookup3.c">lookup3.c (public domain)</a>; H5checksum.c
 */
public final class Lookup3 {
    /** Reads four bytes at once on any platform; the hash is defined over little-endian words. */
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Lookup3() {}

    /** The hash of {@code bytes[offset, offset + length)} with initial value 0. */
    public static int hash(byte[] bytes, int offset, int length) {
        int a = 0xdeadbeef + length;
        int b = a;
        int c = a;
        int at = offset;
        int left = length;
        while (left > 12) {
            a += (int) INT.get(bytes, at);
            b += (int) INT.get(bytes, at + 4);
            c += (int) INT.get(bytes, at + 8);
            a -= c;
            a ^= Integer.rotateLeft(c, 4);
            c += b;
            b -= a;
            b ^= Integer.rotateLeft(a, 6);
            a += c;
            c -= b;
            c ^= Integer.rotateLeft(b, 8);
            b += a;
            a -= c;
            a ^= Integer.rotateLeft(c, 16);
            c += b;
            b -= a;
            b ^= Integer.rotateLeft(a, 19);
            a += c;
            c -= b;
            c ^= Integer.rotateLeft(b, 4);
            b += a;
            at += 12;
            left -= 12;
        }
        if (left == 0) {
            return c;
        }
        a += word(bytes, at, left);
        b += word(bytes, at + 4, left - 4);
        c += word(bytes, at + 8, left - 8);
        return last(a, b, c);
    }

    /** Up to four bytes as a little-endian number; 0 when {@code left} is not positive. */
    private static int word(byte[] bytes, int at, int left) {
        int value = 0;
        for (int i = Math.min(4, left) - 1; i >= 0; i--) {
            value = value << 8 | (bytes[at + i] & 0xff);
        }
        return value;
    }

    /** The final mix; its order of rotations is part of the format. */
    private static int last(int a0, int b0, int c0) {
        int c = (c0 ^ b0) - Integer.rotateLeft(b0, 14);
        int a = (a0 ^ c) - Integer.rotateLeft(c, 11);
        int b = (b0 ^ a) - Integer.rotateLeft(a, 25);
        c = (c ^ b) - Integer.rotateLeft(b, 16);
        a = (a ^ c) - Integer.rotateLeft(c, 4);
        b = (b ^ a) - Integer.rotateLeft(a, 14);
        return (c ^ b) - Integer.rotateLeft(b, 24);
    }
}
