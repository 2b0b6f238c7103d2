// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.model.DoubleArray;
import io.h5coro.model.ElementType.BitPadding;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.FloatArray;
import io.h5coro.model.FloatType;
import io.h5coro.model.FloatType.Normalization;
import io.h5coro.model.H5Array;
import io.h5coro.model.Shape;
import io.h5coro.model.WideFloatArray;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Bytes and values were written and read by libhdf5 1.14 through h5py, unless a test names its source. */
final class FloatDecoderTest {
    /** Size, order, normalization; then sign, exponent at, exponent bits, mantissa bits, bias; all bits are used. */
    private static FloatType type(int size, Order order, Normalization normalization, int... geometry) {
        return new FloatType(
                size,
                order,
                0,
                geometry[0] + 1,
                BitPadding.ZERO,
                BitPadding.ZERO,
                BitPadding.ZERO,
                normalization,
                geometry[0],
                geometry[1],
                geometry[2],
                0,
                geometry[3],
                geometry[4]);
    }

    private static H5Array decode(FloatType type, String hex) {
        byte[] raw = HexFormat.of().parseHex(hex);
        return new ElementDecoder(Where.source("test"), new NoHeap(), 1 << 20)
                .decode(type, Shape.of(raw.length / type.size()), raw);
    }

    private static double[] doubles(H5Array array) {
        double[] values = new double[array.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.getDouble(i);
        }
        return values;
    }

    @Test
    void decodesHalf() {
        H5Array array = decode(FloatType.ieee(2, Order.LITTLE_ENDIAN), "003e66ae007c00fc0100ff7b0080017e");
        assertInstanceOf(FloatArray.class, array);
        assertArrayEquals(
                new double[] {
                    1.5,
                    -0.0999755859375,
                    Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY,
                    5.9604644775390625e-08,
                    65504,
                    -0.0,
                    Double.NaN
                },
                doubles(array));
    }

    @Test
    void decodesBrainFloat() {
        // bfloat16 is the upper half of binary32: 1.0, -2.5, its smallest subnormal, its largest number.
        FloatType type = type(2, Order.BIG_ENDIAN, Normalization.IMPLIED, 15, 7, 8, 7, 127);
        H5Array array = decode(type, "3f80c02000017f7f7f80");
        assertInstanceOf(FloatArray.class, array);
        assertArrayEquals(
                new double[] {
                    1,
                    -2.5,
                    Float.intBitsToFloat(0x0001_0000),
                    Float.intBitsToFloat(0x7f7f_0000),
                    Double.POSITIVE_INFINITY
                },
                doubles(array));
    }

    /** h5dump writes "nan, -nan, -nan" of the half floats. Those of 4 and 8 bytes are taken as they are. */
    @Test
    void whatIsNoNumberKeepsItsSign() {
        FloatType half = FloatType.ieee(2, Order.LITTLE_ENDIAN);
        FloatArray halves = assertInstanceOf(FloatArray.class, decode(half, "007e00feffff"));
        assertEquals("7fc00000", Integer.toHexString(Float.floatToRawIntBits(halves.values()[0])));
        assertEquals("ffc00000", Integer.toHexString(Float.floatToRawIntBits(halves.values()[1])));
        assertEquals("ffc00000", Integer.toHexString(Float.floatToRawIntBits(halves.values()[2])));
        FloatType x87 = type(16, Order.LITTLE_ENDIAN, Normalization.NONE, 79, 64, 15, 64, 16383);
        DoubleArray wide = assertInstanceOf(DoubleArray.class, decode(x87, "00000000000000c0ffff374e2c7f0000"));
        assertEquals("fff8000000000000", Long.toHexString(Double.doubleToRawLongBits(wide.values()[0])));
    }

    @Test
    void decodesTheSmallTypesOfOcp() {
        // Values of the OCP 8-bit floating point and microscaling specifications.
        FloatType e4m3 = type(1, Order.LITTLE_ENDIAN, Normalization.IMPLIED, 7, 3, 4, 3, 7);
        assertArrayEquals(
                new double[] {448, 0x1p-9, Double.NaN, Double.NaN, 256, -1}, doubles(decode(e4m3, "7e017fff78b8")));
        FloatType e5m2 = type(1, Order.LITTLE_ENDIAN, Normalization.IMPLIED, 7, 2, 5, 2, 15);
        assertArrayEquals(
                new double[] {57344, 0x1p-16, Double.POSITIVE_INFINITY, Double.NaN}, doubles(decode(e5m2, "7b017c7d")));
        FloatType e3m2 = type(1, Order.LITTLE_ENDIAN, Normalization.IMPLIED, 5, 2, 3, 2, 3);
        assertArrayEquals(new double[] {28, -28, 0.0625}, doubles(decode(e3m2, "1f3f01")));
        FloatType e2m3 = type(1, Order.LITTLE_ENDIAN, Normalization.IMPLIED, 5, 3, 2, 3, 1);
        assertArrayEquals(new double[] {7.5, 0.125}, doubles(decode(e2m3, "1f01")));
        FloatType e2m1 = type(1, Order.LITTLE_ENDIAN, Normalization.IMPLIED, 3, 1, 2, 1, 1);
        assertArrayEquals(new double[] {0, 0.5, 1, 1.5, 2, 3, 4, 6, -6}, doubles(decode(e2m1, "00010203040506070f")));
    }

