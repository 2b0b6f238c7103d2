// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.model.ElementType.BitPadding;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.FloatType;
import io.h5coro.model.Shape;
import io.h5coro.model.WideFloatArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Numbers of more than 64 bits; expected are the limits that C's float.h states, and glibc's printf. */
final class WideFloatTest {
    /** x87's 80 bits in 16 bytes. */
    static final FloatType EXTENDED = new FloatType(
            16,
            Order.LITTLE_ENDIAN,
            0,
            80,
            BitPadding.ZERO,
            BitPadding.ZERO,
            BitPadding.ZERO,
            FloatType.Normalization.NONE,
            79,
            64,
            15,
            0,
            64,
            16383);

    private static final FloatType QUADRUPLE = new FloatType(
            16,
            Order.BIG_ENDIAN,
            0,
            128,
            BitPadding.ZERO,
            BitPadding.ZERO,
            BitPadding.ZERO,
            FloatType.Normalization.IMPLIED,
            127,
            112,
            15,
            0,
            112,
            16383);

    private static String text(FloatType type, String hexadecimal, double nearest) throws IOException {
        BigInteger bits = new BigInteger(hexadecimal.replace(" ", ""), 16);
        byte[] bytes = new byte[16];
        for (int k = 0; k < 16; k++) {
            bytes[type.order() == Order.BIG_ENDIAN ? 15 - k : k] =
                    bits.shiftRight(8 * k).byteValue();
        }
        ByteText text = new ByteText();
        WideFloat.add(text, new WideFloatArray(type, Shape.of(1), bytes, new double[] {nearest}), 0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text.writeTo(out, 0, text.length());
        return out.toString(StandardCharsets.US_ASCII);
    }

    @Test
    void whatADoubleHoldsIsWrittenAsOne() throws IOException {
        assertEquals("-1.5", text(EXTENDED, "bfff c000000000000000", -1.5));
        assertEquals("0.1", text(QUADRUPLE, "3ffb 999999999999999999999999999a", 0.1));
    }

    @Test
    void whatIsBeyondADoubleIsWrittenFromItsBits() throws IOException {
        double infinite = Double.POSITIVE_INFINITY;
        assertEquals("1.18973e+4932", text(EXTENDED, "7ffe ffffffffffffffff", infinite));
        assertEquals("-1.18973e+4932", text(QUADRUPLE, "fffe ffffffffffffffffffffffffffff", -infinite));
        assertEquals("3.3621e-4932", text(EXTENDED, "0001 8000000000000000", 0));
        assertEquals("3.3621e-4932", text(QUADRUPLE, "0001 0000000000000000000000000000", 0));
        assertEquals("3.6452e-4951", text(EXTENDED, "0000 0000000000000001", 0));
        assertEquals("6.47518e-4966", text(QUADRUPLE, "0000 0000000000000000000000000001", 0));
    }

    @Test
    void zerosInfinitiesAndNoNumbersKeepTheirSign() throws IOException {
        assertEquals("0", text(EXTENDED, "0000 0000000000000000", 0));
        assertEquals("-0", text(EXTENDED, "8000 0000000000000000", -0.0));
        assertEquals("inf", text(EXTENDED, "7fff 8000000000000000", Double.POSITIVE_INFINITY));
        assertEquals("-inf", text(QUADRUPLE, "ffff 0000000000000000000000000000", Double.NEGATIVE_INFINITY));
        assertEquals("-nan", text(EXTENDED, "ffff c000000000000000", Double.NaN));
        assertEquals("nan", text(QUADRUPLE, "7fff 8000000000000000000000000000", Double.NaN));
    }

    /** 100000.5 is a tie of two texts of six digits; what is a little more than it is nearer to the upper one. */
    @Test
    void isRoundedOnceAndNotToADoubleFirst() throws IOException {
        assertEquals("100000", text(EXTENDED, "400f c350400000000000", 100000.5));
        assertEquals("100001", text(EXTENDED, "400f c350400000000001", 100000.5));
        assertEquals("100000", text(EXTENDED, "400f c3503fffffffffff", 100000.5));
        assertEquals("100000", text(QUADRUPLE, "400f 86a080000000 0000000000000000", 100000.5));
        assertEquals("100001", text(QUADRUPLE, "400f 86a080000000 0000000000000001", 100000.5));
        assertEquals("-100001", text(QUADRUPLE, "c00f 86a080000000 0000000000000001", -100000.5));
        assertEquals("100002", text(EXTENDED, "400f c350c00000000000", 100001.5));
        assertEquals("100001", text(EXTENDED, "400f c350bfffffffffff", 100001.5));
    }

    /** 2^-1074 * 1.5 is a double's 1 or 2 units, and has its own digits. */
    @Test
    void whatADoubleHoldsWithFewerBitsIsWrittenFromItsBits() throws IOException {
        assertEquals("7.41098e-324", text(QUADRUPLE, "3bcd 8000000000000000000000000000", 2 * Double.MIN_VALUE));
        assertEquals("7.41098e-324", text(EXTENDED, "3bcd c000000000000000", 2 * Double.MIN_VALUE));
    }
}
