// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import io.h5coro.model.DoubleArray;
import io.h5coro.model.FloatArray;
import io.h5coro.model.FloatType;
import io.h5coro.model.FloatType.Normalization;
import io.h5coro.model.H5Array;
import io.h5coro.model.Shape;
import io.h5coro.model.WideFloatArray;
import java.math.BigInteger;
import java.util.BitSet;

/**
 * Converts floating-point numbers of any geometry. With the stored exponent e, the mantissa field m of s bits and the
 * bias b:
 *
 * <ul>
 *   <li>implied first bit: {@code (2^s + m) * 2^(e - b - s)}, and {@code m * 2^(1 - b - s)} where e is 0;
 *   <li>first bit stored: {@code m * 2^(e - b - s + 1)}; where normalization is "always set", e counts as 1 when it is
 *   0;
 *   <li>e with all bits set: infinity when m (without a stored first bit) is 0, else not a number.
 * </ul>
 *
 * <p>"No normalization" is what libhdf5 writes for x87's extended numbers and reads as a stored first bit. Small types
 * of the OCP specification have no infinities: FP8 E4M3 has only one pattern that is not a number, FP6 and FP4 none;
 * they are told by their exact geometry. VAX numbers follow the same rules as all others, as in libhdf5.
 *
 * <p>Example: half precision has 5 exponent bits, 10 of mantissa and bias 15. 0x3E00 has e = 15 and m = 512, so it is
 * (1024 + 512) * 2^(15 - 15 - 10) = 1.5. 0x0001 has e = 0, so it is 2^-24.
 *
 * @see <a href="https://github.com/HDFGroup/hdf5/blob/develop/src/H5Tconv_float.c">H5T__conv_f_f</a>
 */
final class FloatDecoder {
    private static final int MOST_EXPONENT_BITS = 30;
    private static final int DOUBLE_DIGITS = 53;
    private static final int FLOAT_DIGITS = 24;
    private static final int DOUBLE_LOWEST = -1074;
    private static final int FLOAT_LOWEST = -149;
    private static final double NEGATIVE_NAN = Double.longBitsToDouble(0xFFF8_0000_0000_0000L);
    private static final float NEGATIVE_FLOAT_NAN = Float.intBitsToFloat(0xFFC0_0000);

    private enum Special {
        IEEE,
        ONE_NAN,
        NONE
    }

    private final FloatType type;
    private final Special special;
    private final boolean implied;
    private final long topExponent;

    /** Set by {@link #nearest} when it had to round. */
    private boolean rounded;

    FloatDecoder(FloatType type) {
        this.type = type;
        this.special = specialOf(type);
        this.implied = type.normalization() == Normalization.IMPLIED;
        this.topExponent = type.exponentSize() == 0 ? Long.MAX_VALUE : (1L << type.exponentSize()) - 1;
    }

    /** Whether the fields lie in the element and this decoder can count with its exponents. */
    static boolean isPossible(FloatType t) {
        long bits = 8L * t.size();
        return t.size() > 0
                && t.exponentSize() >= 0
                && t.exponentSize() <= MOST_EXPONENT_BITS
                && inside(t.signLocation(), 1, bits)
                && inside(t.exponentLocation(), t.exponentSize(), bits)
                && inside(t.mantissaLocation(), t.mantissaSize(), bits)
                && (t.mantissaSize() > 0 || t.normalization() == Normalization.IMPLIED);
    }

    private static boolean inside(int location, int size, long bits) {
        return location >= 0 && size >= 0 && size <= bits - location;
    }

    private static Special specialOf(FloatType t) {
        if (t.size() != 1 || t.normalization() != Normalization.IMPLIED || t.mantissaLocation() != 0) {
            return Special.IEEE;
        }
        String geometry = t.precision() + ":" + t.signLocation() + ":" + t.exponentLocation() + ":" + t.exponentSize()
                + ":" + t.mantissaSize() + ":" + t.exponentBias();
        return switch (geometry) {
            case "8:7:3:4:3:7" -> Special.ONE_NAN; // FP8 E4M3
            case "6:5:2:3:2:3", "6:5:3:2:3:1", "4:3:1:2:1:1" -> Special.NONE; // FP6 E3M2, FP6 E2M3, FP4 E2M1
            default -> Special.IEEE;
        };
    }

    /**
     * Converts; into floats where every number of the type is one, else into doubles where they are, else into both.
     */
    H5Array decode(Shape shape, Column column) {
        if (fits(FLOAT_DIGITS, FLOAT_LOWEST, Float.MAX_EXPONENT)) {
            float[] values = new float[column.count()];
            for (int i = 0; i < values.length; i++) {
                values[i] = toFloat(narrow(column, i));
            }
            return new FloatArray(type, shape, values);
        }
        double[] values = new double[column.count()];
        if (fits(DOUBLE_DIGITS, DOUBLE_LOWEST, Double.MAX_EXPONENT)) {
            for (int i = 0; i < values.length; i++) {
                values[i] = narrow(column, i);
            }
            return new DoubleArray(type, shape, values);
        }
        BitSet exact = new BitSet();
        for (int i = 0; i < values.length; i++) {
            rounded = false;
            values[i] = wide(column, i);
            exact.set(i, !rounded);
        }
        return exact.cardinality() < values.length
                ? new WideFloatArray(type, shape, column.dense(type.size()), values, exact)
                : new DoubleArray(type, shape, values);
    }

