// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.cf;

import io.h5coro.model.ElementType;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatType;
import io.h5coro.model.IntegerType;

/**
 * What decoding needs to know of a type of numbers: the dtype of numpy. Immutable.
 *
 * @param size bytes: 1, 2, 4 or 8
 * @param kind whether signed, unsigned or floating-point
 */
record NumberKind(int size, Kind kind) {
    enum Kind {
        SIGNED,
        UNSIGNED,
        FLOAT,
        OTHER
    }

    static final NumberKind FLOAT32 = new NumberKind(4, Kind.FLOAT);
    static final NumberKind FLOAT64 = new NumberKind(8, Kind.FLOAT);

    static NumberKind of(ElementType type) {
        if (type instanceof EnumType enumeration) {
            return of(enumeration.base());
        }
        if (type instanceof IntegerType integer) {
            return new NumberKind(width(integer.size()), integer.signed() ? Kind.SIGNED : Kind.UNSIGNED);
        }
        return type instanceof FloatType number
                ? new NumberKind(width(number.size()), Kind.FLOAT)
                : new NumberKind(type.size(), Kind.OTHER);
    }

    private static int width(int size) {
        return size == 1 ? 1 : size <= 2 ? 2 : size <= 4 ? 4 : 8;
    }

    boolean isInteger() {
        return kind == Kind.SIGNED || kind == Kind.UNSIGNED;
    }

    boolean isFloat() {
        return kind == Kind.FLOAT;
    }

    boolean isNumber() {
        return kind != Kind.OTHER;
    }

    /** The type of the same width with or without a sign. */
    NumberKind signed(boolean signed) {
        return new NumberKind(size, signed ? Kind.SIGNED : Kind.UNSIGNED);
    }

    /** The type of the values whose missing ones are NaN: xarray's, without scale or offset. */
    NumberKind promoted() {
        return isFloat() ? this : size <= 2 ? FLOAT32 : FLOAT64;
    }

    /** Whether numpy multiplies a float32 by a scalar of this type in single precision. */
    boolean keepsSingle() {
        return isFloat() ? size <= 4 : size <= 2;
    }

    ElementType type() {
        return isFloat()
                ? FloatType.ieee(size, ElementType.Order.LITTLE_ENDIAN)
                : IntegerType.of(size, ElementType.Order.LITTLE_ENDIAN, kind == Kind.SIGNED);
    }
}
