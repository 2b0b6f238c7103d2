// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.model.ArrayType;
import io.h5coro.model.BitfieldType;
import io.h5coro.model.ComplexType;
import io.h5coro.model.ElementType;
import io.h5coro.model.ElementType.BitPadding;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.FloatType;
import io.h5coro.model.IntegerType;
import io.h5coro.model.OpaqueType;
import io.h5coro.model.ReferenceType;
import io.h5coro.model.SequenceType;
import io.h5coro.model.Shape;
import io.h5coro.model.StringType;
import io.h5coro.model.TimeType;

/**
 * Parses the datatype message (0x03), all classes, versions 1 to 5 (and the 0 of some writers, read as 1).
 *
 * <pre>class(low nibble) and version(high nibble)(1) class bits(3) size(4) properties of the class</pre>
 *
 * <p>Any version may stand on any class, and each nested type has its own. Compound and enumeration are parsed by
 * {@link CompoundMessage}.
 *
 * <p>Class bits and properties, in the order in which {@link #parse(Cursor)} reads them:
 *
 * <pre>
 *  0 integer    bits: 0 big-endian, 1 low padding, 2 high padding, 3 signed       bit offset(2) precision(2)
 *  1 float      bits: 0 and 6 order, 1 to 3 padding, 4-5 normalization, 8-15 sign bit
 *               bit offset(2) precision(2) exponent at(1) bits(1) mantissa at(1) bits(1) bias(4)
 *  2 time       bits: 0 big-endian                                                precision(2)
 *  3 string     bits: 0-3 padding, 4-7 character set                              nothing
 *  4 bitfield   as integer, without bit 3                                         bit offset(2) precision(2)
 *  5 opaque     bits: 0-7 bytes of the tag                                        tag
 *  6 compound   bits: 0-15 members                                                members
 *  7 reference  bits: 0-3 kind, 4-7 version of the encoding                       nothing
 *  8 enum       bits: 0-15 members                                                base type, names, values
 *  9 variable   bits: 0-3 sequence or string, 4-7 padding, 8-11 character set     base type
 *  10 array     no bits       rank(1) [0(3) before version 3] dimensions(4 each)
 *               [permutation(4 each) before version 3] base type
 *  11 complex   bits: 0 homogeneous, 1-2 form                                     base type
 * </pre>
 *
 * <p>Example: {@code 11 20 3f 00 | 08 00 00 00 | 00 00 40 00 34 0b 00 34 ff 03 00 00} is class 1 of version 1, 8 bytes,
 * little-endian, mantissa with an implied bit, sign in bit 63, exponent of 11 bits from bit 52, mantissa of 52 bits
 * from bit 0, bias 1023: a double.
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification IV.A.2.d</a>,
 *     H5Odtype.c
 */
public final class DatatypeMessage {
    /**
     * Deepest nesting of types. Each level takes 8 bytes of a message, so that a hostile one could nest thousands; no
     * writer is known to pass 10.
     */
    private static final int MAX_DEPTH = 64;

    private DatatypeMessage() {}

    /**
     * Parses the body of a message. The cursor ends behind the type, so that a caller can read what follows it; padding
     * of a version 1 attribute stays unread.
     *
     * @throws io.h5coro.error.MalformedFileException when the type contradicts itself or its class is none of 0 to 11
     * @throws io.h5coro.error.UnsupportedFeatureException for a version above 5, and for complex numbers that are not
     *     two equal floats
     */
    public static ElementType parse(Cursor c) {
        return parse(c, 0);
    }

    static ElementType parse(Cursor c, int depth) {
        if (depth > MAX_DEPTH) {
            throw c.malformed("datatype nested deeper than " + MAX_DEPTH + " levels");
        }
        Head head = head(c);
        return switch (head.kind) {
            case 0 -> integer(c, head);
            case 1 -> floating(c, head);
            case 2 -> new TimeType(head.sized(c), order(head), c.u16());
            case 3 -> string(c, head);
            case 4 -> bitfield(c, head);
            case 5 -> new OpaqueType(head.sized(c), c.text(head.bits & 0xff));
            case 6 -> CompoundMessage.compound(c, head.version, head.bits & 0xffff, head.sized(c), depth);
            case 7 -> reference(c, head);
            case 8 -> CompoundMessage.enumeration(c, head.version, head.bits & 0xffff, head.size, depth);
            case 9 -> variable(c, head, depth);
            case 10 -> array(c, head, depth);
            case 11 -> complex(c, head, depth);
            default -> throw c.malformed("datatype class " + head.kind + ", expected 0 to 11");
        };
    }

    /**
     * The eight bytes in front of the properties of every class.
     *
     * @param kind the class, 0 to 11 for those that the format defines
     * @param version 0 to 5
     * @param bits the 24 class bits, bit 0 the lowest
     * @param size bytes of one element; 0 is refused by {@link #sized} where the class needs bytes
     */
    private record Head(int kind, int version, int bits, int size) {
        boolean bit(int index) {
            return (bits >> index & 1) != 0;
        }

