// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.virtual;

import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.model.ElementType;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Converts numbers as libhdf5 does (H5Tconv.c): what is out of the range of a whole number becomes its nearest bound,
 * fractions are cut off, and floats take the nearest value. Pure.
 */
final class NumberConversion {
    private final H5Array values;
    private final boolean fromFloat;

    private NumberConversion(H5Array values) {
        this.values = values;
        this.fromFloat = values.type() instanceof FloatType;
    }

    /**
     * The bytes of values in another type.
     *
     * @throws UnsupportedFeatureException when one of the types is no number, or is one that is not supported here
     */
    static byte[] convert(H5Array values, ElementType to, Where where) {
        ElementType from = values.type();
        boolean number = from instanceof IntegerType || from instanceof FloatType || from instanceof EnumType;
        NumberConversion conversion = new NumberConversion(values);
        if (number && to instanceof IntegerType integer && integer.isPlain() && integer.size() <= Long.BYTES) {
            return conversion.integers(integer);
        }
        if (number && to instanceof FloatType floating && floating.isIeee() && floating.size() > 2) {
            return conversion.floats(floating);
        }
        throw new UnsupportedFeatureException(where, "conversion of " + from + " to " + to);
    }

    private static ByteBuffer buffer(byte[] bytes, Order order) {
        return ByteBuffer.wrap(bytes).order(order == Order.BIG_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    private byte[] integers(IntegerType to) {
        int bits = 8 * to.size();
        BigInteger least = to.signed() ? BigInteger.ONE.shiftLeft(bits - 1).negate() : BigInteger.ZERO;
        BigInteger most =
                BigInteger.ONE.shiftLeft(to.signed() ? bits - 1 : bits).subtract(BigInteger.ONE);
        byte[] bytes = new byte[values.length() * to.size()];
        ByteBuffer out = buffer(bytes, to.order());
        for (int i = 0; i < values.length(); i++) {
            long value = fromFloat
                    ? bounded(values.getDouble(i), least, most)
                    : values.getBigInteger(i).min(most).max(least).longValue();
            put(out, to, value);
        }
        return bytes;
    }

    private static void put(ByteBuffer out, IntegerType to, long value) {
        for (int k = 0; k < to.size(); k++) {
            int shift = out.order() == ByteOrder.LITTLE_ENDIAN ? 8 * k : 8 * (to.size() - 1 - k);
            out.put((byte) (value >> shift));
        }
    }

    /**
     * The whole number nearest to 0 on the way from the value, within bounds; 0 for what is not a number. Unsigned
     * 64-bit numbers are the {@code long} of the same bits.
     */
    private static long bounded(double value, BigInteger least, BigInteger most) {
        if (Double.isNaN(value)) {
            return 0;
        }
        if (value >= most.doubleValue()) {
            return most.longValue();
        }
        if (value <= least.doubleValue()) {
            return least.longValue();
        }
        return new BigDecimal(value).toBigInteger().longValue();
    }

    private byte[] floats(FloatType to) {
        byte[] bytes = new byte[values.length() * to.size()];
        ByteBuffer out = buffer(bytes, to.order());
        for (int i = 0; i < values.length(); i++) {
            if (to.size() == Float.BYTES) {
                out.putFloat(
                        fromFloat
                                ? (float) values.getDouble(i)
                                : values.getBigInteger(i).floatValue());
            } else {
                out.putDouble(
                        fromFloat
                                ? values.getDouble(i)
                                : values.getBigInteger(i).doubleValue());
            }
        }
        return bytes;
    }
}
