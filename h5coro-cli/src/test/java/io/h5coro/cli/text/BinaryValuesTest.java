// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.model.ArrayType;
import io.h5coro.model.BigIntegerArray;
import io.h5coro.model.BitfieldType;
import io.h5coro.model.ByteArray;
import io.h5coro.model.ComplexArray;
import io.h5coro.model.ComplexType;
import io.h5coro.model.CompoundArray;
import io.h5coro.model.CompoundType;
import io.h5coro.model.DoubleArray;
import io.h5coro.model.ElementType;
import io.h5coro.model.ElementType.BitPadding;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatArray;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntArray;
import io.h5coro.model.IntegerType;
import io.h5coro.model.LongArray;
import io.h5coro.model.NestedArray;
import io.h5coro.model.OpaqueArray;
import io.h5coro.model.OpaqueType;
import io.h5coro.model.SequenceArray;
import io.h5coro.model.SequenceType;
import io.h5coro.model.Shape;
import io.h5coro.model.ShortArray;
import io.h5coro.model.StringArray;
import io.h5coro.model.StringType;
import io.h5coro.model.WideFloatArray;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Option -b. The bytes are those of two's complement and of IEEE 754, which are stated by hand. */
final class BinaryValuesTest {
    private static final Shape ONE = Shape.of(1);
    private static final IntegerType BIG = IntegerType.of(4, Order.BIG_ENDIAN, true);
    private static final IntegerType LITTLE = IntegerType.of(4, Order.LITTLE_ENDIAN, true);

    /** What the forms NATIVE, FILE, LE and BE make of an array. */
    private static void written(H5Array array, String nativeOrder, String file, String little, String big) {
        assertAll(
                () -> assertEquals(nativeOrder, Written.binary(array, BinaryValues.Form.NATIVE)),
                () -> assertEquals(file, Written.binary(array, BinaryValues.Form.FILE)),
                () -> assertEquals(little, Written.binary(array, BinaryValues.Form.LE)),
                () -> assertEquals(big, Written.binary(array, BinaryValues.Form.BE)));
    }

    private static void same(H5Array array, String bytes) {
        written(array, bytes, bytes, bytes, bytes);
    }

    @Test
    void integersHaveTheOrderOfTheForm() {
        written(new IntArray(BIG, ONE, new int[] {0x01020304}), "04030201", "01020304", "04030201", "01020304");
        written(new IntArray(LITTLE, ONE, new int[] {0x01020304}), "04030201", "04030201", "04030201", "01020304");
        same(new ByteArray(IntegerType.of(1, Order.BIG_ENDIAN, true), ONE, new byte[] {-2}), "fe");
        IntegerType eight = IntegerType.of(8, Order.BIG_ENDIAN, false);
        written(
                new LongArray(eight, ONE, new long[] {-2}),
                "feffffffffffffff",
                "fffffffffffffffe",
                "feffffffffffffff",
                "fffffffffffffffe");
    }

    /** Where the machine has no such number, it is the next larger one. */
    @Test
    void integersOfOddSizesAreThoseOfTheMachine() {
        IntegerType three = IntegerType.of(3, Order.BIG_ENDIAN, true);
        written(new IntArray(three, ONE, new int[] {-2}), "feffffff", "fffffffe", "feffffff", "fffffffe");
        IntegerType narrow = new IntegerType(4, Order.LITTLE_ENDIAN, false, 3, 12, BitPadding.ZERO, BitPadding.ZERO);
        written(new IntArray(narrow, ONE, new int[] {0xabc}), "bc0a", "bc0a", "bc0a", "0abc");
    }

    @Test
    void integersOfMoreThan64BitsAreRefused() {
        H5Array wide = new BigIntegerArray(
                IntegerType.of(16, Order.LITTLE_ENDIAN, true), ONE, new BigInteger[] {BigInteger.ONE});
        assertThrows(UnsupportedFeatureException.class, () -> Written.binary(wide, BinaryValues.Form.NATIVE));
    }

