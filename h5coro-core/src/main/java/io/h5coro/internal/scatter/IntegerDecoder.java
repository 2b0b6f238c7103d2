// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import io.h5coro.model.BigIntegerArray;
import io.h5coro.model.BitfieldType;
import io.h5coro.model.ByteArray;
import io.h5coro.model.ElementType;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.EnumType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntArray;
import io.h5coro.model.IntegerType;
import io.h5coro.model.LongArray;
import io.h5coro.model.Shape;
import io.h5coro.model.ShortArray;
import io.h5coro.model.TimeType;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Converts whole numbers of any size, byte order, offset and precision: the value is {@code precision} bits from bit
 * {@code offset} on, its highest one being the sign of a signed number. Padding is ignored. Pure.
 *
 * @param size bytes of an element
 * @param order order of its bytes
 * @param signed whether the highest bit of the value is its sign
 * @param offset lowest bit of the value
 * @param precision number of its bits
 */
record IntegerDecoder(int size, Order order, boolean signed, int offset, int precision) {
    static IntegerDecoder of(IntegerType t) {
        return new IntegerDecoder(t.size(), t.order(), t.signed(), t.offset(), t.precision());
    }

    static IntegerDecoder of(EnumType t) {
        return of(t.base());
    }

    static IntegerDecoder of(BitfieldType t) {
        return new IntegerDecoder(t.size(), t.order(), false, t.offset(), t.precision());
    }

    static IntegerDecoder of(TimeType t) {
        return new IntegerDecoder(t.size(), t.order(), false, 0, t.precision());
    }

    /** That of a type; null where its elements are no whole numbers. */
    static @Nullable IntegerDecoder find(ElementType type) {
        if (type instanceof IntegerType t) {
            return of(t);
        }
        if (type instanceof EnumType t) {
            return of(t);
        }
        if (type instanceof BitfieldType t) {
            return of(t);
        }
        return type instanceof TimeType t ? of(t) : null;
    }

    /** Whether the value lies in the element. */
    boolean isPossible() {
        return size > 0 && offset >= 0 && precision > 0 && precision <= 8L * size - offset;
    }

    H5Array decode(ElementType type, Shape shape, Column column) {
        return switch (size) {
            case 1 -> bytes(type, shape, column);
            case 2 -> shorts(type, shape, column);
            case 3, 4 -> ints(type, shape, column);
            case 5, 6, 7, 8 -> longs(type, shape, column);
            default -> wide(type, shape, column);
        };
    }

    private long value(Column column, int i) {
        return value(Bits.of(column.bytes(), column.at(i), size, order));
    }

    /** The value of an element, whose bits are the lowest ones. */
    private long value(long element) {
        long bits = element >>> offset;
        int unused = Long.SIZE - precision;
        return signed ? bits << unused >> unused : bits << unused >>> unused;
    }

    /** Puts the values in the place of elements. */
    void settle(byte[] elements) {
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (byte) value(elements[i]);
        }
    }

    /** Puts the values in the place of elements. */
    void settle(short[] elements) {
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (short) value(elements[i]);
        }
    }

    /** Puts the values in the place of elements. */
    void settle(int[] elements) {
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (int) value(elements[i]);
        }
    }

    /** Puts the values in the place of elements. */
    void settle(long[] elements) {
        for (int i = 0; i < elements.length; i++) {
            elements[i] = value(elements[i]);
        }
    }

    private H5Array bytes(ElementType type, Shape shape, Column column) {
        byte[] values = new byte[column.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) value(column, i);
        }
        return new ByteArray(type, shape, values);
    }

    private H5Array shorts(ElementType type, Shape shape, Column column) {
        short[] values = new short[column.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) value(column, i);
        }
        return new ShortArray(type, shape, values);
    }

    private H5Array ints(ElementType type, Shape shape, Column column) {
        int[] values = new int[column.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (int) value(column, i);
        }
        return new IntArray(type, shape, values);
    }

    private H5Array longs(ElementType type, Shape shape, Column column) {
        long[] values = new long[column.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(column, i);
        }
        return new LongArray(type, shape, values);
    }

    private H5Array wide(ElementType type, Shape shape, Column column) {
        BigInteger[] values = new BigInteger[column.count()];
        for (int i = 0; i < values.length; i++) {
            BigInteger bits = Bits.field(Bits.wide(column.bytes(), column.at(i), size, order), offset, precision);
            boolean negative = signed && bits.testBit(precision - 1);
            values[i] = negative ? bits.subtract(BigInteger.ONE.shiftLeft(precision)) : bits;
        }
        return new BigIntegerArray(type, shape, values);
    }
}
