// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import io.h5coro.model.ElementType;
import io.h5coro.model.FloatType;
import io.h5coro.model.WideFloatArray;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;

/** Floating-point numbers of more than 64 bits, to six digits from their own bits. */
final class WideFloat {
    /** Six digits, h5dump's for every long double. */
    private static final CFormat FORMAT = new CFormat("", "", 0, 6, 'g', "");
    /** Binary exponents past which only the order of magnitude is worked out exactly enough for six digits. */
    private static final MathContext WORKING = new MathContext(60);

    /** Digits that tell numbers with 113 bits of mantissa from one another. */
    private static final MathContext DISTINCT = new MathContext(36);

    /** Bits of a double's mantissa that are stored: of more, the number may be none. */
    private static final int DOUBLE_BITS = 52;

    private WideFloat() {}

    /**
     * Adds a number: by the nearest double where that is the number itself, else from its bits. To round to a double
     * first could turn the rounding to six digits: 100000.5 + 2^-47 is nearer to 100001, and as a double a tie.
     */
    static void add(ByteText out, WideFloatArray array, int i) {
        double nearest = array.getDouble(i);
        FloatType type = array.type();
        BigInteger bits = bits(array, i);
        boolean negative = bits.testBit(type.signLocation());
        BigInteger field = field(bits, type.exponentLocation(), type.exponentSize());
        BigInteger mantissa = field(bits, type.mantissaLocation(), type.mantissaSize());
        if (Double.isNaN(nearest)) {
            out.add(FORMAT.special(true, negative));
        } else if (isDouble(type, mantissa, Math.abs(nearest))) {
            out.add(FORMAT.format(nearest));
        } else if (Double.isInfinite(nearest) && field.bitCount() == type.exponentSize()) {
            out.add(FORMAT.special(false, negative));
        } else {
            out.add(FORMAT.format(value(type, field.longValue(), mantissa), negative));
        }
    }

    /**
     * Returns a number that is none of the doubles in decimal, with as many digits as tell all numbers of 128 bits from
     * one another; empty for one that the nearest double is, infinities and NaN.
     */
    static Optional<String> exact(WideFloatArray array, int i) {
        double nearest = array.getDouble(i);
        FloatType type = array.type();
        BigInteger bits = bits(array, i);
        BigInteger field = field(bits, type.exponentLocation(), type.exponentSize());
        BigInteger mantissa = field(bits, type.mantissaLocation(), type.mantissaSize());
        boolean special = Double.isNaN(nearest)
                || Double.isInfinite(nearest) && field.bitCount() == type.exponentSize()
                || field.signum() == 0 && mantissa.signum() == 0;
        if (special || isDouble(type, mantissa, Math.abs(nearest))) {
            return Optional.empty();
        }
        BigDecimal value = value(type, field.longValue(), mantissa).round(DISTINCT);
        return Optional.of((bits.testBit(type.signLocation()) ? value.negate() : value)
                .stripTrailingZeros()
                .toString());
    }

    /** Whether a number is a normal double: the bits of its mantissa behind those of a double are zeros. */
    private static boolean isDouble(FloatType type, BigInteger mantissa, double magnitude) {
        int lowest = mantissa.getLowestSetBit();
        return magnitude >= Double.MIN_NORMAL
                && magnitude <= Double.MAX_VALUE
                && (lowest < 0 || type.mantissaSize() - lowest <= DOUBLE_BITS);
    }

    /**
     * Returns the magnitude {@code significand * 2^exponent}, to the digits of {@link #WORKING}. The leading one of
     * a normalized significand is implied, or stored as in x87's extended numbers, whose mantissa is one bit longer
     * for it.
     *
     * @param field the exponent's bits, with the bias; 0 for subnormal numbers, which have the exponent of 1
     */
    private static BigDecimal value(FloatType type, long field, BigInteger mantissa) {
        boolean implied = type.normalization() == FloatType.Normalization.IMPLIED;
        BigInteger significand = implied && field > 0 ? mantissa.setBit(type.mantissaSize()) : mantissa;
        long exponent = Math.max(field, 1) - type.exponentBias() - type.mantissaSize() + (implied ? 0 : 1);
        BigDecimal power = new BigDecimal(2).pow((int) Math.min(Math.abs(exponent), 1 << 20), WORKING);
        return exponent < 0
                ? new BigDecimal(significand).divide(power, WORKING)
                : new BigDecimal(significand).multiply(power, WORKING);
    }

    /** Returns {@code size} bits from {@code location} on, where bit 0 is the lowest. */
    private static BigInteger field(BigInteger bits, int location, int size) {
        return bits.shiftRight(location).mod(BigInteger.ONE.shiftLeft(size));
    }

    /** Returns element i as one number, whatever its byte order. */
    private static BigInteger bits(WideFloatArray array, int i) {
        int size = array.type().size();
        byte[] big = new byte[size];
        for (int k = 0; k < size; k++) {
            big[size - 1 - k] = array.bytes()[i * size + source(array.type().order(), k, size)];
        }
        return new BigInteger(1, big);
    }

    /**
     * Returns where the k-th lowest byte stands. Of eight bytes in VAX order these are 6, 7, 4, 5, 2, 3, 0, 1:
     * pairs from the highest down, each with its low byte first.
     */
    private static int source(ElementType.Order order, int k, int size) {
        return switch (order) {
            case LITTLE_ENDIAN -> k;
            case BIG_ENDIAN -> size - 1 - k;
            case VAX -> size - 2 - (k & ~1) + (k & 1);
        };
    }
}