    @Test
    void floatsKeepTheirBits() {
        FloatType single = FloatType.ieee(4, Order.BIG_ENDIAN);
        float payload = Float.intBitsToFloat(0x7fc12345);
        written(
                new FloatArray(single, Shape.of(2), new float[] {-0.0f, payload}),
                "00000080" + "4523c17f",
                "80000000" + "7fc12345",
                "00000080" + "4523c17f",
                "80000000" + "7fc12345");
        FloatType twice = FloatType.ieee(8, Order.LITTLE_ENDIAN);
        written(
                new DoubleArray(twice, ONE, new double[] {Double.MIN_VALUE}),
                "0100000000000000",
                "0100000000000000",
                "0100000000000000",
                "0000000000000001");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0000",
        "-0.0, 8000",
        "1, 3c00",
        "-2, c000",
        "65504, 7bff",
        "6.103515625e-05, 0400",
        "6.097555160522461e-05, 03ff",
        "5.960464477539063e-08, 0001",
        "0.333251953125, 3555",
        "Infinity, 7c00",
        "-Infinity, fc00",
        "NaN, 7e00"
    })
    void halvesAreThoseOfIeee754(float value, String big) {
        FloatType half = FloatType.ieee(2, Order.BIG_ENDIAN);
        H5Array array = new FloatArray(half, ONE, new float[] {value});
        String little = big.substring(2) + big.substring(0, 2);
        written(array, little, big, little, big);
    }

    /** Their geometry has no name, so they are written as the machine's. */
    @Test
    void floatsOfAnotherGeometryBecomeThoseOfTheMachine() {
        FloatType brain = new FloatType(
                2,
                Order.LITTLE_ENDIAN,
                0,
                16,
                BitPadding.ZERO,
                BitPadding.ZERO,
                BitPadding.ZERO,
                FloatType.Normalization.IMPLIED,
                15,
                7,
                8,
                0,
                7,
                127);
        written(new FloatArray(brain, ONE, new float[] {1.5f}), "0000c03f", "0000c03f", "0000c03f", "3fc00000");
        written(
                new DoubleArray(brain, ONE, new double[] {1.5}),
                "000000000000f83f",
                "000000000000f83f",
                "000000000000f83f",
                "3ff8000000000000");
    }

    @Test
    void numbersOfMoreThan64BitsAndOpaqueOnesAreAsInTheFile() {
        byte[] bytes = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        same(
                new WideFloatArray(WideFloatTest.EXTENDED, ONE, bytes, new double[] {0}),
                "0102030405060708090a0b0c0d0e0f10");
        same(new OpaqueArray(new OpaqueType(8, "t"), Shape.of(2), bytes), "0102030405060708090a0b0c0d0e0f10");
    }

    @Test
    void bitFieldsHaveTheOrderOfTheForm() {
        BitfieldType bits = new BitfieldType(2, Order.BIG_ENDIAN, 0, 16, BitPadding.ZERO, BitPadding.ZERO);
        written(new ShortArray(bits, ONE, new short[] {0x1234}), "3412", "1234", "3412", "1234");
    }

    /** Only the form NATIVE converts by name, where what has none becomes all ones. */
    @Test
    void enumerationsAreConvertedToTheMachinesOnly() {
        EnumType foreign = new EnumType(BIG, List.of(new EnumType.Member("A", 1)));
        written(
                new IntArray(foreign, Shape.of(2), new int[] {1, 5}),
                "01000000ffffffff",
                "0000000100000005",
                "0100000005000000",
                "0000000100000005");
        EnumType own = new EnumType(LITTLE, List.of(new EnumType.Member("A", 1)));
        written(new IntArray(own, ONE, new int[] {5}), "05000000", "05000000", "05000000", "00000005");
    }

    private static StringArray strings(StringType.Padding padding, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        StringType type = new StringType(4, false, padding, StringType.CharacterSet.ASCII);
        return new StringArray(type, Shape.of(2), bytes, new int[] {0, 4, 8}, new BitSet());
    }

    @Test
    void stringsKeepTheirPaddingUnlessANulEndsThem() {
        same(strings(StringType.Padding.NULL_TERMINATED, "ab\0\0cd\0x"), "6162" + "6364");
        same(strings(StringType.Padding.NULL_PADDED, "ab\0\0cd\0x"), "61620000" + "63640078");
        same(strings(StringType.Padding.SPACE_PADDED, "ab  cdef"), "61622020" + "63646566");
    }

    @Test
    void whatIsNestedStandsOneAfterAnother() {
        ElementType pair = new CompoundType(
                16, List.of(new CompoundType.Member("i", 0, BIG), new CompoundType.Member("j", 12, LITTLE)));
        H5Array records = new CompoundArray(
                (CompoundType) pair,
                Shape.of(2),
                List.of(
                        new IntArray(BIG, Shape.of(2), new int[] {1, 2}),
                        new IntArray(LITTLE, Shape.of(2), new int[] {3, 4})));
        written(
                records,
                "01000000030000000200000004000000",
                "00000001030000000000000204000000",
                "01000000030000000200000004000000",
                "00000001000000030000000200000004");
        H5Array grid =
                new NestedArray(new ArrayType(BIG, Shape.of(2)), ONE, new IntArray(BIG, Shape.of(2), new int[] {1, 2}));
        written(grid, "0100000002000000", "0000000100000002", "0100000002000000", "0000000100000002");
        H5Array sequences = new SequenceArray(
                new SequenceType(16, LITTLE),
                Shape.of(3),
                new IntArray(LITTLE, Shape.of(3), new int[] {7, 8, 9}),
                new int[] {0, 2, 2, 3},
                new BitSet());
        same(new ByteArray(IntegerType.of(1, Order.LITTLE_ENDIAN, true), Shape.of(0), new byte[0]), "");
        written(
                sequences,
                "070000000800000009000000",
                "070000000800000009000000",
                "070000000800000009000000",
                "000000070000000800000009");
        FloatType base = FloatType.ieee(4, Order.LITTLE_ENDIAN);
        H5Array complex =
                new ComplexArray(new ComplexType(base), ONE, new FloatArray(base, Shape.of(2), new float[] {1, -2}));
        written(complex, "0000803f000000c0", "0000803f000000c0", "0000803f000000c0", "3f800000c0000000");
    }
}
