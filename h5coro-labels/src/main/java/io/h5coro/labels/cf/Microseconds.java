// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.cf;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * A number of units of time in whole microseconds, as cftime rounds it: the product with a mantissa of 64 bits, to the
 * nearest microsecond, half to even; and one that is a microsecond from a whole second is moved toward it when the
 * product lies on that side. Pure.
 */
final class Microseconds {
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final int MANTISSA = 64;

    private Microseconds() {}

    /**
     * Returns the number.
     *
     * @throws ArithmeticException when it does not fit, or {@code count} is infinite
     */
    static long of(double count, TimeUnit unit) {
        if (unit.nanos() < TimeUnit.MICRO) {
            return exact(new BigDecimal(finite(count)).movePointLeft(3), RoundingMode.HALF_EVEN);
        }
        double factor = unit.nanos() / (double) TimeUnit.MICRO;
        double product = finite(count) * factor;
        boolean isExact = Math.abs(product) < 0x1p53 && Math.fma(count, factor, -product) == 0;
        if (isExact && product == Math.rint(product)) {
            return (long) product;
        }
        BigDecimal rounded = toMantissa(new BigDecimal(count).multiply(new BigDecimal(factor)));
        return nearest(rounded, unit.nanos() >= TimeUnit.SECOND);
    }

    private static double finite(double count) {
        if (Double.isInfinite(count)) {
            throw new ArithmeticException("infinite");
        }
        return count;
    }

    private static long nearest(BigDecimal product, boolean towardSeconds) {
        long micros = exact(product, RoundingMode.HALF_EVEN);
        long ofSecond = Math.floorMod(micros, 1_000_000L);
        if (towardSeconds && ofSecond == 1) {
            return exact(product, RoundingMode.FLOOR);
        }
        return towardSeconds && ofSecond == 999_999 ? exact(product, RoundingMode.CEILING) : micros;
    }

    private static long exact(BigDecimal value, RoundingMode mode) {
        BigInteger whole = value.setScale(0, mode).toBigInteger();
        if (whole.abs().compareTo(MOST) > 0) {
            throw new ArithmeticException("microseconds");
        }
        return whole.longValue();
    }

    /** Rounds an exact binary number to 64 bits, half to even. */
    private static BigDecimal toMantissa(BigDecimal value) {
        // value = whole / 2^shift: a finite binary fraction has as many decimal digits as binary ones.
        int shift = Math.max(0, value.scale());
        BigInteger whole =
                value.multiply(new BigDecimal(BigInteger.ONE.shiftLeft(shift))).toBigIntegerExact();
        int excess = whole.abs().bitLength() - MANTISSA;
        if (excess <= 0) {
            return value;
        }
        BigDecimal unit = new BigDecimal(BigInteger.ONE.shiftLeft(excess));
        BigDecimal cut = new BigDecimal(whole).divide(unit, 0, RoundingMode.HALF_EVEN);
        return cut.multiply(unit).divide(new BigDecimal(BigInteger.ONE.shiftLeft(shift)));
    }
}
