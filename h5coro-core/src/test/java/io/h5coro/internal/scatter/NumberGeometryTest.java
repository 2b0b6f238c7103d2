// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.internal.grid.StridedCopy;
import io.h5coro.model.BigIntegerArray;
import io.h5coro.model.BitfieldType;
import io.h5coro.model.ByteArray;
import io.h5coro.model.CompoundArray;
import io.h5coro.model.CompoundType;
import io.h5coro.model.ElementType;
import io.h5coro.model.ElementType.BitPadding;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatType;
import io.h5coro.model.FloatType.Normalization;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntArray;
import io.h5coro.model.IntegerType;
import io.h5coro.model.LongArray;
import io.h5coro.model.OpaqueArray;
import io.h5coro.model.Shape;
import io.h5coro.model.ShortArray;
import io.h5coro.model.TimeType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole and floating-point numbers of any geometry against an oracle that takes them apart bit by bit, as the
 * specification (IV.A.2.d) describes them.
 */
final class NumberGeometryTest {
    private static final int COUNT = 3;
    private static final BitPadding ZERO = BitPadding.ZERO;

    private static H5Array decode(ElementType type, byte[] raw) {
        return new ElementDecoder(Where.object("test", "/a"), new NoHeap(), 1 << 20)
                .decode(type, Shape.of(raw.length / type.size()), raw);
    }

    /** The same values as reads make them: copied into the result as they come, where its array takes them. */
    private static H5Array read(ElementType type, byte[] raw) {
        int count = raw.length / type.size();
        ResultBuffer buffer = ResultBuffer.of(type, count);
        buffer.put(raw, 0, StridedCopy.contiguous(count));
        return buffer.array(
                type, Shape.of(count), new ElementDecoder(Where.object("test", "/a"), new NoHeap(), 1 << 20));
    }

    private static byte[] noise(Random random, int size) {
        byte[] raw = new byte[COUNT * size];
        random.nextBytes(raw);
        return raw;
    }

    /** A bit of an element, counted from the least significant one. */
    private static boolean bit(byte[] raw, int at, int size, Order order, int bit) {
        int fromLow = bit / 8;
        int place = switch (order) {
            case LITTLE_ENDIAN -> fromLow;
            case BIG_ENDIAN -> size - 1 - fromLow;
            // Words of two bytes, each little-endian, the most significant word first.
            case VAX -> size - 2 - fromLow / 2 * 2 + fromLow % 2;
        };
        return (raw[at + place] >> bit % 8 & 1) != 0;
    }

