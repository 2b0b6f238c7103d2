// SPDX-License-Identifier: Apache-2.0
package io.h5coro.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Levels are what a reader of runs and packed groups gets back. */
final class LevelRunsTest {
    private static byte[] decoded(byte[] runs, int count, int width) {
        byte[] levels = new byte[count + 8];
        int at = 0;
        int level = 0;
        while (at < runs.length) {
            int head = 0;
            int shift = 0;
            do {
                head |= (runs[at] & 0x7f) << shift;
                shift += 7;
            } while (runs[at++] < 0);
            if ((head & 1) == 0) {
                for (int i = 0; i < head >> 1; i++) {
                    levels[level++] = runs[at];
                }
                at++;
                continue;
            }
            for (int bit = 0; bit < (head >> 1) * 8 * width; bit++) {
                levels[level + bit / width] |= (byte) ((runs[at + bit / 8] >> bit % 8 & 1) << bit % width);
            }
            level += (head >> 1) * 8;
            at += (head >> 1) * width;
        }
        return Arrays.copyOf(levels, count);
    }

    @Test
    void anyLevelsAreThoseThatAreRead() {
        Random random = new Random(14);
        for (int run = 0; run < 3_000; run++) {
            int width = 1 + random.nextInt(3);
            byte[] levels = new byte[random.nextInt(300)];
            for (int i = 0; i < levels.length; ) {
                byte level = (byte) random.nextInt(1 << width);
                for (int end = i + 1 + random.nextInt(random.nextInt(4) == 0 ? 60 : 3);
                        i < end && i < levels.length;
                        i++) {
                    levels[i] = level;
                }
            }
            assertArrayEquals(
                    levels, decoded(new LevelRuns(levels, width).encoded(levels.length), levels.length, width));
        }
    }

    /** The example of Parquet's description: 0 to 7 in three bits each. */
    @Test
    void groupsArePackedFromTheLowestBit() {
        byte[] levels = {0, 1, 2, 3, 4, 5, 6, 7};
        assertEquals("0388c6fa", HexFormat.of().formatHex(new LevelRuns(levels, 3).encoded(8)));
    }
}
