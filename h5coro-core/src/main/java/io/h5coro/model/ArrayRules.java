// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/** What all arrays check and know of their element types. */
final class ArrayRules {
    private ArrayRules() {}

    /** The shape, once it is certain that it has {@code length} elements. */
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

    static String enumName(ElementType type, long value) {
        if (!(type instanceof EnumType enumeration)) {
            throw new UnsupportedOperationException("elements of type " + type + " are not strings");
        }
        for (EnumType.Member member : enumeration.members()) {
            if (member.value() == value) {
                return member.name();
            }
        }
        return isUnsigned(type) ? Long.toUnsignedString(value) : Long.toString(value);
    }
}
