// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.model.ElementType.Order;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The boundaries of whole numbers of every width, signed and not, by every accessor. */
final class WholeNumbersTest {
    private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

    /** Lowest, -1 or highest, 0, 1, highest of the signed range, as bits. */
    private static H5Array boundaries(int size, boolean signed) {
        return boundaries(size, IntegerType.of(size, Order.LITTLE_ENDIAN, signed));
    }

    private static H5Array boundaries(int size, ElementType type) {
        Shape shape = Shape.of(5);
        return switch (size) {
            case 1 -> new ByteArray(type, shape, new byte[] {Byte.MIN_VALUE, -1, 0, 1, Byte.MAX_VALUE});
            case 2 -> new ShortArray(type, shape, new short[] {Short.MIN_VALUE, -1, 0, 1, Short.MAX_VALUE});
            case 4 -> new IntArray(type, shape, new int[] {Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE});
            default -> new LongArray(type, shape, new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE});
        };
    }

    static Stream<Arguments> widths() {
        return Stream.of(1, 2, 4, 8).flatMap(size -> Stream.of(Arguments.of(size, true), Arguments.of(size, false)));
    }

    private static List<BigInteger> expected(int size, boolean signed) {
        BigInteger half = BigInteger.ONE.shiftLeft(8 * size - 1);
        return List.of(
                signed ? half.negate() : half,
                signed ? BigInteger.ONE.negate() : half.add(half).subtract(BigInteger.ONE),
                BigInteger.ZERO,
                BigInteger.ONE,
                half.subtract(BigInteger.ONE));
    }

    @ParameterizedTest
    @MethodSource("widths")
    void widensEachBoundaryExactly(int size, boolean signed) {
        H5Array array = boundaries(size, signed);
        for (int i = 0; i < array.length(); i++) {
            BigInteger value = expected(size, signed).get(i);
            int element = i;
            assertEquals(value, array.getBigInteger(i));
            assertEquals(value.doubleValue(), array.getDouble(i));
            assertEquals(value.longValue(), array.getBits(i));
            if (value.bitLength() < Long.SIZE) {
                assertEquals(value.longValueExact(), array.getLong(i));
            } else {
                assertThrows(ArithmeticException.class, () -> array.getLong(element));
            }
            assertThrows(UnsupportedOperationException.class, () -> array.getString(element));
        }
    }

    @ParameterizedTest
    @MethodSource("widths")
    void namesTheBoundariesOfEnumerations(int size, boolean signed) {
        List<BigInteger> values = expected(size, signed);
        EnumType type = new EnumType(
                IntegerType.of(size, Order.BIG_ENDIAN, signed),
                List.of(
                        new EnumType.Member("first", values.get(0).longValue()),
                        new EnumType.Member("second", values.get(1).longValue()),
                        new EnumType.Member("zero", 0),
                        new EnumType.Member("again", 0)));
        H5Array array = boundaries(size, type);
        assertEquals("first", array.getString(0));
        assertEquals("second", array.getString(1));
        assertEquals("zero", array.getString(2), "of several names the first");
        assertEquals("1", array.getString(3));
        assertEquals(values.get(4).toString(), array.getString(4));
        assertEquals(values.get(1), array.getBigInteger(1));
    }

    @Test
    void writesTheDigitsOfAnUnsignedNumberWithoutAName() {
        EnumType type = new EnumType(IntegerType.of(8, Order.LITTLE_ENDIAN, false), List.of());
        assertEquals("18446744073709551615", boundaries(8, type).getString(1));
        EnumType small = new EnumType(IntegerType.of(1, Order.LITTLE_ENDIAN, false), List.of());
        assertEquals("255", boundaries(1, small).getString(1));
        EnumType signed = new EnumType(IntegerType.of(2, Order.LITTLE_ENDIAN, true), List.of());
        assertEquals("-1", boundaries(2, signed).getString(1));
    }

    @Test
    void takesBitFieldsAndTimesForUnsigned() {
        BitfieldType bits = new BitfieldType(
                1, Order.LITTLE_ENDIAN, 0, 8, ElementType.BitPadding.ZERO, ElementType.BitPadding.ZERO);
        assertEquals(255, boundaries(1, bits).getLong(1));
        assertEquals(
                0xffffffffL,
                boundaries(4, new TimeType(4, Order.LITTLE_ENDIAN, 32)).getLong(1));
        assertEquals(-1, boundaries(8, new TimeType(8, Order.LITTLE_ENDIAN, 64)).getBits(1));
    }

    @Test
    void keepsNumbersOfMoreThanEightBytesWhole() {
        BigInteger[] values = {TWO_64, TWO_64.subtract(BigInteger.ONE), BigInteger.TEN};
        IntegerType type = IntegerType.of(16, Order.LITTLE_ENDIAN, false);
        BigIntegerArray array = new BigIntegerArray(type, Shape.of(3), values);
        assertEquals(TWO_64, array.getBigInteger(0));
        assertThrows(ArithmeticException.class, () -> array.getLong(0));
        assertThrows(ArithmeticException.class, () -> array.getBits(0));
        assertThrows(ArithmeticException.class, () -> array.getLong(1));
        assertEquals(-1, array.getBits(1));
        assertEquals(10, array.getLong(2));
        assertEquals(0x1p64, array.getDouble(0));
        assertThrows(UnsupportedOperationException.class, () -> array.getString(2));
        EnumType unsigned = new EnumType(type, List.of(new EnumType.Member("all", -1)));
        BigIntegerArray named = new BigIntegerArray(unsigned, Shape.of(3), values);
        assertEquals("all", named.getString(1));
        assertEquals(TWO_64.toString(), named.getString(0));
        EnumType signed =
                new EnumType(IntegerType.of(16, Order.LITTLE_ENDIAN, true), List.of(new EnumType.Member("minus", -1)));
        BigInteger[] minus = {BigInteger.ONE.negate(), TWO_64.subtract(BigInteger.ONE)};
        BigIntegerArray both = new BigIntegerArray(signed, Shape.of(2), minus);
        assertEquals("minus", both.getString(0));
        assertEquals("18446744073709551615", both.getString(1));
    }
}
