// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.cf;

import io.h5coro.model.ByteArray;
import io.h5coro.model.ElementType;
import io.h5coro.model.EnumType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntArray;
import io.h5coro.model.IntegerType;
import io.h5coro.model.LongArray;
import io.h5coro.model.Shape;
import io.h5coro.model.ShortArray;
import java.util.List;

/** Arrays of whole numbers under another type. Pure. */
final class Integers {
    private static final EnumType BOOLEAN = new EnumType(
            IntegerType.of(1, ElementType.Order.LITTLE_ENDIAN, true),
            List.of(new EnumType.Member("FALSE", 0), new EnumType.Member("TRUE", 1)));

    private Integers() {}

    /** The same bytes read with or without a sign; shares the backing array. */
    static H5Array withSign(H5Array values, boolean signed) {
        ElementType type = NumberKind.of(values.type()).signed(signed).type();
        if (values instanceof ByteArray bytes) {
            return new ByteArray(type, values.shape(), bytes.values());
        }
        if (values instanceof ShortArray shorts) {
            return new ShortArray(type, values.shape(), shorts.values());
        }
        if (values instanceof IntArray ints) {
            return new IntArray(type, values.shape(), ints.values());
        }
        return values instanceof LongArray longs ? new LongArray(type, values.shape(), longs.values()) : values;
    }

    /** Truth values: 0 is false, everything else is true. */
    static H5Array booleans(H5Array values) {
        byte[] truth = new byte[values.length()];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = (byte) (values.getDouble(i) == 0 ? 0 : 1);
        }
        return new ByteArray(BOOLEAN, values.shape(), truth);
    }

    /** The type of {@link #booleans}. */
    static ElementType booleanType() {
        return BOOLEAN;
    }

    /**
     * Numbers of some type.
     *
     * @throws ArithmeticException when one does not fit
     */
    static H5Array of(NumberKind kind, Shape shape, long[] values) {
        ElementType type = kind.type();
        boolean signed = kind.kind() == NumberKind.Kind.SIGNED;
        if (kind.size() == 8) {
            for (long value : values) {
                require(signed || value >= 0);
            }
            return new LongArray(type, shape, values);
        }
        int bits = 8 * kind.size();
        long least = signed ? -1L << (bits - 1) : 0;
        long most = signed ? (1L << (bits - 1)) - 1 : (1L << bits) - 1;
        for (long value : values) {
            require(value >= least && value <= most);
        }
        return narrow(type, shape, values);
    }

    private static void require(boolean fits) {
        if (!fits) {
            throw new ArithmeticException("a product does not fit");
        }
    }

    private static H5Array narrow(ElementType type, Shape shape, long[] values) {
        int length = values.length;
        if (type.size() == 1) {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) values[i];
            }
            return new ByteArray(type, shape, bytes);
        }
        if (type.size() == 2) {
            short[] shorts = new short[length];
            for (int i = 0; i < length; i++) {
                shorts[i] = (short) values[i];
            }
            return new ShortArray(type, shape, shorts);
        }
        int[] ints = new int[length];
        for (int i = 0; i < length; i++) {
            ints[i] = (int) values[i];
        }
        return new IntArray(type, shape, ints);
    }
}
