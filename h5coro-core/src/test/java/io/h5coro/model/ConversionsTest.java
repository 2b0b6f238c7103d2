// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.ElementType.Order;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Conversions are exact, whatever is stored, or say which value is not. Values are stated by hand. */
final class ConversionsTest {
    private static final Order LE = Order.LITTLE_ENDIAN;
    private static final long ABOVE_FLOATS = (1L << 24) + 1;
    private static final long ABOVE_DOUBLES = (1L << 53) + 1;

    private static IntegerType type(int size, boolean signed) {
        return IntegerType.of(size, LE, signed);
    }

    private static LongArray longs(boolean signed, long... values) {
        return new LongArray(type(8, signed), Shape.of(values.length), values);
    }

    private static DoubleArray doubles(double... values) {
        return new DoubleArray(FloatType.ieee(8, LE), Shape.of(values.length), values);
    }

    private static FloatArray floats(float... values) {
        return new FloatArray(FloatType.ieee(4, LE), Shape.of(values.length), values);
    }

    private static BigIntegerArray bigs(BigInteger... values) {
        return new BigIntegerArray(type(16, true), Shape.of(values.length), values);
    }

    private static InexactValueException refused(int index, Executable conversion) {
        InexactValueException e = assertThrows(InexactValueException.class, conversion);
        assertEquals(index, e.index());
        return e;
    }

    @Test
    void unsignedNumbersAreNeverNegative() {
        ByteArray bytes = new ByteArray(type(1, false), Shape.of(2), new byte[] {-1, 7});
        ShortArray shorts = new ShortArray(type(2, false), Shape.of(1), new short[] {-1});
        IntArray ints = new IntArray(type(4, false), Shape.of(1), new int[] {-1});
        assertArrayEquals(new int[] {255, 7}, bytes.toInts());
        assertArrayEquals(new float[] {65535}, shorts.toFloats());
        assertArrayEquals(new long[] {4294967295L}, ints.toLongs());
        assertArrayEquals(new double[] {4294967295.0}, ints.toDoubles());
        refused(0, ints::toInts);
        refused(0, ints::toIntsLossy);
    }

    @Test
    void unsignedNumbersOf64BitsAreExactOrRefused() {
        LongArray large = longs(false, 0, 1L << 63, -1);
        refused(1, large::toLongs);
        refused(1, large::toLongsLossy);
        InexactValueException e = refused(2, large::toDoubles);
        assertTrue(e.getMessage().contains("18446744073709551615"), e.getMessage());
        assertArrayEquals(new double[] {0, 0x1p63, 0x1p64}, large.toDoublesLossy());
        assertArrayEquals(new float[] {0, 0x1p63f, 0x1p64f}, large.toFloatsLossy());
        assertArrayEquals(
                new double[] {0x1p63 + 2048, 0x1p63},
                longs(false, (1L << 63) + 1025, (1L << 63) + 1024).toDoublesLossy());
    }

    @Test
    void largeWholeNumbersAreExactOrRefused() {
        assertArrayEquals(
                new double[] {-0x1p63, 0x1p62},
                longs(true, Long.MIN_VALUE, 1L << 62).toDoubles());
        refused(1, longs(true, 5, Long.MAX_VALUE)::toDoubles);
        refused(0, longs(true, -ABOVE_DOUBLES)::toDoubles);
        assertArrayEquals(new double[] {0x1p53}, longs(true, ABOVE_DOUBLES).toDoublesLossy());
        refused(0, longs(true, ABOVE_FLOATS)::toFloats);
        // Rounded once: by way of a double it would be 2^54 here.
        long tie = (1L << 54) + (1L << 30) + 1;
        assertArrayEquals(new float[] {0x1.000002p54f}, longs(true, tie).toFloatsLossy());
        refused(1, longs(true, Integer.MIN_VALUE, 1L << 31)::toInts);
    }

    @Test
    void numbersOfManyBytesAreExactOrRefused() {
        BigInteger two = BigInteger.TWO;
        assertArrayEquals(
                new double[] {0x1p100, -3},
                bigs(two.pow(100), BigInteger.valueOf(-3)).toDoubles());
        refused(0, bigs(two.pow(100).add(BigInteger.ONE))::toDoubles);
        refused(0, bigs(two.pow(2000))::toDoubles);
        refused(0, bigs(two.pow(200))::toFloats);
        assertArrayEquals(
                new float[] {Float.POSITIVE_INFINITY}, bigs(two.pow(200)).toFloatsLossy());
        refused(1, bigs(two.pow(63).negate(), two.pow(63))::toLongs);
    }