        int sized(Cursor c) {
            if (size == 0) {
                throw c.malformed("datatype of class " + kind + " with size 0");
            }
            return size;
        }
    }

    private static Head head(Cursor c) {
        int start = c.offset();
        int first = c.u8();
        int version = first >> 4;
        if (version > 5) {
            throw c.seek(start).unsupported("datatype message version " + version + " (known: 0 to 5)");
        }
        int bits = (int) c.unsigned(3);
        long size = c.u32();
        if (size > Integer.MAX_VALUE) {
            throw c.malformed("datatype of " + size + " bytes, expected at most " + Integer.MAX_VALUE);
        }
        return new Head(first & 15, version, bits, (int) size);
    }

    private static Order order(Head head) {
        return head.bit(0) ? Order.BIG_ENDIAN : Order.LITTLE_ENDIAN;
    }

    private static BitPadding padding(Head head, int bit) {
        return head.bit(bit) ? BitPadding.ONE : BitPadding.ZERO;
    }

    private static IntegerType integer(Cursor c, Head head) {
        int offset = c.u16();
        int precision = precision(c, head, offset);
        return new IntegerType(
                head.sized(c), order(head), head.bit(3), offset, precision, padding(head, 1), padding(head, 2));
    }

    private static BitfieldType bitfield(Cursor c, Head head) {
        int offset = c.u16();
        int precision = precision(c, head, offset);
        return new BitfieldType(head.sized(c), order(head), offset, precision, padding(head, 1), padding(head, 2));
    }

    /**
     * Reads a precision and checks that the value lies inside the element, so that no decoder has to:
     * {@code offset + precision <= 8 * size}.
     */
    private static int precision(Cursor c, Head head, int offset) {
        int precision = c.u16();
        if (precision == 0 || offset + precision > 8L * head.size) {
            throw c.malformed("number of " + precision + " bits from bit " + offset + " in " + head.size + " bytes");
        }
        return precision;
    }

    /**
     * Parses a floating-point type. Fields may stand anywhere inside the precision, in any order. libhdf5, too, refuses
     * those that share bits.
     */
    private static FloatType floating(Cursor c, Head head) {
        Order order = order(head);
        // Before version 3 there is no such order, and libhdf5 does not look at the bit.
        if (head.version >= 3 && head.bit(6)) {
            if (!head.bit(0)) {
                throw c.malformed("floating-point byte order bits 1 and 0, expected 0 0, 0 1 or 1 1");
            }
            if (head.size % 2 != 0) {
                throw c.malformed("floating-point number of " + head.size + " bytes in VAX order, expected words of 2");
            }
            order = Order.VAX;
        }
        FloatType.Normalization normalization = switch (head.bits >> 4 & 3) {
            case 0 -> FloatType.Normalization.NONE;
            case 1 -> FloatType.Normalization.MSB_SET;
            case 2 -> FloatType.Normalization.IMPLIED;
            default -> throw c.malformed("mantissa normalization 3, expected 0 to 2");
        };
        int sign = head.bits >> 8 & 0xff;
        int offset = c.u16();
        int precision = precision(c, head, offset);
        int exponentAt = c.u8();
        int exponentSize = c.u8();
        int mantissaAt = c.u8();
        int mantissaSize = c.u8();
        long bias = c.u32();
        if (exponentSize == 0
                || exponentSize > 31
                || mantissaSize == 0
                || outside(sign, 1, offset, precision)
                || outside(exponentAt, exponentSize, offset, precision)
                || outside(mantissaAt, mantissaSize, offset, precision)) {
            throw c.malformed("floating-point fields (sign " + sign + ", exponent " + exponentAt + "+" + exponentSize
                    + ", mantissa " + mantissaAt + "+" + mantissaSize + ") are not in the " + precision + " bits from "
                    + offset);
        }
        if (overlap(sign, 1, exponentAt, exponentSize)
                || overlap(sign, 1, mantissaAt, mantissaSize)
                || overlap(exponentAt, exponentSize, mantissaAt, mantissaSize)) {
            throw c.malformed("floating-point fields (sign " + sign + ", exponent " + exponentAt + "+" + exponentSize
                    + ", mantissa " + mantissaAt + "+" + mantissaSize + ") that share bits");
        }
        return new FloatType(
                head.sized(c),
                order,
                offset,
                precision,
                padding(head, 1),
                padding(head, 2),
                padding(head, 3),
                normalization,
                sign,
                exponentAt,
                exponentSize,
                mantissaAt,
                mantissaSize,
                bias);
    }

    /** Positions count from the lowest bit of the element, not of the value. */
    private static boolean outside(int at, int size, int offset, int precision) {
        return at < offset || at + size > offset + precision;
    }

