// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.model.BigIntegerArray;
import io.h5coro.model.BitfieldType;
import io.h5coro.model.ByteArray;
import io.h5coro.model.ComplexArray;
import io.h5coro.model.ComplexType;
import io.h5coro.model.DoubleArray;
import io.h5coro.model.ElementType;
import io.h5coro.model.ElementType.BitPadding;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatType;
import io.h5coro.model.IntArray;
import io.h5coro.model.IntegerType;
import io.h5coro.model.LongArray;
import io.h5coro.model.OpaqueArray;
import io.h5coro.model.OpaqueType;
import io.h5coro.model.Shape;
import io.h5coro.model.ShortArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Numbers as h5dump writes them. */
final class NumbersTest {
    private static final Shape ONE = Shape.of(1);

    private static String text(Consumer<ByteText> writing) {
        ByteText text = new ByteText();
        writing.accept(text);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            text.writeTo(out, 0, text.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static IntegerType integer(int size, boolean signed) {
        return IntegerType.of(size, Order.LITTLE_ENDIAN, signed);
    }

    @Test
    void integersOfAnySign() {
        assertEquals(
                "-128",
                text(t -> Numbers.integer(t, new ByteArray(integer(1, true), ONE, new byte[] {-128}), 0, null)));
        assertEquals(
                "128",
                text(t -> Numbers.integer(t, new ByteArray(integer(1, false), ONE, new byte[] {-128}), 0, null)));
        assertEquals(
                "65535",
                text(t -> Numbers.integer(t, new ShortArray(integer(2, false), ONE, new short[] {-1}), 0, null)));
        assertEquals(
                "18446744073709551615",
                text(t -> Numbers.integer(t, new LongArray(integer(8, false), ONE, new long[] {-1}), 0, null)));
        BigInteger large = BigInteger.ONE.shiftLeft(100);
        assertEquals(
                large.toString(),
                text(t -> Numbers.integer(
                        t, new BigIntegerArray(integer(16, true), ONE, new BigInteger[] {large}), 0, null)));
    }

    @Test
    void complexNumbersHaveASignBetweenTheirParts() {
        FloatType base = FloatType.ieee(8, Order.LITTLE_ENDIAN);
        ComplexArray array = new ComplexArray(
                new ComplexType(base), Shape.of(2), new DoubleArray(base, Shape.of(4), new double[] {1, 2, -1.5, -0.25
                }));
        assertEquals("1+2i", text(t -> Numbers.complex(t, CFormat.GENERAL, array, 0)));
        assertEquals("-1.5-0.25i", text(t -> Numbers.complex(t, CFormat.GENERAL, array, 1)));
    }

    @Test
    void bytesAreHexadecimalWithTheLowestFirst() {
        ElementType opaque = new OpaqueType(3, "");
        assertEquals(
                "01:ff:0a", text(t -> Numbers.bitfield(t, new OpaqueArray(opaque, ONE, new byte[] {1, -1, 10}), 0)));
        BitfieldType bits = new BitfieldType(2, Order.BIG_ENDIAN, 0, 16, BitPadding.ZERO, BitPadding.ZERO);
        assertEquals("34:12", text(t -> Numbers.bitfield(t, new ShortArray(bits, ONE, new short[] {0x1234}), 0)));
        BitfieldType one = new BitfieldType(1, Order.LITTLE_ENDIAN, 0, 8, BitPadding.ZERO, BitPadding.ZERO);
        assertEquals("0x2a", text(t -> Numbers.bitfield(t, new ByteArray(one, ONE, new byte[] {42}), 0)));
    }

    @Test
    void membersOfEnumerationsAreFoundWhateverTheSign() {
        EnumType type = new EnumType(
                integer(1, false), List.of(new EnumType.Member("LOW", 1), new EnumType.Member("HIGH", 200)));
        ByteArray array = new ByteArray(type, Shape.of(3), new byte[] {1, (byte) 200, 7});
        assertEquals("LOW", text(t -> Numbers.enumerated(t, array, 0, false)));
        assertEquals("HIGH", text(t -> Numbers.enumerated(t, array, 1, false)));
        assertEquals("0x07", text(t -> Numbers.enumerated(t, array, 2, false)));
    }

    @Test
    void aNumberWithoutANameIsAllOnesUnlessItsTypeIsTheMachines() {
        List<EnumType.Member> members = List.of(new EnumType.Member("A", 0));
        EnumType foreign = new EnumType(IntegerType.of(4, Order.BIG_ENDIAN, true), members);
        EnumType own = new EnumType(integer(4, true), members);
        assertEquals(
                "ff:ff:ff:ff", text(t -> Numbers.enumerated(t, new IntArray(foreign, ONE, new int[] {5}), 0, false)));
        assertEquals("05:00:00:00", text(t -> Numbers.enumerated(t, new IntArray(own, ONE, new int[] {5}), 0, false)));
        assertEquals("A", text(t -> Numbers.enumerated(t, new IntArray(foreign, ONE, new int[] {0}), 0, false)));
    }

    @Test
    void namesOfMembersAreEscapedAsInC() {
        EnumType type = new EnumType(integer(4, true), List.of(new EnumType.Member("a\"b?\n\u001b\u00b5", 0)));
        IntArray array = new IntArray(type, ONE, new int[] {0});
        assertEquals("a\\\"b\\?\\n\\033\\302\\265", text(t -> Numbers.enumerated(t, array, 0, false)));
        assertEquals("a\\\"b\\?\\n\\033\u00b5", text(t -> Numbers.enumerated(t, array, 0, true)));
    }
}
