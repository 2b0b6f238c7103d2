// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.written;

import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.internal.format.message.DatatypeMessage;
import io.h5coro.model.ArrayType;
import io.h5coro.model.BitfieldType;
import io.h5coro.model.ComplexType;
import io.h5coro.model.CompoundType;
import io.h5coro.model.ElementType;
import io.h5coro.model.ElementType.BitPadding;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatType;
import io.h5coro.model.IntegerType;
import io.h5coro.model.OpaqueType;
import io.h5coro.model.ReferenceType;
import io.h5coro.model.SequenceType;
import io.h5coro.model.Shape;
import io.h5coro.model.StoredText;
import io.h5coro.model.StringType;
import io.h5coro.model.TimeType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Datatypes of all classes and versions, nested. */
final class TypeWriters {
    /** Sign, exponent and mantissa, as they may follow each other. */
    private static final int[][] FIELD_ORDERS = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

    private TypeWriters() {}

    /** A type as written. */
    private record Type(MessageBytes bytes, ElementType says) {}

    static Map<String, Written.Writer> all() {
        return Map.of("datatype", draw -> {
            Type type = any(draw, 0);
            return new Written(type.bytes, type.says, DatatypeMessage::parse);
        });
    }

    /** Of a class that may be nested, or of one that holds no other where that is deep enough. */
    private static Type any(Draw draw, int depth) {
        return switch (depth < 3 ? draw.between(0, 11) : draw.any(0, 1, 2, 3, 4, 5, 7)) {
            case 0 -> integer(draw);
            case 1 -> floating(draw);
            case 2 -> time(draw);
            case 3 -> string(draw);
            case 4 -> bitfield(draw);
            case 5 -> opaque(draw);
            case 6 -> compound(draw, depth);
            case 7 -> reference(draw);
            case 8 -> enumeration(draw);
            case 9 -> variable(draw, depth);
            case 10 -> array(draw, depth);
            default -> complex(draw);
        };
    }

    private static MessageBytes head(Draw draw, int kind, int bits, long size) {
        return head(draw, new int[] {kind, draw.between(1, 5)}, bits, size);
    }

    /** The eight bytes in front of the properties; {@code of} is class and version. */
    private static MessageBytes head(Draw draw, int[] of, int bits, long size) {
        return draw.bytes().u8(of[0] | of[1] << 4).u24(bits).u32(size);
    }

    private static Order order(Draw draw) {
        return draw.any(Order.LITTLE_ENDIAN, Order.BIG_ENDIAN);
    }

    private static BitPadding padding(Draw draw) {
        return draw.any(BitPadding.ZERO, BitPadding.ONE);
    }

    private static int bit(Enum<?> of, Enum<?> set, int bit) {
        return of == set ? 1 << bit : 0;
    }

    private static Type integer(Draw draw) {
        int size = draw.between(1, 64);
        int offset = draw.between(0, 8 * size - 1);
        int precision = draw.between(1, 8 * size - offset);
        return integer(
                draw, new IntegerType(size, order(draw), draw.flag(), offset, precision, padding(draw), padding(draw)));
    }

    private static Type integer(Draw draw, IntegerType type) {
        int bits = bit(type.order(), Order.BIG_ENDIAN, 0)
                | bit(type.lowPadding(), BitPadding.ONE, 1)
                | bit(type.highPadding(), BitPadding.ONE, 2)
                | (type.signed() ? 8 : 0);
        return new Type(head(draw, 0, bits, type.size()).u16(type.offset(), type.precision()), type);
    }

    private static Type bitfield(Draw draw) {
        int size = draw.between(1, 64);
        int offset = draw.between(0, 8 * size - 1);
        BitfieldType type = new BitfieldType(
                size, order(draw), offset, draw.between(1, 8 * size - offset), padding(draw), padding(draw));
        int bits = bit(type.order(), Order.BIG_ENDIAN, 0)
                | bit(type.lowPadding(), BitPadding.ONE, 1)
                | bit(type.highPadding(), BitPadding.ONE, 2);
        return new Type(head(draw, 4, bits, size).u16(offset, type.precision()), type);
    }

