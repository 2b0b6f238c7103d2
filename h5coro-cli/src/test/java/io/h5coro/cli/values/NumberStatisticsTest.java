// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.model.DoubleArray;
import io.h5coro.model.ElementType;
import io.h5coro.model.FloatType;
import io.h5coro.model.Shape;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Means and quantiles of numbers whose sums and differences are too large for a double. */
final class NumberStatisticsTest {
    private static final double MOST = Double.MAX_VALUE;
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    private static NumberStatistics of(double... numbers) {
        FloatType type = FloatType.ieee(Double.BYTES, ElementType.Order.LITTLE_ENDIAN);
        NumberStatistics statistics = NumberStatistics.of(type, List.of());
        statistics.add(new DoubleArray(type, Shape.of(numbers.length), numbers));
        return statistics;
    }

    private static double exactMean(double... numbers) {
        return Arrays.stream(numbers)
                .mapToObj(BigDecimal::new)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(BigDecimal.valueOf(numbers.length), MathContext.DECIMAL128)
                .doubleValue();
    }

    private static double[] quantiles(double... numbers) {
        return of(numbers).sample().quantiles(NumberStatistics.FRACTIONS);
    }

    /** The sum and the mean are rounded once each. */
    @Test
    void theMeanOfFiniteNumbersIsFinite() {
        double[][] all = {
            {1.7e308, 1.7e308, 1.7e308},
            {MOST, MOST, -MOST, -MOST},
            {1, MOST, MOST, -MOST, 3},
            {-MOST, -MOST, 5e-324},
            {1e-300, 3e-300}
        };
        for (double[] numbers : all) {
            double mean = exactMean(numbers);
            assertEquals(mean, of(numbers).mean(), Math.ulp(mean), Arrays.toString(numbers));
        }
        assertEquals(INFINITE, of(1, INFINITE, MOST, MOST, MOST).mean());
        assertEquals(Double.NaN, of(INFINITE, MOST, MOST, -INFINITE).mean());
    }

    /** Between an infinite number and another one there is no number; numpy gives NaN for some of these parts. */
    @Test
    void quantilesLieBetweenTheirNeighbours() {
        assertArrayEquals(
                new double[] {-INFINITE, -INFINITE, -INFINITE, -INFINITE, -INFINITE}, quantiles(-INFINITE, 2));
        assertArrayEquals(
                new double[] {-INFINITE, -INFINITE, 2, INFINITE, INFINITE}, quantiles(-INFINITE, 2, INFINITE));
        assertArrayEquals(new double[] {1.2, 2, 3, 4, INFINITE}, quantiles(1, 2, 3, 4, INFINITE), 1e-15);
        assertArrayEquals(
                new double[] {-0.9 * MOST, -0.5 * MOST, 0, 0.5 * MOST, 0.9 * MOST},
                quantiles(-MOST, MOST),
                1e-15 * MOST);
    }
}
