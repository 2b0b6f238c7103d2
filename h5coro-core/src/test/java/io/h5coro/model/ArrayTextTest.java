// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.ElementType.Order;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An array as text: short name of the type, shape, first values, and never more than a line. */
final class ArrayTextTest {
    private static final int MOST = 1200;

    private static final FloatType F4 = FloatType.ieee(4, Order.LITTLE_ENDIAN);

    @Test
    void showsTypeShapeAndTheFirstValues() {
        float[] values = new float[7000];
        values[0] = 1811.2f;
        values[1] = 1800.3f;
        String text = new FloatArray(F4, Shape.of(7000), values).toString();
        assertTrue(text.startsWith("float32 (7000,) [1811.2, 1800.3, "), text);
        assertTrue(text.endsWith(", …]"), text);
    }

    @Test
    void showsScalarsAndEmptyArrays() {
        IntegerType u8 = IntegerType.of(8, Order.LITTLE_ENDIAN, false);
        assertEquals("uint64 () 18446744073709551615", new LongArray(u8, Shape.scalar(), new long[] {-1}).toString());
        assertEquals("uint64 (0,) []", new LongArray(u8, Shape.of(0), new long[0]).toString());
        assertEquals("uint64 (3, 0) []", new LongArray(u8, Shape.of(3, 0), new long[0]).toString());
        assertEquals("uint64 (1,) [7]", new LongArray(u8, Shape.of(1), new long[] {7}).toString());
    }

    @Test
    void showsNumbersThatAreNone() {
        FloatType f8 = FloatType.ieee(8, Order.BIG_ENDIAN);
        double[] values = {Double.NaN, Double.NEGATIVE_INFINITY, -0.0};
        assertEquals("float64be (3,) [NaN, -Infinity, -0.0]", new DoubleArray(f8, Shape.of(3), values).toString());
    }

    @Test
    void cutsLongTextsAndShowsControlCharacters() {
        StringType type = new StringType(100_000, false, StringType.Padding.NULL_PADDED, StringType.CharacterSet.UTF_8);
        byte[] bytes = "é".repeat(50_000).getBytes(StandardCharsets.UTF_8);
        String text = new StringArray(type, Shape.of(1), bytes, new int[] {0, bytes.length}, new BitSet()).toString();
        assertEquals("string[100000] (1,) [\"" + "é".repeat(40) + "…\"]", text);
        byte[] control = "a\n\u001b[31m".getBytes(StandardCharsets.UTF_8);
        text = new StringArray(type, Shape.scalar(), control, new int[] {0, control.length}, new BitSet()).toString();
        assertEquals("string[100000] () \"a\\u000a\\u001b[31m\"", text);
        byte[] padded = new byte[500];
        padded[0] = 'x';
        text = new StringArray(type, Shape.scalar(), padded, new int[] {0, 500}, new BitSet()).toString();
        assertEquals("string[100000] () \"x\"", text);
    }

    @Test
    void staysALineWhateverTheMembersAre() {
        ElementType type = IntegerType.of(4, Order.LITTLE_ENDIAN, true);
        H5Array array = new IntArray((IntegerType) type, Shape.of(2), new int[] {1, 2});
        for (int depth = 0; depth < 60; depth++) {
            List<CompoundType.Member> members = new ArrayList<>();
            List<H5Array> fields = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                members.add(new CompoundType.Member("n".repeat(5000) + i, 0, type));
                fields.add(array);
            }
            CompoundType outer = new CompoundType(4, members);
            array = new CompoundArray(outer, Shape.of(2), fields);
            type = outer;
        }
        assertTrue(type.shortName().length() < MOST, () -> "short name of many letters");
        assertTrue(array.toString().length() < 3 * MOST, "text of many letters");
        assertFalse(array.toString().contains("\n"));
    }

    @Test
    void staysALineWhateverTheValuesAre() {
        BigInteger[] huge = {BigInteger.ONE.shiftLeft(1_000_000)};
        IntegerType wide = IntegerType.of(1 << 20, Order.LITTLE_ENDIAN, false);
        assertTrue(new BigIntegerArray(wide, Shape.of(1), huge).toString().endsWith("[(1000001 bits)]"));
        OpaqueArray opaque = new OpaqueArray(new OpaqueType(1000, "tag"), Shape.of(1), new byte[1000]);
        assertEquals("opaque[1000] (1,) [0x" + "00".repeat(16) + "…]", opaque.toString());
        SequenceArray sequences = new SequenceArray(
                new SequenceType(16, F4),
                Shape.of(1),
                new FloatArray(F4, Shape.of(100_000), new float[100_000]),
                new int[] {0, 100_000},
                new BitSet());
        assertEquals("vlen(float32) (1,) [[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, …]]", sequences.toString());
        ComplexArray complex = new ComplexArray(
                new ComplexType(F4), Shape.of(2), new FloatArray(F4, Shape.of(4), new float[] {1, 2, 3, -4}));
        assertEquals("complex64 (2,) [1.0+2.0i, 3.0-4.0i]", complex.toString());
    }
}