    /** Fields lie anywhere in the precision, in any order, and share no bits. Positions have 8 bits. */
    private static Type floating(Draw draw) {
        int size = draw.between(1, 16);
        int offset = draw.between(0, 8 * size - 3);
        int precision = draw.between(3, 8 * size - offset);
        int exponentSize = draw.between(1, Math.min(31, precision - 2));
        int mantissaSize = draw.between(1, precision - 1 - exponentSize);
        int[] sizes = {1, exponentSize, mantissaSize};
        int[] at = new int[3];
        int next = offset;
        int free = precision - 1 - exponentSize - mantissaSize;
        for (int field : draw.any(FIELD_ORDERS)) {
            int gap = draw.between(0, free);
            free -= gap;
            at[field] = next + gap;
            next = at[field] + sizes[field];
        }
        int version = draw.between(1, 5);
        // VAX order is of words of two bytes. Before version 3 its bit says nothing.
        Order drawn = version >= 3 && size % 2 != 0
                ? draw.any(Order.LITTLE_ENDIAN, Order.BIG_ENDIAN)
                : draw.any(Order.LITTLE_ENDIAN, Order.BIG_ENDIAN, Order.VAX);
        Order order = drawn == Order.VAX && version < 3 ? Order.BIG_ENDIAN : drawn;
        FloatType type = new FloatType(
                size,
                order,
                offset,
                precision,
                padding(draw),
                padding(draw),
                padding(draw),
                draw.any(FloatType.Normalization.values()),
                at[0],
                at[1],
                exponentSize,
                at[2],
                mantissaSize,
                draw.u32());
        int bits = (order == Order.LITTLE_ENDIAN ? 0 : 1)
                | bit(drawn, Order.VAX, 6)
                | bit(type.lowPadding(), BitPadding.ONE, 1)
                | bit(type.highPadding(), BitPadding.ONE, 2)
                | bit(type.internalPadding(), BitPadding.ONE, 3)
                | type.normalization().ordinal() << 4
                | type.signLocation() << 8;
        MessageBytes bytes = head(draw, new int[] {1, version}, bits, size)
                .u16(offset, precision)
                .u8(type.exponentLocation(), exponentSize, type.mantissaLocation(), mantissaSize)
                .u32(type.exponentBias());
        return new Type(bytes, type);
    }

    private static Type time(Draw draw) {
        TimeType type = new TimeType(draw.between(1, 16), order(draw), draw.u16());
        int bits = bit(type.order(), Order.BIG_ENDIAN, 0);
        return new Type(head(draw, 2, bits, type.size()).u16(type.precision()), type);
    }

    private static Type string(Draw draw) {
        StringType type = new StringType(
                draw.between(1, 1 << 20),
                false,
                draw.any(StringType.Padding.values()),
                draw.any(StringType.CharacterSet.values()));
        int bits = type.padding().ordinal() | type.charset().ordinal() << 4;
        return new Type(head(draw, 3, bits, type.size()), type);
    }

    private static Type opaque(Draw draw) {
        String tag = draw.name().text();
        MessageBytes text =
                HeaderWriters.raw(draw.bytes(), StoredText.of(tag).bytes()).u8(0);
        text.zeros((8 - text.size() % 8) % 8);
        OpaqueType type = new OpaqueType(draw.between(1, 1 << 20), tag);
        return new Type(head(draw, 5, text.size(), type.size()).add(text), type);
    }

    private static Type reference(Draw draw) {
        int code = draw.between(0, 4);
        ReferenceType.Kind kind = List.of(
                        ReferenceType.Kind.OBJECT,
                        ReferenceType.Kind.REGION,
                        ReferenceType.Kind.REVISED_OBJECT,
                        ReferenceType.Kind.REVISED_REGION,
                        ReferenceType.Kind.ATTRIBUTE)
                .get(code);
        // An address, and for a region the index in a heap behind it; or as libhdf5 writes them whatever the widths
        // are.
        int old = (draw.flag() ? 8 : draw.offsets()) + (code == 1 ? 4 : 0);
        int size = code < 2 ? old : draw.offsets() + 10;
        return new Type(head(draw, 7, code | (code >= 2 ? 1 << 4 : 0), size), new ReferenceType(size, kind));
    }

