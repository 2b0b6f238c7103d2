// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against the JDK's own stable sort of objects. */
final class AscendingOrderTest {
    @Test
    void isTheOrderOfAStableSort() {
        Random random = new Random(3);
        for (int size = 0; size < 400; size++) {
            int different = 1 + random.nextInt(2 * size + 1);
            long[] keys = random.longs(size, -5, different).toArray();
            int[] expected = IntStream.range(0, size)
                    .boxed()
                    .sorted((a, b) -> Long.compare(keys[a], keys[b]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            assertArrayEquals(expected, AscendingOrder.of(keys));
        }
    }

    @Test
    void keepsWhatIsInOrder() {
        assertArrayEquals(new int[] {0, 1, 2, 3}, AscendingOrder.of(new long[] {1, 1, 2, Long.MAX_VALUE}));
        assertArrayEquals(new int[] {1, 3, 0, 2}, AscendingOrder.of(new long[] {30, 10, 30, 20}));
    }
}
