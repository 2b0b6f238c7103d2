// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.model.ArrayType;
import io.h5coro.model.BigIntegerArray;
import io.h5coro.model.BitfieldType;
import io.h5coro.model.ByteArray;
import io.h5coro.model.ComplexArray;
import io.h5coro.model.ComplexType;
import io.h5coro.model.CompoundArray;
import io.h5coro.model.CompoundType;
import io.h5coro.model.DoubleArray;
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
import io.h5coro.model.TimeType;
import io.h5coro.model.WideFloatArray;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Elements of every type; what h5dump prints of most of them is in {@code H5dumpOptionsTest}. */
final class ValueTextTest {
    private static final Shape ONE = Shape.of(1);
    private static final IntegerType I4 = IntegerType.of(4, Order.LITTLE_ENDIAN, true);
    private static final FloatType F8 = FloatType.ieee(8, Order.LITTLE_ENDIAN);

    private static IntArray ints(int... values) {
        return new IntArray(I4, Shape.of(values.length), values);
    }

    private static H5Array nested(H5Array elements, long... shape) {
        Shape of = Shape.of(shape);
        return new NestedArray(
                new ArrayType(elements.type(), of), Shape.of(elements.length() / of.elementCount()), elements);
    }

    @ParameterizedTest
    @CsvSource({
        "1, true, 127, 127",
        "1, true, -128, -128",
        "1, false, -1, 255",
        "2, false, -1, 65535",
        "2, true, -32768, -32768",
        "4, false, -1, 4294967295",
        "8, false, -1, 18446744073709551615",
        "8, false, -9223372036854775808, 9223372036854775808",
        "8, true, -9223372036854775808, -9223372036854775808"
    })
    void integersAreDecimal(int size, boolean signed, long value, String expected) {
        for (Order order : List.of(Order.LITTLE_ENDIAN, Order.BIG_ENDIAN)) {
            IntegerType type = IntegerType.of(size, order, signed);
            H5Array array = switch (size) {
                case 1 -> new ByteArray(type, ONE, new byte[] {(byte) value});
                case 2 -> new ShortArray(type, ONE, new short[] {(short) value});
                case 4 -> new IntArray(type, ONE, new int[] {(int) value});
                default -> new LongArray(type, ONE, new long[] {value});
            };
            assertEquals(expected, Written.element(array, 0));
        }
    }

    @Test
    void integersOf128BitsAreExact() {
        IntegerType type = IntegerType.of(16, Order.BIG_ENDIAN, true);
        BigInteger least = BigInteger.ONE.shiftLeft(127).negate();
        BigInteger most = BigInteger.ONE.shiftLeft(127).subtract(BigInteger.ONE);
        H5Array array = new BigIntegerArray(type, Shape.of(2), new BigInteger[] {least, most});
        assertEquals("-170141183460469231731687303715884105728", Written.element(array, 0));
        assertEquals("170141183460469231731687303715884105727", Written.element(array, 1));
    }

    /** Singles are widened first, as a C compiler does for printf. */
    @Test
    void floatsHaveSixDigitsWhateverTheirSize() {
        FloatType single = FloatType.ieee(4, Order.BIG_ENDIAN);
        float[] values = {1.4e-45f, Float.MAX_VALUE, 0.1f, -0.0f, 16777217f, Float.NaN};
        H5Array array = new FloatArray(single, Shape.of(values.length), values);
        List<String> texts = IntStream.range(0, values.length)
                .mapToObj(i -> Written.element(array, i))
                .toList();
        assertEquals(List.of("1.4013e-45", "3.40282e+38", "0.1", "-0", "1.67772e+07", "nan"), texts);
    }

    @Test
    void floatsFollowTheFormatAndWideOnesDoNot() {
        Style.Elements style = new Style.Elements(false, false, false, CFormat.parse("<%.1f>"));
        assertEquals("<2.5>", Written.element(new DoubleArray(F8, ONE, new double[] {2.46}), 0, style));
        H5Array wide = new WideFloatArray(WideFloatTest.EXTENDED, ONE, new byte[16], new double[] {0});
        assertEquals("0", Written.element(wide, 0, style));
        FloatType base = F8;
        H5Array complex = new ComplexArray(
                new ComplexType(base), ONE, new DoubleArray(base, Shape.of(2), new double[] {1, -0.0}));
        assertEquals("<1.0><-0.0>i", Written.element(complex, 0, style));
    }