    /** Names differ; libhdf5 cuts no member short, so each lies inside. */
    private static Type compound(Draw draw, int depth) {
        int version = draw.between(1, 5);
        Set<StoredText> names = new LinkedHashSet<>(draw.some(1, 5, draw::name));
        List<Type> types = new ArrayList<>();
        List<CompoundType.Member> members = new ArrayList<>();
        long end = 0;
        for (StoredText name : names) {
            long offset = end + draw.between(0, 9);
            Type type = any(draw, depth + 1);
            int[] dimensions = version == 1
                    ? draw.some(0, 4, () -> draw.between(1, 3)).stream()
                            .mapToInt(i -> i)
                            .toArray()
                    : new int[0];
            long[] shape = java.util.Arrays.stream(dimensions).asLongStream().toArray();
            ElementType says = shape.length == 0 ? type.says : new ArrayType(type.says, Shape.of(shape));
            MessageBytes member = draw.bytes();
            if (version == 1) {
                member.u8(shape.length).zeros(3).u32(draw.u32(), draw.u32());
                for (int d = 0; d < 4; d++) {
                    member.u32(d < shape.length ? shape[d] : draw.u32());
                }
            }
            types.add(new Type(member.add(type.bytes), says));
            members.add(new CompoundType.Member(name, (int) offset, says));
            end = offset + says.size();
        }
        int size = (int) (end + draw.between(0, 9));
        MessageBytes bytes = head(draw, new int[] {6, version}, names.size(), size);
        for (int i = 0; i < types.size(); i++) {
            name(bytes, members.get(i).storedName(), version);
            int width = version >= 3 ? bytesOf(size) : 4;
            HeaderWriters.number(bytes, members.get(i).offset(), width).add(types.get(i).bytes);
        }
        return new Type(bytes, new CompoundType(size, members));
    }

    /** Bytes that a number needs. */
    private static int bytesOf(int number) {
        int width = 1;
        while (width < 4 && number >> (8 * width) != 0) {
            width++;
        }
        return width;
    }

    private static void name(MessageBytes bytes, StoredText name, int version) {
        HeaderWriters.raw(bytes, name.bytes()).u8(0);
        int length = name.length() + 1;
        bytes.zeros(version < 3 ? (8 - length % 8) % 8 : 0);
    }

    /** Values fit into the precision, whose sign is that of the base. */
    private static Type enumeration(Draw draw) {
        int version = draw.between(1, 5);
        int size = draw.between(1, 8);
        int offset = draw.between(0, 8 * size - 1);
        int precision = draw.between(1, 8 * size - offset);
        IntegerType base =
                new IntegerType(size, order(draw), draw.flag(), offset, precision, padding(draw), padding(draw));
        List<EnumType.Member> members = new ArrayList<>();
        MessageBytes names = draw.bytes();
        MessageBytes values = draw.bytes();
        for (StoredText name : new LinkedHashSet<>(draw.some(0, 5, draw::name))) {
            BigInteger bits = BigInteger.valueOf(draw.between(Long.MIN_VALUE + 1, Long.MAX_VALUE))
                    .mod(BigInteger.ONE.shiftLeft(precision));
            BigInteger value = base.signed() && bits.testBit(precision - 1)
                    ? bits.subtract(BigInteger.ONE.shiftLeft(precision))
                    : bits;
            members.add(new EnumType.Member(name, value.longValue()));
            name(names, name, version);
            BigInteger stored = bits.shiftLeft(offset);
            for (int i = 0; i < size; i++) {
                int at = base.order() == Order.LITTLE_ENDIAN ? i : size - 1 - i;
                values.u8(stored.shiftRight(8 * at).intValue() & 0xff);
            }
        }
        MessageBytes bytes = head(draw, new int[] {8, version}, members.size(), size);
        bytes.add(integer(draw, base).bytes).add(names).add(values);
        return new Type(bytes, new EnumType(base, members));
    }

    private static Type variable(Draw draw, int depth) {
        int size = 8 + draw.offsets();
        if (draw.flag()) {
            Type base = any(draw, depth + 1);
            return new Type(head(draw, 9, 0, size).add(base.bytes), new SequenceType(size, base.says));
        }
        StringType type = new StringType(
                size, true, draw.any(StringType.Padding.values()), draw.any(StringType.CharacterSet.values()));
        int bits = 1 | type.padding().ordinal() << 4 | type.charset().ordinal() << 8;
        MessageBytes character = head(draw, 0, draw.between(0, 15), 1).u16(0, 8);
        return new Type(head(draw, 9, bits, size).add(character), type);
    }

    private static Type array(Draw draw, int depth) {
        int version = draw.between(1, 5);
        Type base = any(draw, depth + 1);
        long[] shape = draw.some(1, 5, () -> draw.between(1, 3)).stream()
                .mapToLong(i -> i)
                .toArray();
        ArrayType type = new ArrayType(base.says, Shape.of(shape));
        MessageBytes bytes = head(draw, new int[] {10, version}, 0, type.size()).u8(shape.length);
        bytes.zeros(version < 3 ? 3 : 0).u32(shape);
        for (int d = 0; version < 3 && d < shape.length; d++) {
            bytes.u32(d);
        }
        return new Type(bytes.add(base.bytes), type);
    }

    private static Type complex(Draw draw) {
        Type part = floating(draw);
        ComplexType type = new ComplexType((FloatType) part.says);
        return new Type(head(draw, 11, 1, 2L * part.says.size()).add(part.bytes), type);
    }
}