    @Test
    void floatsBecomeWholeNumbersWhereTheyAreSome() {
        assertArrayEquals(new int[] {1, -7, 0}, floats(1, -7, -0.0f).toInts());
        refused(2, floats(1, 2, 2.5f)::toInts);
        refused(1, doubles(0, Double.NaN)::toLongs);
        refused(1, doubles(0, Double.NaN)::toLongsLossy);
        refused(0, doubles(0x1p63)::toLongs);
        assertArrayEquals(new long[] {Long.MIN_VALUE}, doubles(-0x1p63).toLongs());
        assertArrayEquals(new long[] {2, -2}, doubles(2.9, -2.9).toLongsLossy());
        refused(0, doubles(3e9)::toIntsLossy);
    }

    @Test
    void doublesBecomeFloatsWhereTheyAreSome() {
        float[] values =
                doubles(0.5, Double.NaN, Double.NEGATIVE_INFINITY, -0.0).toFloats();
        assertArrayEquals(new float[] {0.5f, Float.NaN, Float.NEGATIVE_INFINITY, -0.0f}, values);
        refused(1, doubles(0.5, 0.1)::toFloats);
        refused(0, doubles(1e300)::toFloats);
        assertArrayEquals(
                new float[] {0.1f, Float.POSITIVE_INFINITY}, doubles(0.1, 1e300).toFloatsLossy());
        assertArrayEquals(new double[] {0.1f}, floats(0.1f).toDoubles());
    }

    @Test
    void wideFloatsAreExactOrRefused() {
        BitSet exact = new BitSet();
        exact.set(0);
        FloatType extended = FloatType.ieee(8, LE);
        WideFloatArray wide = new WideFloatArray(extended, Shape.of(2), new byte[16], new double[] {4, 0.1}, exact);
        refused(1, wide::toDoubles);
        refused(1, wide::toFloats);
        refused(1, wide::toLongs);
        refused(1, wide::toInts);
        assertArrayEquals(new double[] {4, 0.1}, wide.toDoublesLossy());
        assertArrayEquals(new int[] {4, 0}, wide.toIntsLossy());
        assertArrayEquals(new long[] {4}, wide.copyOfRange(0, 1).toLongs());
        assertEquals(4.0, wide.get(0));
        refused(1, () -> wide.get(1));
    }

    @Test
    void enumerationsGiveTheirNumber() {
        EnumType bool =
                new EnumType(type(1, true), List.of(new EnumType.Member("FALSE", 0), new EnumType.Member("TRUE", 1)));
        ByteArray flags = new ByteArray(bool, Shape.of(2), new byte[] {1, 0});
        assertArrayEquals(new int[] {1, 0}, flags.toInts());
        assertArrayEquals(new String[] {"TRUE", "FALSE"}, flags.toNested(String[].class));
        assertEquals(1, flags.get(0));
    }

    @Test
    void whatIsNoNumberIsRefusedEvenWithoutElements() {
        StringType text = new StringType(1, false, StringType.Padding.NULL_PADDED, StringType.CharacterSet.ASCII);
        StringArray none = new StringArray(text, Shape.of(0), new byte[0], new int[1], new BitSet());
        StringArray one = new StringArray(text, Shape.of(1), new byte[] {'7'}, new int[] {0, 1}, new BitSet());
        ComplexArray complex = new ComplexArray(new ComplexType(FloatType.ieee(8, LE)), Shape.of(1), doubles(1, 2));
        for (H5Array array : List.of(none, one, complex)) {
            assertThrows(UnsupportedOperationException.class, array::toDoubles);
            assertThrows(UnsupportedOperationException.class, array::toFloatsLossy);
            assertThrows(UnsupportedOperationException.class, array::toLongs);
            assertThrows(UnsupportedOperationException.class, array::toInts);
        }
        assertEquals(0, longs(true).toDoubles().length);
    }

    @Test
    void theResultBelongsToTheCaller() {
        DoubleArray array = doubles(1, 2);
        assertNotSame(array.values(), array.toDoubles());
        assertNotSame(array.values(), array.copy().toDoubles());
        assertSame(array.values(), array.asDoubleBuffer().array());
        array.asDoubleBuffer().put(1, 5);
        assertEquals(5, array.getDouble(1));
    }

