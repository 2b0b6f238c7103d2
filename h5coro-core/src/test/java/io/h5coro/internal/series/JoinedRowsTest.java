// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.h5coro.model.BigIntegerArray;
import io.h5coro.model.ComplexArray;
import io.h5coro.model.ComplexType;
import io.h5coro.model.DoubleArray;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntArray;
import io.h5coro.model.IntegerType;
import io.h5coro.model.Shape;
import io.h5coro.model.WideFloatArray;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JoinedRowsTest {
    private static final IntegerType INT = IntegerType.of(4, Order.LITTLE_ENDIAN, true);

    private static H5Array joined(Shape shape, H5Array... parts) {
        JoinedRows rows = new JoinedRows(shape);
        List.of(parts).forEach(rows::add);
        H5Array array = rows.array();
        assertEquals(shape, array.shape());
        assertEquals(parts[0].type(), array.type());
        return array;
    }

    private static IntArray ints(int... values) {
        return new IntArray(INT, Shape.of(values.length), values);
    }

    @Test
    void numbersStandInTheOrderOfTheirParts() {
        assertArrayEquals(new int[] {1, 2, 3}, ((IntArray) joined(Shape.of(3), ints(1), ints(2, 3))).values());
        assertArrayEquals(
                new int[] {1, 2, 3, 4},
                ((IntArray) joined(Shape.of(2, 2), ints(), ints(1, 2), ints(), ints(3, 4), ints())).values());
    }

    @Test
    void partsOfNothingBesideAWholeOneChangeNothing() {
        IntArray whole = ints(1, 2);
        assertSame(whole.values(), ((IntArray) joined(Shape.of(2), whole, ints())).values());
        assertArrayEquals(whole.values(), ((IntArray) joined(Shape.of(2), ints(), whole, ints())).values());
        assertEquals(0, joined(Shape.of(0), ints(), ints()).length());
    }

    @Test
    void largeNumbersComplexOnesAndWideFloats() {
        IntegerType wide = IntegerType.of(16, Order.LITTLE_ENDIAN, true);
        BigInteger[] numbers = {BigInteger.ONE, BigInteger.TWO.pow(90), BigInteger.TEN};
        H5Array large = joined(
                Shape.of(3),
                new BigIntegerArray(wide, Shape.of(1), new BigInteger[] {numbers[0]}),
                new BigIntegerArray(wide, Shape.of(2), new BigInteger[] {numbers[1], numbers[2]}));
        for (int i = 0; i < 3; i++) {
            assertEquals(numbers[i], large.getBigInteger(i));
        }
        FloatType real = FloatType.ieee(8, Order.LITTLE_ENDIAN);
        ComplexType type = new ComplexType(real);
        ComplexArray complex = (ComplexArray) joined(
                Shape.of(3),
                new ComplexArray(type, Shape.of(1), new DoubleArray(real, Shape.of(2), new double[] {1, -1})),
                new ComplexArray(type, Shape.of(2), new DoubleArray(real, Shape.of(4), new double[] {2, -2, 3, -3})));
        for (int i = 0; i < 3; i++) {
            assertEquals(i + 1, complex.real(i));
            assertEquals(-i - 1, complex.imaginary(i));
        }
        WideFloatArray floats = (WideFloatArray) joined(
                Shape.of(2),
                new WideFloatArray(real, Shape.of(1), new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, new double[] {0.5}),
                new WideFloatArray(real, Shape.of(1), new byte[] {9, 0, 0, 0, 0, 0, 0, 1}, new double[] {1.5}));
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 0, 0, 0, 0, 1}, floats.bytes());
        assertEquals(0.5, floats.getDouble(0));
        assertEquals(1.5, floats.getDouble(1));
    }
}
