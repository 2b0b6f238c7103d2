// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.virtual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.model.DoubleArray;
import io.h5coro.model.ElementType;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.LongArray;
import io.h5coro.model.Shape;
import io.h5coro.model.StringType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** What h5py 3.16 with HDF5 2.0 reads of such a dataset in such a type. */
final class NumberConversionTest {
    private static final Where HERE = Where.object("a.h5", "/v");

    private static final H5Array FLOATS = floats(-1e20, -129.5, -2.9, -0.5, 0.5, 2.9, 127.9, 255.5, 300.7, 1e20);
    private static final H5Array SIGNED =
            longs(true, Long.MIN_VALUE, -129, -1, 0, 127, 128, 255, 1L << 31, Long.MAX_VALUE);
    private static final H5Array UNSIGNED = longs(false, 0, 255, (1L << 53) + 1, Long.MIN_VALUE, -1);

    private static H5Array floats(double... values) {
        return new DoubleArray(FloatType.ieee(8, Order.LITTLE_ENDIAN), Shape.of(values.length), values);
    }

    private static H5Array longs(boolean signed, long... values) {
        return new LongArray(IntegerType.of(8, Order.LITTLE_ENDIAN, signed), Shape.of(values.length), values);
    }

    private static ByteBuffer converted(H5Array values, ElementType to, ByteOrder order) {
        return ByteBuffer.wrap(NumberConversion.convert(values, to, HERE)).order(order);
    }

    private static void areBytes(boolean signed, H5Array values, int... expected) {
        ByteBuffer bytes = converted(values, IntegerType.of(1, Order.LITTLE_ENDIAN, signed), ByteOrder.LITTLE_ENDIAN);
        int[] found = new int[bytes.remaining()];
        for (int i = 0; i < found.length; i++) {
            found[i] = signed ? bytes.get(i) : bytes.get(i) & 0xff;
        }
        assertArrayEquals(expected, found);
    }

    @Test
    void whatIsOutOfRangeBecomesTheNearestBoundAndFractionsAreCutOff() {
        areBytes(true, FLOATS, -128, -128, -2, 0, 0, 2, 127, 127, 127, 127);
        areBytes(false, FLOATS, 0, 0, 0, 0, 0, 2, 127, 255, 255, 255);
        areBytes(true, SIGNED, -128, -128, -1, 0, 127, 127, 127, 127, 127);
        areBytes(false, SIGNED, 0, 0, 0, 0, 127, 128, 255, 255, 255);
        areBytes(true, UNSIGNED, 0, 127, 127, 127, 127);
    }

    @Test
    void writesTheByteOrderOfTheVirtualDataset() {
        int[] ints = new int[10];
        converted(FLOATS, IntegerType.of(4, Order.BIG_ENDIAN, true), ByteOrder.BIG_ENDIAN)
                .asIntBuffer()
                .get(ints);
        assertArrayEquals(new int[] {Integer.MIN_VALUE, -129, -2, 0, 0, 2, 127, 255, 300, Integer.MAX_VALUE}, ints);
        short[] shorts = new short[9];
        converted(SIGNED, IntegerType.of(2, Order.BIG_ENDIAN, true), ByteOrder.BIG_ENDIAN)
                .asShortBuffer()
                .get(shorts);
        assertArrayEquals(new short[] {-32768, -129, -1, 0, 127, 128, 255, 32767, 32767}, shorts);
    }

    @Test
    void readsAllBitsOfLongs() {
        long[] unsigned = new long[10];
        converted(FLOATS, IntegerType.of(8, Order.LITTLE_ENDIAN, false), ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer()
                .get(unsigned);
        assertArrayEquals(new long[] {0, 0, 0, 0, 0, 2, 127, 255, 300, -1}, unsigned);
        long[] signed = new long[5];
        converted(UNSIGNED, IntegerType.of(8, Order.LITTLE_ENDIAN, true), ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer()
                .get(signed);
        assertArrayEquals(new long[] {0, 255, 9_007_199_254_740_993L, Long.MAX_VALUE, Long.MAX_VALUE}, signed);
    }

    @Test
    void wholeNumbersTakeTheNearestFloat() {
        double[] doubles = new double[5];
        converted(UNSIGNED, FloatType.ieee(8, Order.LITTLE_ENDIAN), ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .get(doubles);
        assertArrayEquals(new double[] {0, 255, 9_007_199_254_740_992.0, 0x1p63, 0x1p64}, doubles);
        float[] floats = new float[9];
        converted(SIGNED, FloatType.ieee(4, Order.BIG_ENDIAN), ByteOrder.BIG_ENDIAN)
                .asFloatBuffer()
                .get(floats);
        assertArrayEquals(new float[] {-0x1p63f, -129, -1, 0, 127, 128, 255, 0x1p31f, 0x1p63f}, floats);
    }

    @Test
    void otherTypesAreNotConverted() {
        StringType text = new StringType(4, false, StringType.Padding.NULL_PADDED, StringType.CharacterSet.ASCII);
        UnsupportedFeatureException e =
                assertThrows(UnsupportedFeatureException.class, () -> NumberConversion.convert(FLOATS, text, HERE));
        assertEquals("/v", e.where().object());
    }
}
