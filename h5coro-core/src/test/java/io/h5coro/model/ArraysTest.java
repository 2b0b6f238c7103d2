// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.ElementType.Order;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every class of arrays does alike, and what each does of its own. */
final class ArraysTest {
    private static final IntegerType I4 = IntegerType.of(4, Order.LITTLE_ENDIAN, true);
    private static final FloatType F4 = FloatType.ieee(4, Order.LITTLE_ENDIAN);

    private static IntArray ints(int... values) {
        return new IntArray(I4, Shape.of(values.length), values);
    }

    private static StringArray strings(StringType.Padding padding, byte[] bytes, int... offsets) {
        StringType type = new StringType(4, false, padding, StringType.CharacterSet.ASCII);
        return new StringArray(type, Shape.of(offsets.length - 1), bytes, offsets, new BitSet());
    }

    /** One of each class with four elements. */
    static Stream<H5Array> arrays() {
        Shape four = Shape.of(4);
        return Stream.of(
                new ByteArray(IntegerType.of(1, Order.LITTLE_ENDIAN, true), four, new byte[] {1, 2, 3, 4}),
                new ShortArray(IntegerType.of(2, Order.LITTLE_ENDIAN, true), four, new short[] {1, 2, 3, 4}),
                ints(1, 2, 3, 4),
                new LongArray(IntegerType.of(8, Order.LITTLE_ENDIAN, true), four, new long[] {1, 2, 3, 4}),
                new BigIntegerArray(
                        IntegerType.of(16, Order.LITTLE_ENDIAN, true),
                        four,
                        Stream.of(1, 2, 3, 4).map(BigInteger::valueOf).toArray(BigInteger[]::new)),
                new FloatArray(F4, four, new float[] {1, 2, 3, 4}),
                new DoubleArray(FloatType.ieee(8, Order.LITTLE_ENDIAN), four, new double[] {1, 2, 3, 4}),
                new WideFloatArray(F4, four, new byte[16], new double[] {1, 2, 3, 4}),
                strings(StringType.Padding.NULL_PADDED, "1\0002\0003\0004\000".getBytes(), 0, 2, 4, 6, 8),
                new OpaqueArray(new OpaqueType(2, ""), four, new byte[] {1, 1, 2, 2, 3, 3, 4, 4}),
                new ReferenceArray(
                        new ReferenceType(8, ReferenceType.Kind.OBJECT),
                        four,
                        Stream.of(1L, 2L, 3L, 4L).map(Reference::object).toList()),
                new CompoundArray(
                        new CompoundType(4, List.of(new CompoundType.Member("a", 0, I4))),
                        four,
                        List.of(ints(1, 2, 3, 4))),
                new SequenceArray(
                        new SequenceType(16, I4),
                        four,
                        ints(1, 2, 2, 3, 3, 3, 4),
                        new int[] {0, 1, 3, 6, 7},
                        new BitSet()),
                new NestedArray(new ArrayType(I4, Shape.of(2)), four, ints(1, 1, 2, 2, 3, 3, 4, 4)),
                new ComplexArray(new ComplexType(F4), four, new FloatArray(F4, Shape.of(8), new float[] {
                    1, -1, 2, -2, 3, -3, 4, -4
                })));
    }

