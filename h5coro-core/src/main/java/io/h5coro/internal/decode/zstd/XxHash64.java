// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zstd;

import io.h5coro.internal.decode.lz.WideBytes;

/**
 * The 64-bit xxHash with seed 0, the checksum of Zstandard frames.
 *
 * @see <a href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md">xxHash specification</a>
 */
final class XxHash64 {
    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;
    private static final long P1_PLUS_P2 = 0x60EA27EEADC0B5D6L;

    private XxHash64() {}

    /** The hash of bytes {@code [start, end)}. */
    static long of(byte[] bytes, int start, int end) {
        int at = start;
        long hash = P5;
        if (end - start >= 32) {
            long a = P1_PLUS_P2;
            long b = P2;
            long c = 0;
            long d = -P1;
            for (; at <= end - 32; at += 32) {
                a = round(a, WideBytes.longAt(bytes, at));
                b = round(b, WideBytes.longAt(bytes, at + 8));
                c = round(c, WideBytes.longAt(bytes, at + 16));
                d = round(d, WideBytes.longAt(bytes, at + 24));
            }
            hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
            hash = merge(merge(merge(merge(hash, a), b), c), d);
        }
        return avalanche(tail(bytes, at, end, hash + (end - start)));
    }

    private static long tail(byte[] bytes, int start, int end, long seed) {
        long hash = seed;
        int at = start;
        for (; at <= end - 8; at += 8) {
            hash = Long.rotateLeft(hash ^ round(0, WideBytes.longAt(bytes, at)), 27) * P1 + P4;
        }
        if (at <= end - 4) {
            long word = WideBytes.intAt(bytes, at) & 0xffffffffL;
            hash = Long.rotateLeft(hash ^ (word * P1), 23) * P2 + P3;
            at += 4;
        }
        for (; at < end; at++) {
            hash = Long.rotateLeft(hash ^ ((bytes[at] & 0xff) * P5), 11) * P1;
        }
        return hash;
    }

    private static long round(long accumulator, long word) {
        return Long.rotateLeft(accumulator + word * P2, 31) * P1;
    }

    private static long merge(long hash, long accumulator) {
        return (hash ^ round(0, accumulator)) * P1 + P4;
    }

    private static long avalanche(long value) {
        long hash = (value ^ (value >>> 33)) * P2;
        hash = (hash ^ (hash >>> 29)) * P3;
        return hash ^ (hash >>> 32);
    }
}