    /**
     * Whether every finite number of the type is one of the target's.
     *
     * @param digits bits of the target's mantissa, the implied one included
     * @param lowest exponent of the target's smallest number
     * @param highest exponent of the target's largest power of two
     */
    private boolean fits(int digits, int lowest, int highest) {
        int s = type.mantissaSize();
        long top = special == Special.IEEE ? topExponent - 1 : topExponent;
        return type.size() <= Long.BYTES
                && type.exponentSize() > 0
                && s + (implied ? 1 : 0) <= digits
                && top - type.exponentBias() <= highest
                && -type.exponentBias() - s >= lowest - 1;
    }

    /** A number whose type fits a double. */
    private double narrow(Column column, int i) {
        long bits = Bits.of(column.bytes(), column.at(i), type.size(), type.order());
        long e = Bits.field(bits, type.exponentLocation(), type.exponentSize());
        long m = Bits.field(bits, type.mantissaLocation(), type.mantissaSize());
        boolean negative = Bits.field(bits, type.signLocation(), 1) != 0;
        if (e == topExponent && special != Special.NONE) {
            long low = implied ? m : Bits.field(m, 0, type.mantissaSize() - 1);
            if (special == Special.IEEE) {
                return infinityOrNaN(low == 0, negative);
            }
            if (m == (1L << type.mantissaSize()) - 1) {
                return infinityOrNaN(false, negative);
            }
        }
        double value = Math.scalb((double) (implied && e > 0 ? m + (1L << type.mantissaSize()) : m), (int) exponent(e));
        return negative ? -value : value;
    }

    /** The power of two of the mantissa's lowest bit. */
    private long exponent(long e) {
        if (implied) {
            return Math.max(1, e) - type.exponentBias() - type.mantissaSize();
        }
        long counted = type.normalization() == Normalization.MSB_SET ? Math.max(1, e) : e;
        return counted - type.exponentBias() - type.mantissaSize() + 1;
    }

    /** What is no number keeps its sign, as text shows it, and nothing else of its bits. */
    private static double infinityOrNaN(boolean infinite, boolean negative) {
        if (!infinite) {
            return negative ? NEGATIVE_NAN : Double.NaN;
        }
        return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    private static float toFloat(double value) {
        // The language says of a cast only that it stays NaN.
        boolean isNegativeNaN = Double.isNaN(value) && Double.doubleToRawLongBits(value) < 0;
        return isNegativeNaN ? NEGATIVE_FLOAT_NAN : (float) value;
    }

    private double wide(Column column, int i) {
        BigInteger bits = Bits.wide(column.bytes(), column.at(i), type.size(), type.order());
        long e = Bits.field(bits, type.exponentLocation(), type.exponentSize()).longValue();
        BigInteger m = Bits.field(bits, type.mantissaLocation(), type.mantissaSize());
        boolean negative = bits.testBit(type.signLocation());
        if (e == topExponent) {
            BigInteger low = implied ? m : Bits.field(m, 0, type.mantissaSize() - 1);
            return infinityOrNaN(low.signum() == 0, negative);
        }
        BigInteger digits = implied && e > 0 ? m.setBit(type.mantissaSize()) : m;
        double value = nearest(digits, exponent(e));
        return negative ? -value : value;
    }

    /**
     * The double nearest to {@code digits * 2^exponent}, ties to even; notes when it is another number.
     *
     * @param digits not negative
     * @param exponent power of two of the lowest digit
     */
    private double nearest(BigInteger digits, long exponent) {
        if (digits.signum() == 0) {
            return 0;
        }
        int length = digits.bitLength();
        long top = length - 1 + exponent;
        if (top > Double.MAX_EXPONENT) {
            rounded = true;
            return Double.POSITIVE_INFINITY;
        }
        long kept = Math.min(DOUBLE_DIGITS, top - DOUBLE_LOWEST + 1);
        if (kept < 0) {
            rounded = true;
            return 0;
        }
        int cut = (int) Math.max(0, length - kept);
        BigInteger head = digits.shiftRight(cut);
        if (cut > 0) {
            BigInteger tail = digits.subtract(head.shiftLeft(cut));
            int half = tail.compareTo(BigInteger.ONE.shiftLeft(cut - 1));
            rounded |= tail.signum() != 0;
            if (half > 0 || (half == 0 && head.testBit(0))) {
                head = head.add(BigInteger.ONE);
            }
        }
        return Math.scalb(head.doubleValue(), (int) (exponent + cut));
    }
}