    private static boolean overlap(int at, int size, int otherAt, int otherSize) {
        return at < otherAt + otherSize && otherAt < at + size;
    }

    private static StringType string(Cursor c, Head head) {
        return new StringType(head.size, false, textPadding(c, head.bits & 15), charset(c, head.bits >> 4 & 15));
    }

    private static StringType.Padding textPadding(Cursor c, int code) {
        return switch (code) {
            case 0 -> StringType.Padding.NULL_TERMINATED;
            case 1 -> StringType.Padding.NULL_PADDED;
            case 2 -> StringType.Padding.SPACE_PADDED;
            default -> throw c.malformed("string padding " + code + ", expected 0 to 2");
        };
    }

    private static StringType.CharacterSet charset(Cursor c, int code) {
        return switch (code) {
            case 0 -> StringType.CharacterSet.ASCII;
            case 1 -> StringType.CharacterSet.UTF_8;
            default -> throw c.malformed("character set " + code + ", expected 0 or 1");
        };
    }

    private static ReferenceType reference(Cursor c, Head head) {
        int code = head.bits & 15;
        int encoding = head.bits >> 4 & 15;
        ReferenceType.Kind kind = switch (code) {
            case 0 -> ReferenceType.Kind.OBJECT;
            case 1 -> ReferenceType.Kind.REGION;
            case 2 -> ReferenceType.Kind.REVISED_OBJECT;
            case 3 -> ReferenceType.Kind.REVISED_REGION;
            case 4 -> ReferenceType.Kind.ATTRIBUTE;
            default -> throw c.malformed("reference type " + code + ", expected 0 to 4");
        };
        if (code >= 2 && encoding != 1) {
            throw c.unsupported("reference encoding version " + encoding);
        }
        // Behind the address: of a region the index in its heap, of a revised one that, its kind, flags and length.
        int behind = code == 0 ? 0 : code == 1 ? 4 : 10;
        int address = c.origin().sizeOfOffsets();
        if (head.size != address + behind && (code >= 2 || head.size != 8 + behind)) {
            throw c.malformed("reference of " + head.size + " bytes, expected " + (address + behind));
        }
        return new ReferenceType(head.sized(c), kind);
    }

    /**
     * Parses a variable-length type. An element is a length of 4 bytes, the address of a global heap collection and an
     * index of 4 bytes: 16 bytes with addresses of 8.
     */
    private static ElementType variable(Cursor c, Head head, int depth) {
        int kind = head.bits & 15;
        if (kind > 1) {
            throw c.malformed("variable-length type " + kind + ", expected 0 or 1");
        }
        int expected = 8 + c.origin().sizeOfOffsets();
        if (head.size != expected) {
            throw c.malformed("variable-length element of " + head.size + " bytes, expected " + expected);
        }
        ElementType base = parse(c, depth + 1);
        if (kind == 1 && base.size() != 1) {
            throw c.malformed("variable-length string of characters of " + base.size() + " bytes, expected 1");
        }
        return kind == 0
                ? new SequenceType(head.size, base)
                : new StringType(head.size, true, textPadding(c, head.bits >> 4 & 15), charset(c, head.bits >> 8 & 15));
    }

    private static ArrayType array(Cursor c, Head head, int depth) {
        int rank = c.u8();
        if (rank == 0 || rank > 32) {
            throw c.malformed("array type of rank " + rank + ", expected 1 to 32");
        }
        if (head.version < 3) {
            c.skip(3);
        }
        long[] dimensions = new long[rank];
        for (int i = 0; i < rank; i++) {
            dimensions[i] = c.u32();
        }
        if (head.version < 3) {
            c.skip(4 * rank);
        }
        return arrayOf(c, dimensions, parse(c, depth + 1), head.size);
    }

    /**
     * An array type whose size is what its parts make it.
     *
     * @param size bytes that the message states; -1 when it states none, as for members of version 1 compounds
     */
    static ArrayType arrayOf(Cursor c, long[] dimensions, ElementType base, int size) {
        Shape shape = Shape.of(dimensions);
        try {
            long bytes = Math.multiplyExact(shape.elementCount(), base.size());
            if (bytes != 0 && (size < 0 ? bytes <= Integer.MAX_VALUE : bytes == size)) {
                return new ArrayType(base, shape);
            }
        } catch (ArithmeticException e) {
            // reported below
        }
        throw c.malformed("array type " + shape + " of " + base.size() + "-byte elements in " + size + " bytes");
    }

    private static ComplexType complex(Cursor c, Head head, int depth) {
        if (!head.bit(0) || (head.bits >> 1 & 3) != 0) {
            throw c.unsupported("complex number that is not homogeneous and rectangular");
        }
        ElementType base = parse(c, depth + 1);
        if (!(base instanceof FloatType part) || head.size != 2 * part.size()) {
            throw c.malformed("complex number of " + head.size + " bytes, its part is " + base);
        }
        return new ComplexType(part);
    }
}
