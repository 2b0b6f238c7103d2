// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.ElementType.BitPadding;
import io.h5coro.model.ElementType.Order;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every accessor of every kind of array: the exact value, or the exception that its documentation names. */
final class ArrayAccessTest {
    private static final Order LE = Order.LITTLE_ENDIAN;
    private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

    /** The same bits as an array of whole numbers of a size. */
    private static H5Array bits(ElementType type, long... values) {
        Shape shape = Shape.of(values.length);
        byte[] bytes = new byte[values.length];
        short[] shorts = new short[values.length];
        int[] ints = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
            shorts[i] = (short) values[i];
            ints[i] = (int) values[i];
        }
        return switch (type.size()) {
            case 1 -> new ByteArray(type, shape, bytes);
            case 2 -> new ShortArray(type, shape, shorts);
            case 4 -> new IntArray(type, shape, ints);
            default -> new LongArray(type, shape, values);
        };
    }

    private static long[] samples(int size) {
        int bits = 8 * size;
        long least = -1L << (bits - 1);
        return new long[] {0, 1, -1, least, ~least, least + 1, 5};
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void signedNumbersAreThemselvesInEveryForm(int size) {
        long[] samples = samples(size);
        H5Array array = bits(IntegerType.of(size, LE, true), samples);
        for (int i = 0; i < samples.length; i++) {
            assertEquals(samples[i], array.getLong(i));
            assertEquals(samples[i], array.getBits(i));
            assertEquals(samples[i], array.getDouble(i));
            assertEquals(BigInteger.valueOf(samples[i]), array.getBigInteger(i));
        }
        assertEquals(
                "elements of type int" + 8 * size + " are not strings",
                assertThrows(UnsupportedOperationException.class, () -> array.getString(0))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void unsignedNumbersAreTheirBitsWithoutASign(int size) {
        long[] samples = samples(size);
        BitPadding zero = BitPadding.ZERO;
        for (ElementType type : List.of(
                IntegerType.of(size, LE, false),
                new BitfieldType(size, LE, 0, 8 * size, zero, zero),
                new TimeType(size, LE, 8 * size),
                new EnumType(IntegerType.of(size, LE, false), List.of()))) {
            H5Array array = bits(type, samples);
            for (int i = 0; i < samples.length; i++) {
                int element = i;
                BigInteger value = BigInteger.valueOf(samples[i]).mod(BigInteger.ONE.shiftLeft(8 * size));
                assertEquals(value, array.getBigInteger(i));
                assertEquals(value.longValue(), array.getBits(i));
                assertEquals(value.doubleValue(), array.getDouble(i));
                if (value.bitLength() < 64) {
                    assertEquals(value.longValueExact(), array.getLong(i));
                } else {
                    assertEquals(
                            "element " + i + " is " + value + ", above 2^63 - 1",
                            assertThrows(ArithmeticException.class, () -> array.getLong(element))
                                    .getMessage());
                }
            }
        }
    }

    @Test
    void theKindOfNumbersIsTold() {
        for (int size : new int[] {1, 2, 4, 8}) {
            for (boolean signed : new boolean[] {true, false}) {
                H5Array array = bits(IntegerType.of(size, LE, signed), 1, 2);
                boolean unsigned = array instanceof ByteArray bytes && bytes.isUnsigned()
                        || array instanceof ShortArray shorts && shorts.isUnsigned()
                        || array instanceof IntArray ints && ints.isUnsigned()
                        || array instanceof LongArray longs && longs.isUnsigned();
                assertEquals(!signed, unsigned, array.toString());
            }
        }
    }

    @Test
    void valuesAreTheArrayItself() {
        byte[] bytes = {1};
        short[] shorts = {1};
        int[] ints = {1};
        long[] longs = {1};
        float[] floats = {1};
        double[] doubles = {1};
        BigInteger[] wide = {BigInteger.ONE};
        Shape one = Shape.of(1);
        assertSame(bytes, new ByteArray(IntegerType.of(1, LE, true), one, bytes).values());
        assertSame(shorts, new ShortArray(IntegerType.of(2, LE, true), one, shorts).values());
        assertSame(ints, new IntArray(IntegerType.of(4, LE, true), one, ints).values());
        assertSame(longs, new LongArray(IntegerType.of(8, LE, true), one, longs).values());
        assertSame(floats, new FloatArray(FloatType.ieee(4, LE), one, floats).values());
        assertSame(doubles, new DoubleArray(FloatType.ieee(8, LE), one, doubles).values());
        assertSame(wide, new BigIntegerArray(IntegerType.of(16, LE, true), one, wide).values());
        assertSame(bytes, new OpaqueArray(new OpaqueType(1, "t"), one, bytes).bytes());
        assertSame(bytes, new WideFloatArray(FloatType.ieee(8, LE), one, bytes, doubles).bytes());
    }

    @Test
    void wideNumbersAreExactOrRefused() {
        BigInteger[] values = {
            BigInteger.valueOf(Long.MIN_VALUE),
            BigInteger.valueOf(Long.MAX_VALUE),
            TWO_64.subtract(BigInteger.ONE),
            TWO_64,
            BigInteger.ONE.shiftLeft(63),
            BigInteger.valueOf(Long.MIN_VALUE).subtract(BigInteger.ONE),
        };
        H5Array array = new BigIntegerArray(IntegerType.of(16, LE, true), Shape.of(6), values);
        assertEquals(Long.MIN_VALUE, array.getLong(0));
        assertEquals(Long.MAX_VALUE, array.getLong(1));
        assertEquals(Long.MIN_VALUE, array.getBits(0));
        assertEquals(-1, array.getBits(2));
        assertEquals(Long.MIN_VALUE, array.getBits(4));
        for (int i = 2; i < 6; i++) {
            int element = i;
            assertThrows(ArithmeticException.class, () -> array.getLong(element));
            assertEquals(values[i], array.getBigInteger(i));
            assertEquals(values[i].doubleValue(), array.getDouble(i));
        }
        for (int i : new int[] {3, 5}) {
            assertEquals(
                    "element " + i + " has more than 64 bits",
                    assertThrows(ArithmeticException.class, () -> array.getBits(i))
                            .getMessage());
        }
    }

    @Test
    void membersOfEnumerationsAreFoundByTheirBits() {
        EnumType signed = new EnumType(
                IntegerType.of(8, LE, true), List.of(new EnumType.Member("low", -1), new EnumType.Member("one", 1)));
        EnumType unsigned = new EnumType(IntegerType.of(8, LE, false), List.of(new EnumType.Member("top", -1)));
        assertEquals("low", bits(signed, -1).getString(0));
        assertEquals("one", bits(signed, 1).getString(0));
        assertEquals("-2", bits(signed, -2).getString(0));
        assertEquals("top", bits(unsigned, -1).getString(0));
        assertEquals("18446744073709551614", bits(unsigned, -2).getString(0));
        EnumType wide = new EnumType(IntegerType.of(16, LE, false), List.of(new EnumType.Member("top", -1)));
        H5Array array = new BigIntegerArray(
                wide, Shape.of(3), new BigInteger[] {TWO_64.subtract(BigInteger.ONE), TWO_64, BigInteger.TEN});
        assertEquals("top", array.getString(0));
        assertEquals("18446744073709551616", array.getString(1));
        assertEquals("10", array.getString(2));
        assertTrue(new EnumType(
                        IntegerType.of(1, LE, true),
                        List.of(new EnumType.Member("FALSE", 0), new EnumType.Member("TRUE", 1)))
                .isBoolean());
        assertFalse(signed.isBoolean());
    }

    @Test
    void floatsAreDoublesAndNothingElse() {
        float[] floats = {0.1f, Float.NaN, Float.NEGATIVE_INFINITY, -0f, Float.MIN_VALUE};
        H5Array array = new FloatArray(FloatType.ieee(4, LE), Shape.of(5), floats);
        for (int i = 0; i < floats.length; i++) {
            assertEquals((double) floats[i], array.getDouble(i));
        }
        for (H5Array each : List.of(
                array,
                new DoubleArray(FloatType.ieee(8, LE), Shape.of(1), new double[1]),
                new WideFloatArray(FloatType.ieee(8, LE), Shape.of(1), new byte[8], new double[1]))) {
            String name = each.type().shortName();
            assertEquals(
                    "elements of type " + name + " are not whole numbers",
                    assertThrows(UnsupportedOperationException.class, () -> each.getLong(0))
                            .getMessage());
            assertThrows(UnsupportedOperationException.class, () -> each.getBits(0));
            assertThrows(UnsupportedOperationException.class, () -> each.getBigInteger(0));
            assertEquals(
                    "elements of type " + name + " are not compounds",
                    assertThrows(UnsupportedOperationException.class, () -> each.field("x"))
                            .getMessage());
        }
    }

    /** Ranges of any array, of any part of it, have the elements that the array has there. */
    @Test
    void partsOfPartsAreThePartsTheyAre() {
        Random random = new Random(2);
        BitSet nil = new BitSet();
        nil.set(3);
        nil.set(7);
        int[] offsets = {0, 2, 2, 5, 5, 6, 9, 9, 9, 12, 12};
        H5Array numbers = bits(IntegerType.of(4, LE, true), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        SequenceArray sequences =
                new SequenceArray(new SequenceType(16, numbers.type()), Shape.of(10), numbers, offsets, nil);
        StringType text = new StringType(16, true, StringType.Padding.NULL_TERMINATED, StringType.CharacterSet.UTF_8);
        StringArray strings = new StringArray(text, Shape.of(10), "abcdefghijkl".getBytes(), offsets, nil);
        for (int i = 0; i < 300; i++) {
            int from = random.nextInt(11);
            int to = from + random.nextInt(11 - from);
            int inner = random.nextInt(to - from + 1);
            SequenceArray part = sequences.copyOfRange(from, to).copyOfRange(inner, to - from);
            StringArray words = strings.copyOfRange(from, to).copyOfRange(inner, to - from);
            assertEquals(to - from - inner, part.length());
            for (int k = 0; k < part.length(); k++) {
                int at = from + inner + k;
                assertEquals(sequences.isNil(at), part.isNil(k));
                assertEquals(strings.isNil(at), words.isNil(k));
                assertEquals(strings.getString(at), words.getString(k));
                assertEquals(sequences.get(at).toString(), part.get(k).toString());
                assertEquals(sequences.get(at).length(), part.offset(k + 1) - part.offset(k));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2, 3, 1 << 30, 1 << 29, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void anElementThatIsNotThereIsNone(int i) {
        H5Array eight = bits(IntegerType.of(4, LE, true), 1, 2, 3, 4, 5, 6, 7, 8);
        NestedArray nested = new NestedArray(new ArrayType(eight.type(), Shape.of(4)), Shape.of(2), eight);
        assertThrows(IndexOutOfBoundsException.class, () -> nested.get(i));
        FloatType f4 = FloatType.ieee(4, LE);
        ComplexArray complex =
                new ComplexArray(new ComplexType(f4), Shape.of(2), new FloatArray(f4, Shape.of(4), new float[4]));
        assertThrows(IndexOutOfBoundsException.class, () -> complex.real(i));
        assertThrows(IndexOutOfBoundsException.class, () -> complex.imaginary(i));
        SequenceArray sequences = new SequenceArray(
                new SequenceType(16, eight.type()), Shape.of(2), eight, new int[] {0, 4, 8}, new BitSet());
        assertThrows(IndexOutOfBoundsException.class, () -> sequences.get(i));
        assertThrows(IndexOutOfBoundsException.class, () -> sequences.isNil(i));
        StringType text = new StringType(16, true, StringType.Padding.NULL_TERMINATED, StringType.CharacterSet.UTF_8);
        StringArray strings = new StringArray(text, Shape.of(2), new byte[2], new int[] {0, 1, 2}, new BitSet());
        assertThrows(IndexOutOfBoundsException.class, () -> strings.getString(i));
        assertThrows(IndexOutOfBoundsException.class, () -> strings.isNil(i));
        OpaqueArray opaque = new OpaqueArray(new OpaqueType(4, ""), Shape.of(2), new byte[8]);
        assertThrows(IndexOutOfBoundsException.class, () -> opaque.bytes(i));
    }

    @ParameterizedTest
    @CsvSource({
        "NULL_TERMINATED, 61006200, 61",
        "NULL_TERMINATED, 61626364, 61626364",
        "NULL_TERMINATED, 00616263, ''",
        "NULL_PADDED, 61006200, 610062",
        "NULL_PADDED, 61620000, 6162",
        "NULL_PADDED, 00000000, ''",
        "NULL_PADDED, 61202020, 61202020",
        "SPACE_PADDED, 61202020, 61",
        "SPACE_PADDED, 20202020, ''",
        "SPACE_PADDED, 20612020, 2061",
        "SPACE_PADDED, 61200000, 61200000",
    })
    void textOfAFixedLengthEndsWithItsPadding(StringType.Padding padding, String stored, String text) {
        byte[] bytes =
                ByteBuffer.allocate(4).putInt((int) Long.parseLong(stored, 16)).array();
        StringType type = new StringType(4, false, padding, StringType.CharacterSet.ASCII);
        StringArray array = new StringArray(type, Shape.of(1), bytes, new int[] {0, 4}, new BitSet());
        assertArrayEquals(HexFormat.of().parseHex(text), array.textBytes(0));
        assertArrayEquals(bytes, array.rawBytes(0));
    }

    @Test
    void aWideFloatKeepsItsBytesAndItsNearestDouble() {
        byte[] bytes = new byte[32];
        bytes[16] = 7;
        WideFloatArray array = new WideFloatArray(
                FloatType.ieee(2, LE), Shape.of(2), bytes, new double[] {1, new BigDecimal("0.1").doubleValue()});
        assertEquals(0.1, array.getDouble(1));
        assertEquals(1, array.copyOfRange(1, 2).length());
        assertEquals(2, array.withShape(Shape.of(1, 2)).length());
    }

    @Test
    void aCompoundHasItsFieldsInOrder() {
        H5Array numbers = bits(IntegerType.of(4, LE, true), 1, 2, 3);
        CompoundType type = new CompoundType(4, List.of(new CompoundType.Member("a", 0, numbers.type())));
        CompoundArray array = new CompoundArray(type, Shape.of(3), List.of(numbers));
        assertEquals(List.of(numbers), array.fields());
        assertThrows(UnsupportedOperationException.class, () -> array.fields().add(numbers));
        assertEquals(
                "compound has no member 'b'",
                assertThrows(IllegalArgumentException.class, () -> array.field("b"))
                        .getMessage());
        assertEquals(
                "shape (2,) does not have 3 elements",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new CompoundArray(type, Shape.of(2), List.of(numbers)))
                        .getMessage());
        CompoundArray empty = new CompoundArray(new CompoundType(4, List.of()), Shape.of(5), List.of());
        assertEquals(5, empty.length());
        assertEquals(2, empty.copyOfRange(1, 3).length());
    }
}