    @Test
    void decodesTypesThatNobodyNamed() {
        FloatType type = type(3, Order.LITTLE_ENDIAN, Normalization.IMPLIED, 23, 16, 7, 16, 63);
        H5Array array = decode(type, "00803f9a99bbd3687cce0b00000000000100");
        assertInstanceOf(FloatArray.class, array);
        assertArrayEquals(new double[] {1.5, -0x1.999ap-4, 0x1.68d3p+61, 0x1.79c0p-67, 0, 0x1p-70}, doubles(array));
    }

    @Test
    void decodesExtendedNumbersWithoutLossWherePossible() {
        FloatType x87 = type(16, Order.LITTLE_ENDIAN, Normalization.NONE, 79, 64, 15, 64, 16383);
        String exact = "00000000000000c0ff3f374e2c7f0000" + "0000000000000080ff7f374e2c7f0000";
        H5Array array = decode(x87, exact);
        assertInstanceOf(DoubleArray.class, array);
        assertArrayEquals(new double[] {1.5, Double.POSITIVE_INFINITY}, doubles(array));
        H5Array third = decode(x87, "abaaaaaaaaaaaaaafd3f374e2c7f0000" + "00d0ccccccccccccfbbf374e2c7f0000");
        WideFloatArray wide = assertInstanceOf(WideFloatArray.class, third);
        assertArrayEquals(new double[] {0x1.5555555555555p-2, -0x1.999999999999ap-4}, doubles(wide));
        assertEquals(32, wide.bytes().length);
    }

    @Test
    void decodesQuadruple() {
        FloatType quad = type(16, Order.BIG_ENDIAN, Normalization.IMPLIED, 127, 112, 15, 112, 16383);
        H5Array array = decode(
                quad,
                "3fff8000000000000000000000000000bffb999999999999a000000000000000"
                        + "7fff000000000000000000000000000043e37e43c8800759c000000000000000");
        assertInstanceOf(DoubleArray.class, array);
        assertArrayEquals(new double[] {1.5, -0.1, Double.POSITIVE_INFINITY, 0x1.7e43c8800759cp+996}, doubles(array));
    }

    @Test
    void roundsToTheNearestDoubleAndSaysSo() {
        FloatType quad = type(16, Order.BIG_ENDIAN, Normalization.IMPLIED, 127, 112, 15, 112, 16383);
        // 1 + 2^-53 is a tie (to even: 1), one bit more is above it; 2^-1075 is a tie with 0; 2^1024 overflows.
        H5Array array = decode(
                quad,
                "3fff0000000000000800000000000000" + "3fff0000000000000800000000000001"
                        + "3bcc0000000000000000000000000000" + "3bcc0000000000000000000000000001"
                        + "43ff0000000000000000000000000000" + "3bcd0000000000000000000000000000");
        assertInstanceOf(WideFloatArray.class, array);
        assertArrayEquals(
                new double[] {1, Math.nextUp(1.0), 0, Double.MIN_VALUE, Double.POSITIVE_INFINITY, Double.MIN_VALUE},
                doubles(array));
    }

    @Test
    void decodesVax() {
        // VAX F: 1.0 is 80 40 00 00, -1.5 is C0 C0 00 00; words of 16 bits, the most significant first (VAX manual).
        FloatType f = type(4, Order.VAX, Normalization.IMPLIED, 31, 23, 8, 23, 129);
        H5Array array = decode(f, "80400000c0c00000");
        assertInstanceOf(DoubleArray.class, array);
        assertArrayEquals(new double[] {1, -1.5}, doubles(array));
        // VAX D of 1 + 2^-55 needs 56 digits: 80 40 00 00 00 00 01 00.
        FloatType d = type(8, Order.VAX, Normalization.IMPLIED, 63, 55, 8, 55, 129);
        assertInstanceOf(DoubleArray.class, decode(d, "8040000000000000"));
        assertArrayEquals(
                new double[] {1}, doubles(assertInstanceOf(WideFloatArray.class, decode(d, "8040000000000100"))));
    }

    @Test
    void refusesImpossibleGeometry() {
        FloatType outside = type(2, Order.LITTLE_ENDIAN, Normalization.IMPLIED, 16, 10, 5, 10, 15);
        assertThrows(UnsupportedFeatureException.class, () -> decode(outside, "0000"));
        FloatType huge = type(8, Order.LITTLE_ENDIAN, Normalization.IMPLIED, 63, 10, 40, 10, 15);
        assertThrows(UnsupportedFeatureException.class, () -> decode(huge, "0000000000000000"));
    }
}