    /** The number that an element of {@link #arrays()} is made of. */
    private static double number(H5Array array, int i) {
        if (array instanceof StringArray strings) {
            return Double.parseDouble(strings.getString(i));
        }
        if (array instanceof OpaqueArray opaque) {
            return opaque.bytes(i)[1];
        }
        if (array instanceof ReferenceArray references) {
            return references.get(i).address();
        }
        if (array instanceof CompoundArray compound) {
            return compound.field("a").getDouble(i);
        }
        if (array instanceof SequenceArray sequences) {
            return sequences.get(i).getDouble(0);
        }
        if (array instanceof NestedArray nested) {
            return nested.get(i).getDouble(1);
        }
        return array instanceof ComplexArray complex ? -complex.imaginary(i) : array.getDouble(i);
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void copiesARangeOfElements(H5Array array) {
        assertEquals(4, array.length());
        H5Array part = array.copyOfRange(1, 3);
        assertEquals(Shape.of(2), part.shape());
        assertEquals(2, part.length());
        assertSame(array.type(), part.type());
        assertSame(array.getClass(), part.getClass());
        for (int i = 0; i < 2; i++) {
            assertEquals(number(array, i + 1), number(part, i));
            assertEquals(i + 2, number(part, i));
        }
        assertEquals(0, array.copyOfRange(2, 2).length());
        assertEquals(4, array.copyOfRange(0, 4).length());
        assertThrows(IndexOutOfBoundsException.class, () -> array.copyOfRange(3, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> array.copyOfRange(-1, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> array.copyOfRange(3, 5), "no zeros behind the end");
        assertThrows(IndexOutOfBoundsException.class, () -> array.copyOfRange(4, 5));
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void showsTheSameElementsUnderAnotherShape(H5Array array) {
        H5Array square = array.withShape(Shape.of(2, 2));
        assertEquals(Shape.of(2, 2), square.shape());
        assertEquals(4, square.length());
        for (int i = 0; i < 4; i++) {
            assertEquals(number(array, i), number(square, i));
        }
        assertThrows(IllegalArgumentException.class, () -> array.withShape(Shape.of(3)));
        assertThrows(IllegalArgumentException.class, () -> array.withShape(Shape.scalar()));
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void refusesWhatItsElementsAreNot(H5Array array) {
        List<Function<H5Array, Object>> accessors = List.of(
                a -> a.getLong(0),
                a -> a.getDouble(0),
                a -> a.getString(0),
                a -> a.field("a"),
                a -> a.getBigInteger(0));
        int refused = 0;
        for (Function<H5Array, Object> accessor : accessors) {
            try {
                assertTrue(accessor.apply(array) != null);
            } catch (UnsupportedOperationException e) {
                assertTrue(e.getMessage().contains(array.type().shortName()), e.getMessage());
                refused++;
            }
        }
        assertTrue(refused >= 2, array.toString());
        assertTrue(array.toString().startsWith(array.type().shortName() + " (4,) ["), array.toString());
    }

    @Test
    void readsTextByItsPadding() {
        byte[] bytes = {'a', 0, 'b', 0, 'c', ' ', ' ', 0, 'd', ' ', 0, 0};
        StringArray terminated = strings(StringType.Padding.NULL_TERMINATED, bytes, 0, 4, 8, 12);
        assertEquals("a", terminated.getString(0));
        assertEquals("c  ", terminated.getString(1));
        assertEquals("d ", terminated.getString(2));
        StringArray padded = strings(StringType.Padding.NULL_PADDED, bytes, 0, 4, 8, 12);
        assertEquals("a\0b", padded.getString(0));
        assertEquals("d ", padded.getString(2));
        StringArray spaced = strings(StringType.Padding.SPACE_PADDED, bytes, 0, 4, 8, 12);
        assertEquals("c  \0", spaced.getString(1));
        assertEquals(4, spaced.rawBytes(0).length);
        assertEquals(3, padded.textBytes(0).length);
    }

    @Test
    void decodesTextThatIsNotUtf8AsLatin1() {
        byte[] bytes = {(byte) 0xc2, (byte) 0xb0, (byte) 0xb0, 'x'};
        StringArray strings = strings(StringType.Padding.NULL_PADDED, bytes, 0, 2, 4);
        assertEquals("°", strings.getString(0));
        assertEquals("°x", strings.getString(1));
    }

    @Test
    void givesNoBytesBehindTheLastOpaqueElement() {
        OpaqueArray array = new OpaqueArray(new OpaqueType(2, ""), Shape.of(2), new byte[] {1, 1, 2, 2});
        assertThrows(IndexOutOfBoundsException.class, () -> array.bytes(2));
        assertThrows(IndexOutOfBoundsException.class, () -> array.bytes(-1));
    }

    @Test
    void tellsNilFromEmpty() {
        BitSet nil = new BitSet();
        nil.set(1);
        StringType type = new StringType(16, true, StringType.Padding.NULL_TERMINATED, StringType.CharacterSet.UTF_8);
        StringArray strings = new StringArray(type, Shape.of(3), new byte[] {'a'}, new int[] {0, 0, 0, 1}, nil);
        assertFalse(strings.isNil(0));
        assertTrue(strings.isNil(1));
        assertEquals("", strings.getString(1));
        assertTrue(strings.copyOfRange(1, 3).isNil(0));
        assertEquals("string (3,) [\"\", nil, \"a\"]", strings.toString());
        SequenceArray sequences =
                new SequenceArray(new SequenceType(16, I4), Shape.of(3), ints(1), new int[] {0, 0, 0, 1}, nil);
        assertTrue(sequences.isNil(1));
        assertEquals(0, sequences.get(0).length());
        assertEquals(1, sequences.offset(3));
    }

    @Test
    void givesMembersOfACompoundByNameAndNoOther() {
        CompoundType type =
                new CompoundType(8, List.of(new CompoundType.Member("a", 0, I4), new CompoundType.Member("b", 4, I4)));
        CompoundArray compound = new CompoundArray(type, Shape.of(2), List.of(ints(1, 2), ints(3, 4)));
        assertEquals(4, compound.field("b").getLong(1));
        assertThrows(IllegalArgumentException.class, () -> compound.field("c"));
        assertEquals(1, type.indexOf("b"));
        assertEquals("compound{a: int32, b: int32} (2,) [{a: 1, b: 3}, {a: 2, b: 4}]", compound.toString());
        assertEquals(
                Shape.of(1, 2), compound.withShape(Shape.of(1, 2)).field("a").shape());
    }

    @Test
    void flattensSmallArrays() {
        NestedArray nested = new NestedArray(new ArrayType(I4, Shape.of(1, 2)), Shape.of(2), ints(1, 2, 3, 4));
        assertEquals(Shape.of(2, 1, 2), nested.flat().shape());
        assertEquals(Shape.of(1, 2), nested.get(1).shape());
        assertEquals(3, nested.get(1).getLong(0));
        assertEquals("int32[1, 2] (2,) [[1, 2], [3, 4]]", nested.toString());
    }

    @Test
    void throwsTheFailureOfAReferenceThatIsNone() {
        io.h5coro.error.MalformedFileException failure =
                new io.h5coro.error.MalformedFileException(io.h5coro.error.Where.source("x.h5"), "garbage");
        Reference reference = Reference.unreadable(failure);
        assertFalse(reference.isNil());
        assertSame(failure, assertThrows(io.h5coro.error.MalformedFileException.class, reference::address));
        assertSame(failure, assertThrows(io.h5coro.error.MalformedFileException.class, reference::region));
        assertEquals("unreadable (garbage)", reference.toString());
        assertEquals("nil", Reference.nil().toString());
        assertEquals("object 0x320", Reference.object(0x320).toString());
        assertTrue(Reference.nil().isNil());
    }
}
