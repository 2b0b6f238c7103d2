// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.math.BigInteger;

/** Checks and conversions that all array classes share. Pure. */
final class ArrayRules {
    private ArrayRules() {}

    /**
     * Returns the shape.
     *
     * @throws IllegalArgumentException when it does not have {@code length} elements
     */
    static Shape checked(Shape shape, int length) {
        if (shape.elementCount() != length) {
            throw new IllegalArgumentException("shape " + shape + " does not have " + length + " elements");
        }
        return shape;
    }

    static boolean isUnsigned(ElementType type) {
        if (type instanceof IntegerType integer) {
            return !integer.signed();
        }
        if (type instanceof EnumType enumeration) {
            return !enumeration.base().signed();
        }
        return true;
    }

    /**
     * The name of a number, or its digits when it has none.
     *
     * @param bits as {@link H5Array#getBits(int)} gives them
     */
    static String enumName(ElementType type, long bits) {
        return enumeration(type)
                .nameOf(bits)
                .orElseGet(() -> isUnsigned(type) ? Long.toUnsignedString(bits) : Long.toString(bits));
    }

    /** The same for a number of any size; names belong to numbers of at most 64 bits. */
    static String enumName(ElementType type, BigInteger value) {
        EnumType enumeration = enumeration(type);
        boolean named = isUnsigned(type) ? value.bitLength() <= Long.SIZE : value.bitLength() < Long.SIZE;
        return named ? enumName(enumeration, value.longValue()) : value.toString();
    }

    private static EnumType enumeration(ElementType type) {
        if (type instanceof EnumType enumeration) {
            return enumeration;
        }
        throw new UnsupportedOperationException("elements of type " + type.shortName() + " are not strings");
    }
}
