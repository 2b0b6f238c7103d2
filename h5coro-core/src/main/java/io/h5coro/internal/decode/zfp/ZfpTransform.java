// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zfp;

/**
 * The inverse transform of a block, along each dimension, the slowest first. Immutable.
 *
 * <p>The lossy one is a lifting scheme for
 *
 * <pre>
 *       ( 4  6 -4 -1)
 * 1/4 * ( 4  2  4  5)
 *       ( 4 -2  4 -5)
 *       ( 4 -6 -4  1)
 * </pre>
 *
 * and the reversible one multiplies with Pascal's lower triangular matrix. All arithmetic is in the width of the type
 * and wraps around.
 */
final class ZfpTransform {
    private final boolean narrow;
    private final boolean reversible;

    /** A transform of 32-bit numbers if {@code narrow}, else of 64-bit numbers. */
    ZfpTransform(boolean narrow, boolean reversible) {
        this.narrow = narrow;
        this.reversible = reversible;
    }

    void invert(long[] block) {
        for (int stride = block.length / 4; stride > 0; stride /= 4) {
            for (int i = 0; i < block.length; i++) {
                if ((i / stride & 3) == 0) {
                    lift(block, i, stride);
                }
            }
        }
    }

    private void lift(long[] b, int at, int stride) {
        if (reversible) {
            pascal(b, at, stride);
        } else if (narrow) {
            lift32(b, at, stride);
        } else {
            lift64(b, at, stride);
        }
        if (narrow) {
            for (int i = 0; i < 4; i++) {
                b[at + i * stride] = (int) b[at + i * stride];
            }
        }
    }

    private static void pascal(long[] b, int at, int stride) {
        long x = b[at];
        long y = b[at + stride];
        long z = b[at + 2 * stride];
        long w = b[at + 3 * stride];
        b[at + stride] = x + y;
        b[at + 2 * stride] = x + 2 * y + z;
        b[at + 3 * stride] = x + 3 * y + 3 * z + w;
    }

    private static void lift64(long[] b, int at, int stride) {
        long x = b[at];
        long y = b[at + stride];
        long z = b[at + 2 * stride];
        long w = b[at + 3 * stride];
        y += w >> 1;
        w -= y >> 1;
        y += w;
        w = (w << 1) - y;
        z += x;
        x = (x << 1) - z;
        y += z;
        z = (z << 1) - y;
        w += x;
        x = (x << 1) - w;
        b[at] = x;
        b[at + stride] = y;
        b[at + 2 * stride] = z;
        b[at + 3 * stride] = w;
    }

    private static void lift32(long[] b, int at, int stride) {
        int x = (int) b[at];
        int y = (int) b[at + stride];
        int z = (int) b[at + 2 * stride];
        int w = (int) b[at + 3 * stride];
        y += w >> 1;
        w -= y >> 1;
        y += w;
        w = (w << 1) - y;
        z += x;
        x = (x << 1) - z;
        y += z;
        z = (z << 1) - y;
        w += x;
        x = (x << 1) - w;
        b[at] = x;
        b[at + stride] = y;
        b[at + 2 * stride] = z;
        b[at + 3 * stride] = w;
    }
}
