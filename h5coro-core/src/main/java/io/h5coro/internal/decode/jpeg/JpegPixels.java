// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.jpeg;

/**
 * Brings the components of an image to its size and together, as libjpeg does (jdsample.c, jdcolor.c): halved samples
 * are interpolated, each pixel three quarters of its own and a quarter of the next. Confined to one task.
 */
final class JpegPixels {
    private static final int FRACTION_BITS = 16;

    private final JpegComponent[] components;
    private final int width;
    private final int height;
    private final boolean luminance;
    private final int[][] lines;

    JpegPixels(JpegComponent[] components, int width, int height, boolean luminance) {
        this.components = components;
        this.width = width;
        this.height = height;
        this.luminance = luminance;
        lines = new int[components.length][width + 1];
    }

    byte[] interleave() {
        byte[] output = new byte[width * height * components.length];
        int at = 0;
        for (int y = 0; y < height; y++) {
            for (int c = 0; c < components.length; c++) {
                line(components[c], y, lines[c]);
            }
            for (int x = 0; x < width; x++) {
                if (luminance) {
                    colour(lines[0][x], lines[1][x] - 128, lines[2][x] - 128, output, at);
                } else {
                    for (int c = 0; c < components.length; c++) {
                        output[at + c] = (byte) lines[c][x];
                    }
                }
                at += components.length;
            }
        }
        return output;
    }

    private static void colour(int y, int cb, int cr, byte[] output, int at) {
        int half = 1 << (FRACTION_BITS - 1);
        output[at] = clamp(y + ((91881 * cr + half) >> FRACTION_BITS));
        output[at + 1] = clamp(y + ((-22554 * cb - 46802 * cr + half) >> FRACTION_BITS));
        output[at + 2] = clamp(y + ((116130 * cb + half) >> FRACTION_BITS));
    }

    private static byte clamp(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }

    private void line(JpegComponent c, int y, int[] line) {
        if (c.repeatX() == 1) {
            for (int x = 0; x < width; x++) {
                line[x] = sample(c, y, x);
            }
        } else if (c.width() <= 2) {
            for (int x = 0; x < width; x++) {
                line[x] = sample(c, y / c.repeatY(), x / 2);
            }
        } else if (c.repeatY() == 1) {
            across(c, y, line);
        } else {
            acrossAndDown(c, y, line);
        }
    }

    /** Interpolates a line whose samples are halved across. */
    private static void across(JpegComponent c, int y, int[] line) {
        int last = c.width() - 1;
        for (int i = 0; i <= last; i++) {
            int own = sample(c, y, i);
            put(line, 2 * i, i == 0 ? own : (3 * own + sample(c, y, i - 1) + 1) >> 2);
            put(line, 2 * i + 1, i == last ? own : (3 * own + sample(c, y, i + 1) + 2) >> 2);
        }
    }

    /** Interpolates a line whose samples are halved both ways. */
    private static void acrossAndDown(JpegComponent c, int y, int[] line) {
        int last = c.width() - 1;
        int near = y / 2;
        int far = Math.max(0, Math.min(c.height() - 1, (y & 1) == 0 ? near - 1 : near + 1));
        int before = 0;
        int own = 3 * sample(c, near, 0) + sample(c, far, 0);
        for (int i = 0; i <= last; i++) {
            int behind = i == last ? 0 : 3 * sample(c, near, i + 1) + sample(c, far, i + 1);
            put(line, 2 * i, i == 0 ? (4 * own + 8) >> 4 : (3 * own + before + 8) >> 4);
            put(line, 2 * i + 1, i == last ? (4 * own + 7) >> 4 : (3 * own + behind + 7) >> 4);
            before = own;
            own = behind;
        }
    }

    private static void put(int[] line, int x, int value) {
        if (x < line.length) {
            line[x] = value;
        }
    }

    private static int sample(JpegComponent c, int y, int x) {
        return c.samples()[y * c.stride() + x] & 0xff;
    }
}
