// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.ElementType.BitPadding;
import io.h5coro.model.ElementType.Order;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The short name of every type. */
final class ShortNamesTest {
    private static final IntegerType U1 = IntegerType.of(1, Order.LITTLE_ENDIAN, false);

    private static FloatType geometry(int size, int exponent, int mantissa) {
        return new FloatType(
                size,
                Order.LITTLE_ENDIAN,
                0,
                1 + exponent + mantissa,
                BitPadding.ZERO,
                BitPadding.ZERO,
                BitPadding.ZERO,
                FloatType.Normalization.IMPLIED,
                exponent + mantissa,
                mantissa,
                exponent,
                0,
                mantissa,
                (1L << (exponent - 1)) - 1);
    }

    @Test
    void namesNumbers() {
        assertEquals("uint8", U1.shortName());
        assertEquals("int8", IntegerType.of(1, Order.BIG_ENDIAN, true).shortName());
        assertEquals("int16", IntegerType.of(2, Order.LITTLE_ENDIAN, true).shortName());
        assertEquals("int32be", IntegerType.of(4, Order.BIG_ENDIAN, true).shortName());
        assertEquals("uint64", IntegerType.of(8, Order.LITTLE_ENDIAN, false).shortName());
        assertEquals(
                "uint16(12 bits)",
                new IntegerType(2, Order.LITTLE_ENDIAN, false, 0, 12, BitPadding.ZERO, BitPadding.ZERO).shortName());
        assertEquals("float16", FloatType.ieee(2, Order.LITTLE_ENDIAN).shortName());
        assertEquals("float32", FloatType.ieee(4, Order.LITTLE_ENDIAN).shortName());
        assertEquals("float64be", FloatType.ieee(8, Order.BIG_ENDIAN).shortName());
        assertEquals("bfloat16", geometry(2, 8, 7).shortName());
        assertEquals("float128", geometry(16, 15, 112).shortName());
        assertEquals("float8(e4m3)", geometry(1, 4, 3).shortName());
        assertEquals("float128(e15m64)", geometry(16, 15, 64).shortName());
        assertEquals("complex64", new ComplexType(FloatType.ieee(4, Order.LITTLE_ENDIAN)).shortName());
        assertEquals("complex(float32be)", new ComplexType(FloatType.ieee(4, Order.BIG_ENDIAN)).shortName());
        assertEquals(
                "bitfield16be",
                new BitfieldType(2, Order.BIG_ENDIAN, 0, 16, BitPadding.ZERO, BitPadding.ZERO).shortName());
        assertEquals("time32", new TimeType(4, Order.LITTLE_ENDIAN, 32).shortName());
    }

    @Test
    void namesWhatIsNoNumber() {
        EnumType.Member no = new EnumType.Member("FALSE", 0);
        EnumType.Member yes = new EnumType.Member("TRUE", 1);
        assertEquals("bool", new EnumType(U1, List.of(no, yes)).shortName());
        assertEquals("enum(uint8)", new EnumType(U1, List.of(no)).shortName());
        assertEquals("string", text(16, true).shortName());
        assertEquals("string[5]", text(5, false).shortName());
        assertEquals("opaque[16]", new OpaqueType(16, "a tag").shortName());
        assertEquals("reference", new ReferenceType(8, ReferenceType.Kind.OBJECT).shortName());
        assertEquals("region reference", new ReferenceType(12, ReferenceType.Kind.REGION).shortName());
        assertEquals("attribute reference", new ReferenceType(18, ReferenceType.Kind.ATTRIBUTE).shortName());
    }

    @Test
    void namesWhatIsMadeOfOthers() {
        assertEquals("uint8[2, 3]", new ArrayType(U1, Shape.of(2, 3)).shortName());
        assertEquals("vlen(uint8)", new SequenceType(16, U1).shortName());
        CompoundType two = new CompoundType(
                2, List.of(new CompoundType.Member("a", 0, U1), new CompoundType.Member("b\n", 1, text(1, false))));
        assertEquals("compound{a: uint8, b\\u000a: string[1]}", two.shortName());
        List<CompoundType.Member> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add(new CompoundType.Member("m" + i, 0, U1));
        }
        String name = new CompoundType(1, many).shortName();
        assertTrue(name.endsWith("m7: uint8, …}"), name);
        assertFalse(name.contains("m8"), name);
    }

    private static StringType text(int size, boolean variable) {
        return new StringType(size, variable, StringType.Padding.NULL_PADDED, StringType.CharacterSet.ASCII);
    }
}