    @Test
    void nestedArraysAreCheckedAgainstRankAndElement() {
        H5Array matrix = floats(1, 2, 3, 4, 5, 6).withShape(Shape.of(2, 3));
        float[][] rows = matrix.toNested(float[][].class);
        assertArrayEquals(new float[] {1, 2, 3}, rows[0]);
        assertArrayEquals(new float[] {4, 5, 6}, rows[1]);
        assertArrayEquals(new double[] {4, 5, 6}, matrix.toNested(double[][].class)[1]);
        assertArrayEquals(new int[] {4, 5, 6}, matrix.toNested(int[][].class)[1]);
        assertArrayEquals(new long[] {4, 5, 6}, matrix.toNested(long[][].class)[1]);
        assertArrayEquals(new short[] {4, 5, 6}, matrix.toNested(short[][].class)[1]);
        assertArrayEquals(new byte[] {4, 5, 6}, matrix.toNested(byte[][].class)[1]);
        assertArrayEquals(new Object[] {4f, 5f, 6f}, matrix.toNested(Object[][].class)[1]);
        assertEquals(2, floats().withShape(Shape.of(2, 0, 3)).toNested(float[][][].class).length);
        for (Class<?> wrong : List.of(float[].class, float[][][].class, float.class, char[][].class, Float[][].class)) {
            assertThrows(IllegalArgumentException.class, () -> matrix.toNested(wrong));
        }
        ByteArray bytes = new ByteArray(type(1, false), Shape.of(1), new byte[] {-1});
        refused(0, () -> bytes.toNested(byte[].class));
        assertArrayEquals(new short[] {255}, bytes.toNested(short[].class));
        assertArrayEquals(new BigInteger[] {BigInteger.valueOf(255)}, bytes.toNested(BigInteger[].class));
    }

    @Test
    void objectsHaveTheClassOfTheirType() {
        assertEquals(255, new ByteArray(type(1, false), Shape.of(1), new byte[] {-1}).get(0));
        assertEquals(4294967295L, new IntArray(type(4, false), Shape.of(1), new int[] {-1}).get(0));
        assertEquals(-1, new IntArray(type(4, true), Shape.of(1), new int[] {-1}).get(0));
        assertEquals(-1L, longs(true, -1).get(0));
        assertEquals(new BigInteger("18446744073709551615"), longs(false, -1).get(0));
        assertEquals(0.5f, floats(0.5f).get(0));
        IntArray numbers = new IntArray(type(4, true), Shape.of(2), new int[] {3, 4});
        CompoundArray records = new CompoundArray(
                new CompoundType(
                        12,
                        List.of(
                                new CompoundType.Member("n", 0, numbers.type()),
                                new CompoundType.Member("x", 4, FloatType.ieee(8, LE)))),
                Shape.of(2),
                List.of(numbers, doubles(0.5, 1.5)));
        Map<?, ?> second = assertInstanceOf(Map.class, records.get(1));
        assertEquals("{n=4, x=1.5}", second.toString());
        assertEquals(List.of(0.5, 1.5), records.field("x").stream().toList());
        assertThrows(IndexOutOfBoundsException.class, () -> numbers.get(2));
    }

    @Test
    void streamsGiveAllElements() {
        assertEquals(6, floats(1, 2, 3).doubleStream().sum());
        assertEquals(6, floats(1, 2, 3).longStream().sum());
        refused(1, () -> floats(1, 2.5f).longStream().sum());
        assertEquals(List.of(1L, 2L), longs(true, 1, 2).stream().toList());
    }

    @Test
    void severalIndicesMeanAnElement() {
        H5Array matrix = floats(1, 2, 3, 4, 5, 6).withShape(Shape.of(2, 3));
        assertEquals(6, matrix.getDouble(1, 2));
        assertEquals(4f, matrix.get(1, 0));
        assertEquals(5, matrix.getDouble(4));
        assertEquals(9, longs(true, 7, 8, 9).withShape(Shape.of(3, 1)).getLong(2, 0));
        assertThrows(IllegalArgumentException.class, () -> matrix.getDouble(new int[] {1}));
        assertThrows(IllegalArgumentException.class, () -> matrix.getDouble(1, 1, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> matrix.getDouble(0, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> matrix.getDouble(-1, 0));
    }

    /**
     * numpy: longdouble(3) - longdouble(2)**-62 and longdouble(2)**62 + 1 as int64 are 2 and 4611686018427387905; their
     * nearest doubles are 3 and 2^62. 2.1 has 2 in front of the point whatever its last digits are.
     */
    @Test
    void aRoundedNumberIsNotTruncatedToAnotherWholeOne() {
        FloatType quad = FloatType.ieee(16, Order.LITTLE_ENDIAN);
        double[] nearest = {3, 0x1p62, 2.1};
        WideFloatArray wide = new WideFloatArray(quad, Shape.of(3), new byte[48], nearest);
        assertThrows(InexactValueException.class, () -> wide.copyOfRange(0, 1).toLongsLossy());
        assertThrows(InexactValueException.class, () -> wide.copyOfRange(0, 1).toIntsLossy());
        assertThrows(InexactValueException.class, () -> wide.copyOfRange(1, 2).toLongsLossy());
        assertArrayEquals(new long[] {2}, wide.copyOfRange(2, 3).toLongsLossy());
    }
}
