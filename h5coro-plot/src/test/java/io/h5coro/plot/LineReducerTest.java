// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class LineReducerTest {
    @Test
    void spikesOfAMillionRowsStay() {
        LineReducer reducer = new LineReducer(1_000_000, 500);
        for (int i = 0; i < 1_000_000; i++) {
            reducer.add(i, i == 123_456 ? 9 : i == 123_457 ? -9 : 0);
        }
        Points line = reducer.line();
        assertEquals(2000, line.xs().length);
        int spike = Arrays.binarySearch(line.xs(), 123_456);
        assertTrue(spike >= 0);
        assertArrayEquals(new double[] {9, -9}, Arrays.copyOfRange(line.ys(), spike, spike + 2));
        assertEquals(0, line.xs()[0]);
        assertEquals(999_999, line.xs()[1999]);
    }

    @Test
    void aColumnThatIsMissingInterruptsTheLine() {
        LineReducer reducer = new LineReducer(100, 10);
        for (int i = 0; i < 100; i++) {
            reducer.add(i, i / 10 == 4 || i == 55 ? Double.NaN : i);
        }
        double[] ys = reducer.line().ys();
        assertEquals(9 * 4 + 1, ys.length);
        assertTrue(Double.isNaN(ys[16]));
        assertEquals(1, Arrays.stream(ys).filter(Double::isNaN).count());
    }

    @Test
    void fewRowsStayAsTheyAre() {
        LineReducer reducer = new LineReducer(3, 10);
        for (int i = 0; i < 3; i++) {
            reducer.add(i, i == 1 ? Double.NaN : i);
        }
        assertArrayEquals(new double[] {0, Double.NaN, 2}, reducer.line().ys());
    }
}
