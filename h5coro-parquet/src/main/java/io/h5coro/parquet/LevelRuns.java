// SPDX-License-Identifier: Apache-2.0
package io.h5coro.parquet;

import java.io.ByteArrayOutputStream;

/**
 * Encodes levels as runs of equal ones, and groups of eight packed ones. A run is its length times two, and the level;
 * groups are their number times two plus one, and the levels in {@code width} bits each, the first one lowest. Confined
 * to one thread.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/data-pages/encodings/">RLE = 3</a>
 */
final class LevelRuns {
    private static final int GROUP = 8;

    private final byte[] levels;
    private final int width;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    LevelRuns(byte[] levels, int width) {
        this.levels = levels;
        this.width = width;
    }

    /** Encodes the first levels. */
    byte[] encoded(int count) {
        int packed = 0;
        int at = 0;
        while (at < count) {
            int end = at + 1;
            while (end < count && levels[end] == levels[at]) {
                end++;
            }
            // What the group before still lacks it takes of the run.
            int begin = at + Math.floorMod(packed - at, GROUP);
            if (end - begin >= GROUP) {
                pack(packed, begin);
                varint((end - begin) << 1);
                out.write(levels[at]);
                packed = end;
            }
            at = end;
        }
        pack(packed, count);
        return out.toByteArray();
    }

    private void pack(int from, int to) {
        if (from == to) {
            return;
        }
        int groups = (to - from + GROUP - 1) / GROUP;
        varint(groups << 1 | 1);
        for (int group = from; group < from + groups * GROUP; group += GROUP) {
            long bits = 0;
            for (int i = 0; i < GROUP && group + i < to; i++) {
                bits |= (long) levels[group + i] << i * width;
            }
            for (int i = 0; i < width; i++) {
                out.write((int) (bits >>> i * Byte.SIZE));
            }
        }
    }

    private void varint(int value) {
        int left = value;
        while ((left & ~0x7f) != 0) {
            out.write(left & 0x7f | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }
}
