// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import io.h5coro.model.ComplexType;
import io.h5coro.model.CompoundType;
import io.h5coro.model.ElementType;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatType;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ReferenceType;
import io.h5coro.model.StringType;

/**
 * A type of elements in the words of numpy.
 *
 * @param kind what it is
 * @param bytes of an element; 0 for texts of variable length
 * @param bigEndian whether the most significant byte comes first; false where there is no order
 * @param exact whether numpy sees what HDF5 does in the stored bytes; false for texts that blanks fill up
 */
record ZarrType(Kind kind, int bytes, boolean bigEndian, boolean exact) {
    /** Kinds of elements, with the letter of numpy. */
    enum Kind {
        SIGNED('i'),
        UNSIGNED('u'),
        FLOATING('f'),
        COMPLEX('c'),
        BOOL('b'),
        TEXT('S'),
        OBJECT('O');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }
    }

    /**
     * Returns the type.
     *
     * @throws RefusedException when numpy has none
     */
    static ZarrType of(ElementType type) {
        if (type instanceof IntegerType integer) {
            return whole(integer);
        }
        if (type instanceof FloatType floating) {
            return floating(floating, Kind.FLOATING);
        }
        if (type instanceof ComplexType complex && complex.base().size() > Short.BYTES) {
            return floating(complex.base(), Kind.COMPLEX);
        }
        if (type instanceof EnumType names) {
            return names.isBoolean() ? new ZarrType(Kind.BOOL, 1, false, true) : whole(names.base());
        }
        if (type instanceof StringType text) {
            return text.variable()
                    ? new ZarrType(Kind.OBJECT, 0, false, false)
                    : new ZarrType(
                            Kind.TEXT,
                            text.size(),
                            false,
                            text.size() == 1 || text.padding() != StringType.Padding.SPACE_PADDED);
        }
        throw new RefusedException("its elements, " + name(type) + ", have no type in Zarr");
    }

    private static String name(ElementType type) {
        return type instanceof CompoundType
                ? "compounds"
                : type instanceof ReferenceType ? "references" : type.shortName();
    }

    private static ZarrType whole(IntegerType type) {
        int size = type.size();
        if (!type.isPlain() || size > Long.BYTES || Integer.bitCount(size) != 1) {
            throw new RefusedException("numpy has no integers such as its, " + type.shortName());
        }
        return new ZarrType(
                type.signed() ? Kind.SIGNED : Kind.UNSIGNED,
                size,
                size > 1 && type.order() == ElementType.Order.BIG_ENDIAN,
                true);
    }

    private static ZarrType floating(FloatType type, Kind kind) {
        if (!type.isIeee()) {
            throw new RefusedException("numpy has no floating-point numbers such as its, " + type.shortName());
        }
        int size = kind == Kind.COMPLEX ? 2 * type.size() : type.size();
        return new ZarrType(kind, size, type.order() == ElementType.Order.BIG_ENDIAN, true);
    }

    /** The same with the least significant byte first: what is inlined is written so. */
    ZarrType inlined() {
        return new ZarrType(kind, bytes, false, true);
    }

    boolean isObject() {
        return kind == Kind.OBJECT;
    }

    /** The name that numpy gives it, such as "&lt;f4". */
    String code() {
        if (isObject()) {
            return "|O";
        }
        boolean ordered = bytes > 1 && kind != Kind.TEXT;
        return (ordered ? bigEndian ? ">" : "<" : "|") + kind.letter + bytes;
    }
}
