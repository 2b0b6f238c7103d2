// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.model.ArrayType;
import io.h5coro.model.BigIntegerArray;
import io.h5coro.model.BitfieldType;
import io.h5coro.model.ByteArray;
import io.h5coro.model.ComplexArray;
import io.h5coro.model.ComplexType;
import io.h5coro.model.CompoundArray;
import io.h5coro.model.CompoundType;
import io.h5coro.model.DataSelection;
import io.h5coro.model.ElementType;
import io.h5coro.model.ElementType.BitPadding;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntArray;
import io.h5coro.model.IntegerType;
import io.h5coro.model.LongArray;
import io.h5coro.model.NestedArray;
import io.h5coro.model.Reference;
import io.h5coro.model.ReferenceArray;
import io.h5coro.model.ReferenceType;
import io.h5coro.model.SequenceArray;
import io.h5coro.model.SequenceType;
import io.h5coro.model.Shape;
import io.h5coro.model.ShortArray;
import io.h5coro.model.StringArray;
import io.h5coro.model.StringType;
import io.h5coro.model.TimeType;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ElementDecoderTest {
    private static final Order LE = Order.LITTLE_ENDIAN;
    private static final Order BE = Order.BIG_ENDIAN;

    private final Map<List<Long>, byte[]> objects = new HashMap<>();
    private final List<Set<Long>> waves = new ArrayList<>();
    private final Set<Long> announced = new HashSet<>();

    private final HeapObjects heap = new HeapObjects() {
        @Override
        public Cursor.Origin origin() {
            return new Cursor.Origin("test", 8, 8);
        }

        @Override
        public void prefetch(Set<Long> collections) {
            announced.addAll(collections);
        }

        @Override
        public void objects(long[] collections, long[] indexes, Receiver receiver) {
            Set<Long> wave = new HashSet<>();
            for (int i = collections.length - 1; i >= 0; i--) {
                wave.add(collections[i]);
                byte[] object = objects.get(List.of(collections[i], indexes[i]));
                if (object == null) {
                    throw new MalformedFileException(Where.source("test"), "no object " + indexes[i]);
                }
                receiver.take(i, Cursor.of(object, origin(), collections[i]));
            }
            waves.add(wave);
        }
    };

    private H5Array decode(ElementType type, String hex) {
        byte[] raw = HexFormat.of().parseHex(hex.replace(" ", ""));
        return new ElementDecoder(Where.object("test", "/a"), heap, 1 << 20)
                .decode(type, Shape.of(raw.length / type.size()), raw);
    }

    private static IntegerType integer(int size, Order order, boolean signed, int offset, int precision) {
        return new IntegerType(size, order, signed, offset, precision, BitPadding.ZERO, BitPadding.ONE);
    }

    @Test
    void extractsOffsetAndPrecisionAndExtendsSigns() {
        // 12 bits from bit 2 on: 0x3ffc is -1 signed and 4095 unsigned; padding bits are ignored.
        assertEquals(-1, decode(integer(2, LE, true, 2, 12), "fcff").getLong(0));
        assertEquals(4095, decode(integer(2, BE, false, 2, 12), "3ffc").getLong(0));
        assertInstanceOf(ShortArray.class, decode(integer(2, LE, true, 2, 12), "fcff"));
        assertEquals(-8, decode(integer(1, LE, true, 0, 4), "f8").getLong(0));
    }

    @Test
    void readsOddSizes() {
        H5Array three = decode(integer(3, LE, true, 0, 24), "feffff ffff7f");
        assertInstanceOf(IntArray.class, three);
        assertEquals(-2, three.getLong(0));
        assertEquals(0x7fffff, three.getLong(1));
        assertEquals(0x800000, decode(integer(3, BE, false, 0, 24), "800000").getLong(0));
        assertInstanceOf(LongArray.class, decode(integer(5, BE, true, 0, 40), "ffffffffff"));
        assertEquals(-1, decode(integer(7, BE, true, 0, 56), "ffffffffffffff").getLong(0));
    }

    @Test
    void readsVaxOrderAsWordsWithTheMostSignificantFirst() {
        assertEquals(
                0x01020304,
                decode(integer(4, Order.VAX, true, 0, 32), "02010403").getLong(0));
    }

    @Test
    void readsWideIntegersExactly() {
        H5Array array = decode(integer(16, LE, true, 0, 128), "feffffffffffffffffffffffffffffff");
        assertInstanceOf(BigIntegerArray.class, array);
        assertEquals(BigInteger.valueOf(-2), array.getBigInteger(0));
        assertEquals(
                BigInteger.ONE.shiftLeft(127),
                decode(integer(16, BE, false, 0, 128), "80000000000000000000000000000000")
                        .getBigInteger(0));
    }

    @Test
    void refusesIntegersWhoseBitsAreNotInTheElement() {
        assertThrows(MalformedFileException.class, () -> decode(integer(2, LE, true, 8, 12), "0000"));
        assertThrows(MalformedFileException.class, () -> decode(integer(2, LE, true, 0, 0), "0000"));
    }

    @Test
    void readsEnumsBitfieldsAndTimesAsNumbers() {
        EnumType type = new EnumType(
                IntegerType.of(2, BE, true), List.of(new EnumType.Member("A", -1), new EnumType.Member("B", 300)));
        H5Array array = decode(type, "ffff012c0001");
        assertEquals("A", array.getString(0));
        assertEquals("B", array.getString(1));
        assertEquals("1", array.getString(2));
        BitfieldType bits = new BitfieldType(1, LE, 4, 4, BitPadding.ZERO, BitPadding.ZERO);
        assertEquals(15, decode(bits, "f3").getLong(0));
        assertInstanceOf(ByteArray.class, decode(bits, "f3"));
        assertEquals(0xffffffffL, decode(new TimeType(4, LE, 32), "ffffffff").getLong(0));
    }

    @Test
    void readsFixedStringsWithTheirPadding() {
        StringType padded = new StringType(4, false, StringType.Padding.SPACE_PADDED, StringType.CharacterSet.ASCII);
        H5Array array = decode(padded, "61622020 61626364");
        assertEquals("ab", array.getString(0));
        assertEquals("abcd", array.getString(1));
        assertArrayEquals(new byte[] {97, 98, 32, 32}, ((StringArray) array).rawBytes(0));
    }

    private static String reference(int count, long collection, int index) {
        return hex(count, 4) + hex(collection, 8) + hex(index, 4);
    }

    private static String hex(long value, int size) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < size; i++) {
            text.append(String.format("%02x", value >>> (8 * i) & 0xff));
        }
        return text.toString();
    }

    private static final StringType VARIABLE =
            new StringType(16, true, StringType.Padding.NULL_TERMINATED, StringType.CharacterSet.UTF_8);

    @Test
    void gathersStringsOfOneArrayInOneWave() {
        objects.put(List.of(4096L, 1L), "abc\0\0\0\0\0".getBytes(StandardCharsets.UTF_8));
        objects.put(List.of(8192L, 7L), "grün".getBytes(StandardCharsets.UTF_8));
        StringArray array = assertInstanceOf(
                StringArray.class,
                decode(
                        VARIABLE,
                        reference(4, 4096, 1)
                                + reference(5, 8192, 7)
                                + reference(0, 0, 0)
                                + reference(0, 4096, 9)
                                + reference(3, -1, 0)
                                + reference(2, 4096, 1)));
        assertEquals("abc", array.getString(0));
        assertEquals("grün", array.getString(1));
        assertTrue(array.isNil(2));
        assertEquals("", array.getString(2));
        assertFalse(array.isNil(3));
        assertEquals("", array.getString(3));
        assertTrue(array.isNil(4));
        assertEquals("ab", array.getString(5));
        assertEquals(List.of(Set.of(4096L, 8192L)), waves);
    }

    @Test
    void refusesCountsThatTheObjectDoesNotHave() {
        objects.put(List.of(4096L, 1L), new byte[8]);
        assertThrows(MalformedFileException.class, () -> decode(VARIABLE, reference(9, 4096, 1)));
    }

    @Test
    void refusesValuesAboveTheBudgetBeforeTheyAreAllocated() {
        objects.put(List.of(4096L, 1L), new byte[1]);
        assertThrows(LimitExceededException.class, () -> decode(VARIABLE, reference(1 << 30, 4096, 1)));
        assertThrows(
                LimitExceededException.class, () -> decode(VARIABLE, reference(-1, 4096, 1) + reference(-1, 4096, 1)));
    }

    @Test
    void readsSequencesOfSequences() {
        SequenceType inner = new SequenceType(16, IntegerType.of(2, BE, true));
        SequenceType outer = new SequenceType(16, inner);
        objects.put(
                List.of(4096L, 1L),
                HexFormat.of().parseHex(reference(2, 8192, 1) + reference(0, 0, 0) + reference(1, 8192, 2)));
        objects.put(List.of(8192L, 1L), HexFormat.of().parseHex("00010002"));
        objects.put(List.of(8192L, 2L), HexFormat.of().parseHex("0003ffffffffffff"));
        SequenceArray array =
                assertInstanceOf(SequenceArray.class, decode(outer, reference(0, 0, 0) + reference(3, 4096, 1)));
        assertTrue(array.isNil(0));
        SequenceArray second = (SequenceArray) array.get(1);
        assertEquals(3, second.length());
        assertEquals(2, second.get(0).getLong(1));
        assertTrue(second.isNil(1));
        assertEquals(3, second.get(2).getLong(0));
        assertEquals(List.of(Set.of(4096L), Set.of(8192L)), waves);
    }

    @Test
    void readsCompoundsMemberByMember() {
        CompoundType inner = new CompoundType(3, List.of(new CompoundType.Member("c", 1, IntegerType.of(2, BE, true))));
        CompoundType type = new CompoundType(
                32,
                List.of(
                        new CompoundType.Member("s", 16, VARIABLE),
                        new CompoundType.Member("f", 0, FloatType.ieee(4, LE)),
                        new CompoundType.Member("n", 5, inner),
                        new CompoundType.Member("a", 8, new ArrayType(IntegerType.of(1, LE, false), Shape.of(2, 2)))));
        objects.put(List.of(4096L, 1L), "x".getBytes(StandardCharsets.UTF_8));
        String record = "0000c03f ff 00fffe 01020304 00000000 ";
        CompoundArray array = assertInstanceOf(
                CompoundArray.class, decode(type, record + reference(1, 4096, 1) + record + reference(0, 0, 0)));
        assertEquals(1.5, array.field("f").getDouble(1));
        assertEquals(-2, array.field("n").field("c").getLong(0));
        assertEquals("x", array.field("s").getString(0));
        NestedArray nested = (NestedArray) array.field("a");
        assertEquals(Shape.of(2, 2, 2), nested.flat().shape());
        assertEquals(4, nested.get(1).getLong(3));
        assertEquals(Set.of(4096L), announced);
    }

    @Test
    void refusesMembersOutsideTheirCompound() {
        CompoundType type = new CompoundType(2, List.of(new CompoundType.Member("c", 1, IntegerType.of(2, BE, true))));
        assertThrows(MalformedFileException.class, () -> decode(type, "0000"));
    }

    @Test
    void readsComplexNumbers() {
        ComplexArray array = assertInstanceOf(
                ComplexArray.class,
                decode(new ComplexType(FloatType.ieee(4, BE)), "3fc00000 c0000000 00000000 3f800000"));
        assertEquals(1.5, array.real(0));
        assertEquals(-2, array.imaginary(0));
        assertEquals(1, array.imaginary(1));
        assertEquals(2, array.length());
    }

    @Test
    void readsReferencesToObjects() {
        ReferenceArray array = assertInstanceOf(
                ReferenceArray.class,
                decode(new ReferenceType(8, ReferenceType.Kind.OBJECT), hex(0x320, 8) + hex(0, 8) + hex(-1, 8)));
        assertEquals(Reference.object(0x320), array.get(0));
        assertTrue(array.get(1).isNil());
        assertTrue(array.get(2).isNil());
    }

    @Test
    void readsReferencesToRegions() {
        ReferenceType type = new ReferenceType(12, ReferenceType.Kind.REGION);
        String blocks = hex(0x320, 8)
                + hex(2, 4)
                + hex(1, 4)
                + hex(0, 8)
                + hex(2, 4)
                + hex(1, 4)
                + hex(1, 4)
                + hex(2, 4)
                + hex(3, 4)
                + hex(5, 4);
        objects.put(List.of(4096L, 3L), HexFormat.of().parseHex(blocks));
        String regular = hex(0x320, 8) + hex(2, 4) + hex(3, 4) + "01" + "02" + hex(1, 4) + hex(4, 2) + hex(10, 2)
                + hex(2, 2) + hex(3, 2);
        objects.put(List.of(4096L, 4L), HexFormat.of().parseHex(regular));
        String points = hex(0x320, 8) + hex(1, 4) + hex(2, 4) + "08" + hex(1, 4) + hex(2, 8) + hex(7, 8) + hex(9, 8);
        objects.put(List.of(4096L, 5L), HexFormat.of().parseHex(points));
        ReferenceArray array = (ReferenceArray) decode(
                type, hex(4096, 8) + hex(3, 4) + hex(4096, 8) + hex(4, 4) + hex(4096, 8) + hex(5, 4) + hex(0, 12));
        assertEquals(
                new DataSelection.Blocks(2, List.of(List.of(1L, 2L), List.of(3L, 5L))),
                array.get(0).region());
        assertEquals(
                new DataSelection.Blocks(1, List.of(List.of(4L), List.of(6L), List.of(14L), List.of(16L))),
                array.get(1).region());
        assertEquals(
                new DataSelection.Points(1, List.of(List.of(7L), List.of(9L))),
                array.get(2).region());
        assertTrue(array.get(3).isNil());
    }

    @Test
    void keepsRegionsThatClaimMoreThanTheyHoldAsUnreadable() {
        ReferenceType type = new ReferenceType(12, ReferenceType.Kind.REGION);
        String head = hex(0x320, 8) + hex(2, 4) + hex(1, 4) + hex(0, 8);
        objects.put(List.of(4096L, 1L), HexFormat.of().parseHex(head + hex(2, 4) + hex(-1, 4)));
        objects.put(List.of(4096L, 2L), HexFormat.of().parseHex(head + hex(33, 4) + hex(1, 4)));
        for (int i = 1; i <= 2; i++) {
            ReferenceArray array = (ReferenceArray) decode(type, hex(4096, 8) + hex(i, 4));
            assertThrows(MalformedFileException.class, () -> array.get(0).address());
        }
    }

    @Test
    void tellsRegionsWithoutABound() {
        ReferenceType type = new ReferenceType(12, ReferenceType.Kind.REGION);
        String unlimited = hex(0x320, 8) + hex(2, 4) + hex(3, 4) + "01" + "02" + hex(1, 4) + hex(4, 2) + hex(10, 2)
                + hex(0xffff, 2) + hex(3, 2);
        objects.put(List.of(4096L, 3L), HexFormat.of().parseHex(unlimited));
        ReferenceArray array = (ReferenceArray) decode(type, hex(4096, 8) + hex(3, 4));
        assertEquals(
                new DataSelection.Regular(List.of(4L), List.of(10L), List.of(DataSelection.UNLIMITED), List.of(3L)),
                array.get(0).region());
    }

    @Test
    void readsReferencesOfRelease112() {
        ReferenceType type = new ReferenceType(18, ReferenceType.Kind.REVISED_OBJECT);
        String attribute = "08" + hex(0x420, 8) + hex(4, 2) + "756e6974";
        objects.put(List.of(4096L, 1L), HexFormat.of().parseHex(attribute));
        String region = "08" + hex(0x420, 8) + hex(20, 4) + hex(3, 4) + hex(3, 4) + hex(1, 4) + hex(0, 8);
        objects.put(List.of(4096L, 2L), HexFormat.of().parseHex(region));
        ReferenceArray array = (ReferenceArray) decode(
                type,
                "0200" + "08" + hex(0x320, 8) + hex(0, 7)
                        + "0400" + hex(attribute.length() / 2, 4) + hex(4096, 8) + hex(1, 4)
                        + "0300" + hex(region.length() / 2, 4) + hex(4096, 8) + hex(2, 4)
                        + hex(0, 18));
        assertEquals(Reference.object(0x320), array.get(0));
        assertEquals(new Reference(0x420, null, "unit", null), array.get(1));
        assertEquals(new Reference(0x420, new DataSelection.All(), null, null), array.get(2));
        assertTrue(array.get(3).isNil());
        assertEquals(List.of(Set.of(4096L)), waves);
    }
}
