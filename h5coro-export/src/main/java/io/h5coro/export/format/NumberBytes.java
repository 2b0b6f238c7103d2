// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.format;

import io.h5coro.model.ByteArray;
import io.h5coro.model.DoubleArray;
import io.h5coro.model.FloatArray;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntArray;
import io.h5coro.model.LongArray;
import java.io.IOException;

/** Writes numbers as formats of binary numbers have them: one behind the other, least significant byte first. */
public final class NumberBytes {
    private static final int HALF_EXPONENT = 5;
    private static final int HALF_MANTISSA = 10;

    private NumberBytes() {}

    /** Writes the whole numbers {@code [from, to)}, each in the bytes of the type. */
    public static void whole(ColumnType.Whole type, H5Array array, Range range, LittleEndianOutput out)
            throws IOException {
        switch (type.bytes()) {
            case Byte.BYTES -> bytes(array, range, out);
            case Short.BYTES -> {
                for (int i = range.from(); i < range.to(); i++) {
                    out.writeShort((int) array.getLong(i));
                }
            }
            case Integer.BYTES -> ints(array, range, out);
            default -> longs(array, range, out);
        }
    }

    private static void bytes(H5Array array, Range range, LittleEndianOutput out) throws IOException {
        if (array instanceof ByteArray bytes) {
            out.write(bytes.values(), range.from(), range.to() - range.from());
            return;
        }
        for (int i = range.from(); i < range.to(); i++) {
            out.writeByte((int) array.getLong(i));
        }
    }

    private static void ints(H5Array array, Range range, LittleEndianOutput out) throws IOException {
        if (array instanceof IntArray ints) {
            int[] values = ints.values();
            for (int i = range.from(); i < range.to(); i++) {
                out.writeInt(values[i]);
            }
            return;
        }
        for (int i = range.from(); i < range.to(); i++) {
            out.writeInt((int) array.getLong(i));
        }
    }

    private static void longs(H5Array array, Range range, LittleEndianOutput out) throws IOException {
        if (array instanceof LongArray longs) {
            long[] values = longs.values();
            for (int i = range.from(); i < range.to(); i++) {
                out.writeLong(values[i]);
            }
            return;
        }
        for (int i = range.from(); i < range.to(); i++) {
            out.writeLong(array.getBits(i));
        }
    }

    /** Writes the floating-point numbers {@code [from, to)}, each in the bytes of the type. */
    public static void floating(ColumnType.Floating type, H5Array array, Range range, LittleEndianOutput out)
            throws IOException {
        switch (type.bytes()) {
            case Short.BYTES -> {
                for (int i = range.from(); i < range.to(); i++) {
                    out.writeShort(half(single(array, i)));
                }
            }
            case Float.BYTES -> floats(array, range, out);
            default -> doubles(array, range, out);
        }
    }

    private static void floats(H5Array array, Range range, LittleEndianOutput out) throws IOException {
        if (array instanceof FloatArray floats) {
            float[] values = floats.values();
            for (int i = range.from(); i < range.to(); i++) {
                out.writeFloat(values[i]);
            }
            return;
        }
        for (int i = range.from(); i < range.to(); i++) {
            out.writeFloat(single(array, i));
        }
    }

    private static void doubles(H5Array array, Range range, LittleEndianOutput out) throws IOException {
        if (array instanceof DoubleArray doubles) {
            double[] values = doubles.values();
            for (int i = range.from(); i < range.to(); i++) {
                out.writeDouble(values[i]);
            }
            return;
        }
        for (int i = range.from(); i < range.to(); i++) {
            out.writeDouble(array.getDouble(i));
        }
    }

    /** Returns a number that is a float, whatever array it is in. */
    private static float single(H5Array array, int i) {
        return array instanceof FloatArray floats ? floats.values()[i] : (float) array.getDouble(i);
    }

    /** Returns the sixteen bits of a number that has no more than those; a NaN keeps the upper bits of its payload. */
    static int half(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 31 << 15;
        int exponent = bits >>> 23 & 0xff;
        int mantissa = (bits & 0x7fffff) >>> 23 - HALF_MANTISSA;
        int highest = (1 << HALF_EXPONENT) - 1;
        if (exponent == 0xff) {
            return sign | highest << HALF_MANTISSA | mantissa;
        }
        int own = exponent - 127 + 15;
        if (own > 0) {
            return sign | own << HALF_MANTISSA | mantissa;
        }
        // Below the least normal number: the bit in front of the mantissa moves into it.
        return own < -HALF_MANTISSA ? sign : sign | (1 << HALF_MANTISSA | mantissa) >>> 1 - own;
    }

    /**
     * Elements {@code [from, to)} of an array.
     *
     * @param from index of the first element
     * @param to index behind the last element
     */
    public record Range(int from, int to) {}
}