    private static BigInteger field(byte[] raw, int at, int size, Order order, int low, int bits) {
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < bits; i++) {
            value = bit(raw, at, size, order, low + i) ? value.setBit(i) : value;
        }
        return value;
    }

    private static Order order(Random random, int size) {
        Order order = Order.values()[random.nextInt(3)];
        return order == Order.VAX && size % 2 != 0 ? Order.LITTLE_ENDIAN : order;
    }

    private static Class<? extends H5Array> kindOf(int size) {
        return switch (size) {
            case 1 -> ByteArray.class;
            case 2 -> ShortArray.class;
            case 3, 4 -> IntArray.class;
            case 5, 6, 7, 8 -> LongArray.class;
            default -> BigIntegerArray.class;
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16, 20})
    void everyWholeNumberIsItsBits(int size) {
        Random random = new Random(size);
        for (int i = 0; i < 300; i++) {
            int offset = random.nextBoolean() ? 0 : random.nextInt(8 * size);
            int precision = random.nextBoolean() ? 8 * size - offset : 1 + random.nextInt(8 * size - offset);
            boolean signed = random.nextBoolean();
            Order order = order(random, size);
            IntegerType type = new IntegerType(size, order, signed, offset, precision, ZERO, BitPadding.ONE);
            byte[] raw = noise(random, size);
            H5Array array = random.nextBoolean() ? read(type, raw.clone()) : decode(type, raw.clone());
            assertInstanceOf(kindOf(size), array);
            for (int k = 0; k < COUNT; k++) {
                BigInteger value = field(raw, k * size, size, order, offset, precision);
                boolean negative = signed && value.testBit(precision - 1);
                value = negative ? value.subtract(BigInteger.ONE.shiftLeft(precision)) : value;
                assertEquals(value, array.getBigInteger(k), type.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 8})
    void enumsBitfieldsAndTimesAreWholeNumbersToo(int size) {
        Random random = new Random(-size);
        for (int i = 0; i < 100; i++) {
            int offset = random.nextInt(8 * size);
            int precision = 1 + random.nextInt(8 * size - offset);
            Order order = order(random, size);
            byte[] raw = noise(random, size);
            H5Array bits = read(new BitfieldType(size, order, offset, precision, ZERO, ZERO), raw.clone());
            H5Array time = read(new TimeType(size, order, precision), raw.clone());
            IntegerType base = new IntegerType(size, order, false, offset, precision, ZERO, ZERO);
            H5Array enumeration = read(new EnumType(base, List.of()), raw.clone());
            for (int k = 0; k < COUNT; k++) {
                BigInteger value = field(raw, k * size, size, order, offset, precision);
                assertEquals(value, bits.getBigInteger(k));
                assertEquals(value, enumeration.getBigInteger(k));
                assertEquals(field(raw, k * size, size, order, 0, precision), time.getBigInteger(k));
            }
        }
    }

    @Test
    void aMemberOfRecordsIsReadWhereItStands() {
        Random random = new Random(9);
        for (int i = 0; i < 200; i++) {
            int size = 1 + random.nextInt(8);
            int before = random.nextInt(4);
            int record = before + size + random.nextInt(4);
            IntegerType member = IntegerType.of(size, order(random, size), true);
            CompoundType type = new CompoundType(record, List.of(new CompoundType.Member("m", before, member)));
            byte[] raw = noise(random, record);
            H5Array array = ((CompoundArray) decode(type, raw)).field("m");
            for (int k = 0; k < COUNT; k++) {
                BigInteger value = field(raw, k * record + before, size, member.order(), 0, 8 * size);
                value = value.testBit(8 * size - 1) ? value.subtract(BigInteger.ONE.shiftLeft(8 * size)) : value;
                assertEquals(value, array.getBigInteger(k), type.toString());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 0, 17", "2, 1, 16", "2, -1, 4", "2, 16, 1", "4, 0, 0", "4, 0, -3", "9, 70, 3", "9, 0, 73"})
    void aNumberWhoseBitsAreNotInItsElementIsMalformed(int size, int offset, int precision) {
        IntegerType type = new IntegerType(size, Order.LITTLE_ENDIAN, true, offset, precision, ZERO, ZERO);
        assertThrows(MalformedFileException.class, () -> read(type, new byte[size]));
        MalformedFileException failure = assertThrows(MalformedFileException.class, () -> decode(type, new byte[size]));
        assertEquals(
                "test: /a: a whole number of " + precision + " bits from bit " + offset + " in " + size + " bytes",
                failure.getMessage());
    }

    @Test
    void aBitfieldOfMoreThanEightBytesKeepsItsBytes() {
        BitfieldType type = new BitfieldType(9, Order.BIG_ENDIAN, 0, 72, ZERO, ZERO);
        byte[] raw = noise(new Random(1), 9);
        OpaqueArray array = assertInstanceOf(OpaqueArray.class, decode(type, raw.clone()));
        for (int k = 0; k < COUNT; k++) {
            for (int i = 0; i < 9; i++) {
                assertEquals(raw[9 * k + i], array.bytes(k)[i]);
            }
        }
    }

    /** What a floating-point number is by its fields; the JDK rounds the exact decimal. */
    private static double value(FloatType t, byte[] raw, int at) {
        BigInteger e = field(raw, at, t.size(), t.order(), t.exponentLocation(), t.exponentSize());
        BigInteger m = field(raw, at, t.size(), t.order(), t.mantissaLocation(), t.mantissaSize());
        boolean negative = bit(raw, at, t.size(), t.order(), t.signLocation());
        boolean implied = t.normalization() == Normalization.IMPLIED;
        double value;
        if (t.exponentSize() > 0 && e.bitCount() == t.exponentSize()) {
            BigInteger rest = implied ? m : m.clearBit(t.mantissaSize() - 1);
            value = rest.signum() == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else {
            boolean smallest = e.signum() == 0;
            BigInteger digits = implied && !smallest ? m.setBit(t.mantissaSize()) : m;
            boolean lifted = smallest && t.normalization() != Normalization.NONE;
            long power = (lifted ? 1 : e.longValue()) - t.exponentBias() - t.mantissaSize() + (implied ? 0 : 1);
            BigDecimal two = new BigDecimal(BigInteger.ONE.shiftLeft((int) Math.abs(power)));
            BigDecimal exact = new BigDecimal(digits);
            value = power < 0
                    ? exact.divide(two, 3000, RoundingMode.UNNECESSARY).doubleValue()
                    : exact.multiply(two).doubleValue();
        }
        return negative ? -value : value;
    }

    private static FloatType random(Random random, int size) {
        int bits = 8 * size;
        int exponent = 1 + random.nextInt(Math.min(11, bits - 2));
        int mantissa = 1 + random.nextInt(bits - 1 - exponent);
        int spare = bits - 1 - exponent - mantissa;
        int low = random.nextInt(spare + 1);
        boolean exponentFirst = random.nextBoolean();
        long bias = random.nextInt(4) == 0 ? random.nextInt(1200) : (1L << (exponent - 1)) - 1;
        return new FloatType(
                size,
                order(random, size),
                0,
                bits,
                ZERO,
                ZERO,
                ZERO,
                Normalization.values()[random.nextInt(3)],
                bits - 1,
                exponentFirst ? low : low + mantissa,
                exponent,
                exponentFirst ? low + exponent : low,
                mantissa,
                bias);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 8, 10, 16})
    void everyFloatingPointNumberIsItsFields(int size) {
        Random random = new Random(size);
        for (int i = 0; i < 250; i++) {
            FloatType type = random(random, size);
            byte[] raw = noise(random, size);
            H5Array array = decode(type, raw.clone());
            for (int k = 0; k < COUNT; k++) {
                assertEquals(value(type, raw, k * size), array.getDouble(k), type + " element " + k);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // sign, exponent at, exponent bits, mantissa at, mantissa bits
        "16, 10, 5, 0, 10",
        "-1, 10, 5, 0, 10",
        "15, 12, 5, 0, 10",
        "15, -1, 5, 0, 10",
        "15, 10, 5, 7, 10",
        "15, 10, -1, 0, 10",
        "15, 10, 5, 0, -1",
        "15, 10, 5, -1, 10",
    })
    void aGeometryThatDoesNotFitItsElementIsNotSupported(
            int sign, int exponentAt, int exponent, int mantissaAt, int mantissa) {
        FloatType type = new FloatType(
                2,
                Order.LITTLE_ENDIAN,
                0,
                16,
                ZERO,
                ZERO,
                ZERO,
                Normalization.IMPLIED,
                sign,
                exponentAt,
                exponent,
                mantissaAt,
                mantissa,
                15);
        UnsupportedFeatureException failure =
                assertThrows(UnsupportedFeatureException.class, () -> decode(type, new byte[2]));
        assertEquals("floating-point geometry " + type, failure.feature());
    }

    @ParameterizedTest
    @CsvSource({"30, true", "31, false"})
    void exponentsOfUpToThirtyBitsAreCountedWith(int exponent, boolean taken) {
        FloatType type = new FloatType(
                8,
                Order.LITTLE_ENDIAN,
                0,
                64,
                ZERO,
                ZERO,
                ZERO,
                Normalization.IMPLIED,
                63,
                63 - exponent,
                exponent,
                0,
                63 - exponent,
                (1L << (exponent - 1)) - 1);
        byte[] one = new byte[8];
        for (int bit = 63 - exponent; bit < 62; bit++) {
            one[bit / 8] |= (byte) (1 << bit % 8);
        }
        if (taken) {
            assertEquals(1.0, decode(type, one).getDouble(0));
        } else {
            assertThrows(UnsupportedFeatureException.class, () -> decode(type, one));
        }
    }

    @Test
    void aMantissaWithoutBitsNeedsTheImpliedOne() {
        for (Normalization normalization : Normalization.values()) {
            FloatType type =
                    new FloatType(1, Order.LITTLE_ENDIAN, 0, 8, ZERO, ZERO, ZERO, normalization, 7, 0, 7, 0, 0, 63);
            if (normalization == Normalization.IMPLIED) {
                assertEquals(2.0, decode(type, new byte[] {64}).getDouble(0));
                assertEquals(-1.0, decode(type, new byte[] {(byte) 0xbf}).getDouble(0));
                assertEquals(0.0, decode(type, new byte[1]).getDouble(0), "no mantissa, so nothing below the smallest");
            } else {
                assertThrows(UnsupportedFeatureException.class, () -> decode(type, new byte[1]));
            }
        }
    }
}
