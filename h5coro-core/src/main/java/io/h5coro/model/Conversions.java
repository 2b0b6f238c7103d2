// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.lang.reflect.Array;
import java.math.BigInteger;
import java.util.Arrays;

/** Converts the elements of an array into numbers of another type: exactly, or to the nearest one. Pure. */
final class Conversions {
    private static final int DOUBLE_DIGITS = 53;
    private static final int FLOAT_DIGITS = 24;

    private Conversions() {}

    static double[] doubles(H5Array array, boolean rounds) {
        if (array instanceof DoubleArray same) {
            return same.values().clone();
        }
        double[] values = new double[array.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = rounds ? array.getDouble(i) : doubleAt(array, i);
        }
        return requireNumbers(array, values);
    }

    static float[] floats(H5Array array, boolean rounds) {
        if (array instanceof FloatArray same) {
            return same.values().clone();
        }
        float[] values = new float[array.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = rounds ? nearestFloat(array, i) : floatAt(array, i);
        }
        return requireNumbers(array, values);
    }

    static long[] longs(H5Array array, boolean truncates) {
        if (array instanceof LongArray same && !same.isUnsigned()) {
            return same.values().clone();
        }
        long[] values = new long[array.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = truncates ? truncated(array, i, "a long") : longAt(array, i);
        }
        return requireNumbers(array, values);
    }

    static int[] ints(H5Array array, boolean truncates) {
        if (array instanceof IntArray same && !same.isUnsigned()) {
            return same.values().clone();
        }
        int[] values = new int[array.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = intAt(array, i, truncates);
        }
        return requireNumbers(array, values);
    }

    /** An array without elements has none that could show what they are not. */
    private static <T> T requireNumbers(H5Array array, T values) {
        if (array.length() == 0 && !isNumeric(array)) {
            throw new UnsupportedOperationException(
                    "elements of type " + array.type().shortName() + " are not numbers");
        }
        return values;
    }

    private static boolean isNumeric(H5Array array) {
        return array instanceof FloatArray
                || array instanceof DoubleArray
                || array instanceof WideFloatArray
                || isWhole(array);
    }

    private static boolean isWhole(H5Array array) {
        return array instanceof ByteArray
                || array instanceof ShortArray
                || array instanceof IntArray
                || array instanceof LongArray
                || array instanceof BigIntegerArray;
    }

    /** Element i exactly. */
    static double doubleAt(H5Array array, int i) {
        double value = array.getDouble(i);
        boolean exact = !(array instanceof WideFloatArray wide) || wide.isExact(i);
        if (!exact || (isLong(array) && !hasDigits(array, i, DOUBLE_DIGITS)) || isBeyond(array, value)) {
            throw InexactValueException.of(array, i, "a double");
        }
        return value;
    }

    /** Whether a whole number is above all doubles. */
    private static boolean isBeyond(H5Array array, double value) {
        return array instanceof BigIntegerArray && Double.isInfinite(value);
    }

    private static boolean isLong(H5Array array) {
        return array instanceof LongArray || array instanceof BigIntegerArray;
    }

    /** Whether a whole number has at most so many binary digits from the first to the last one that is set. */
    private static boolean hasDigits(H5Array array, int i, int digits) {
        if (array instanceof LongArray longs) {
            long value = longs.values()[i];
            long size = longs.isUnsigned() || value >= 0 ? value : -value;
            return Long.SIZE - Long.numberOfLeadingZeros(size) - Long.numberOfTrailingZeros(size) <= digits;
        }
        BigInteger size = array.getBigInteger(i).abs();
        return size.bitLength() - Math.max(0, size.getLowestSetBit()) <= digits;
    }

    private static float floatAt(H5Array array, int i) {
        double value;
        if (isLong(array)) {
            value = hasDigits(array, i, FLOAT_DIGITS) ? array.getDouble(i) : Double.NaN;
            if (Double.isNaN(value) || Math.abs(value) > Float.MAX_VALUE) {
                throw InexactValueException.of(array, i, "a float");
            }
            return (float) value;
        }
        value = array.getDouble(i);
        boolean exact = !(array instanceof WideFloatArray wide) || wide.isExact(i);
        if (!exact || ((float) value != value && !Double.isNaN(value))) {
            throw InexactValueException.of(array, i, "a float");
        }
        return (float) value;
    }

    private static float nearestFloat(H5Array array, int i) {
        if (array instanceof LongArray longs && !longs.isUnsigned()) {
            return longs.values()[i];
        }
        return isLong(array) ? array.getBigInteger(i).floatValue() : (float) array.getDouble(i);
    }

    /** Element i exactly. */
    static long longAt(H5Array array, int i) {
        if (array instanceof WideFloatArray wide && !wide.isExact(i)) {
            throw InexactValueException.of(array, i, "a long");
        }
        long value = truncated(array, i, "a long");
        if (!isWhole(array) && value != array.getDouble(i)) {
            throw InexactValueException.of(array, i, "a long");
        }
        return value;
    }

    /** Element i without what follows the decimal point. */
    private static long truncated(H5Array array, int i, String target) {
        if (isWhole(array)) {
            if (isAboveLong(array, i)) {
                throw InexactValueException.of(array, i, target);
            }
            return array.getLong(i);
        }
        double value = array.getDouble(i);
        if (!(value >= -0x1p63 && value < 0x1p63) || mayBeRoundedUp(array, i, value)) {
            throw InexactValueException.of(array, i, target);
        }
        return (long) value;
    }

    /**
     * Whether a number that no double is may have another whole part than its nearest double: that is whole then. Between
     * two whole numbers both are, since they are doubles themselves.
     */
    private static boolean mayBeRoundedUp(H5Array array, int i, double nearest) {
        return array instanceof WideFloatArray wide && !wide.isExact(i) && nearest == Math.rint(nearest);
    }

    private static boolean isAboveLong(H5Array array, int i) {
        if (array instanceof LongArray longs) {
            return longs.isUnsigned() && longs.values()[i] < 0;
        }
        return array instanceof BigIntegerArray && array.getBigInteger(i).bitLength() >= Long.SIZE;
    }

    private static int intAt(H5Array array, int i, boolean truncates) {
        long value = truncated(array, i, "an int");
        boolean exact = truncates
                || isWhole(array)
                || (value == array.getDouble(i) && !(array instanceof WideFloatArray wide && !wide.isExact(i)));
        if (!exact || value != (int) value) {
            throw InexactValueException.of(array, i, "an int");
        }
        return (int) value;
    }

    /** The elements as shorts, exactly. */
    static short[] shorts(H5Array array) {
        int[] values = ints(array, false);
        short[] narrow = new short[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (short) values[i];
            if (narrow[i] != values[i]) {
                throw InexactValueException.of(array, i, "a short");
            }
        }
        return narrow;
    }

    /** The elements as bytes, exactly: unsigned ones above 127 are none. */
    static byte[] bytes(H5Array array) {
        int[] values = ints(array, false);
        byte[] narrow = new byte[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (byte) values[i];
            if (narrow[i] != values[i]) {
                throw InexactValueException.of(array, i, "a byte");
            }
        }
        return narrow;
    }

    /** The elements as objects of one class. */
    static Object[] objects(H5Array array, Class<?> of) {
        Object[] values = (Object[]) Array.newInstance(of, array.length());
        if (of == BigInteger.class) {
            Arrays.setAll(values, array::getBigInteger);
        } else if (of == String.class) {
            Arrays.setAll(values, array::getString);
        } else {
            Arrays.setAll(values, array::get);
        }
        return values;
    }
}