    @Test
    void partsOfComplexNumbersMayBeOfMoreThan64Bits() {
        byte[] bytes = new byte[64];
        bytes[16 + 15] = (byte) 0x80;
        ComplexType type = new ComplexType(WideFloatTest.EXTENDED);
        // The second part of the first element is -0: its sign bit is that of an extended number, bit 79.
        bytes[16 + 15] = 0;
        bytes[16 + 9] = (byte) 0x80;
        H5Array array = new ComplexArray(
                type,
                Shape.of(2),
                new WideFloatArray(WideFloatTest.EXTENDED, Shape.of(4), bytes, new double[] {0, -0.0, 0, 0}));
        assertEquals("0-0i", Written.element(array, 0));
        assertEquals("0+0i", Written.element(array, 1));
    }

    @Test
    void oneByteIntegersAreCharactersWhenAsked() {
        Style.Elements characters = Written.elements(false, false, true);
        H5Array bytes =
                new ByteArray(IntegerType.of(1, Order.LITTLE_ENDIAN, true), Shape.of(3), new byte[] {65, 0, -1});
        assertEquals("A", Written.element(bytes, 0, characters));
        assertEquals("\\000", Written.element(bytes, 1, characters));
        assertEquals("\\37777777777", Written.element(bytes, 2, characters));
        assertEquals("65", Written.element(ints(65), 0, characters));
    }

    @Test
    void bytesAreHexadecimal() {
        byte[] bytes = {0, 1, (byte) 0xab};
        assertEquals("00:01:ab", Written.element(new OpaqueArray(new OpaqueType(3, ""), ONE, bytes), 0));
        assertEquals("0xab", Written.element(new OpaqueArray(new OpaqueType(1, ""), Shape.of(3), bytes), 2));
        BitfieldType four = new BitfieldType(4, Order.BIG_ENDIAN, 0, 32, BitPadding.ZERO, BitPadding.ZERO);
        assertEquals("04:03:02:01", Written.element(new IntArray(four, ONE, new int[] {0x01020304}), 0));
        BitfieldType nine = new BitfieldType(4, Order.BIG_ENDIAN, 3, 9, BitPadding.ZERO, BitPadding.ZERO);
        assertEquals("02:01", Written.element(new IntArray(nine, ONE, new int[] {0x0102}), 0));
        BitfieldType wide = new BitfieldType(16, Order.BIG_ENDIAN, 0, 128, BitPadding.ZERO, BitPadding.ZERO);
        assertEquals(
                "05:00:00:00:00:00:00:00:00:00:00:00:00:00:00:01",
                Written.element(
                        new BigIntegerArray(wide, ONE, new BigInteger[] {
                            BigInteger.ONE.shiftLeft(120).add(BigInteger.valueOf(5))
                        }),
                        0));
        TimeType time = new TimeType(4, Order.LITTLE_ENDIAN, 32);
        assertEquals("01:00:00:00", Written.element(new IntArray(time, ONE, new int[] {1}), 0));
    }

    @Test
    void compoundsHaveALineForEachMember() {
        CompoundType inner = new CompoundType(4, List.of(new CompoundType.Member("x", 0, I4)));
        CompoundType outer = new CompoundType(
                12, List.of(new CompoundType.Member("a", 0, I4), new CompoundType.Member("b", 4, inner)));
        H5Array array = new CompoundArray(
                outer, Shape.of(2), List.of(ints(1, 2), new CompoundArray(inner, Shape.of(2), List.of(ints(3, 4)))));
        assertEquals("{\n   2,\n   {\n      4\n   }\n}", Written.element(array, 1));
    }

    @Test
    void rowsOfAnArrayBeginLines() {
        assertEquals("[ 1, 2, 3 ]", Written.element(nested(ints(1, 2, 3), 3), 0));
        assertEquals("[ 4, 5, 6 ]", Written.element(nested(ints(1, 2, 3, 4, 5, 6), 3), 1));
        assertEquals("[ 1, 2,\n   3, 4 ]", Written.element(nested(ints(1, 2, 3, 4), 2, 2), 0));
    }

    @Test
    void sequencesHaveRoundBrackets() {
        H5Array array = new SequenceArray(
                new SequenceType(16, I4), Shape.of(3), ints(1, 2, 3), new int[] {0, 2, 2, 3}, new BitSet());
        assertEquals("(1, 2)", Written.element(array, 0));
        assertEquals("()", Written.element(array, 1));
        assertEquals("(3)", Written.element(array, 2));
    }

    @Test
    void membersOfEnumerationsAreNamesAndOthersBytes() {
        EnumType type = new EnumType(I4, List.of(new EnumType.Member("A", 1), new EnumType.Member("ALSO", 1)));
        H5Array array = new IntArray(type, Shape.of(2), new int[] {1, 258});
        assertEquals("A", Written.element(array, 0));
        assertEquals("02:01:00:00", Written.element(array, 1));
    }
}
