// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.source;

import io.h5coro.export.format.ColumnType;
import io.h5coro.model.ArrayType;
import io.h5coro.model.BitfieldType;
import io.h5coro.model.ComplexType;
import io.h5coro.model.CompoundType;
import io.h5coro.model.ElementType;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatType;
import io.h5coro.model.IntegerType;
import io.h5coro.model.OpaqueType;
import io.h5coro.model.ReferenceType;
import io.h5coro.model.SequenceType;
import io.h5coro.model.StringType;
import java.util.ArrayList;
import java.util.List;

/** The type of a column for each type of HDF5, and what an element takes in memory. */
public final class ColumnTypes {
    /** Of a text or a sequence of variable length: what stands in the dataset, and the place in the array. */
    private static final int VARIABLE_BYTES = 16 + Integer.BYTES;

    private ColumnTypes() {}

    /** Returns the type of a column of such elements. */
    public static ColumnType of(ElementType type) {
        if (type instanceof IntegerType integer) {
            return ColumnType.Whole.of(integer.size(), integer.signed());
        }
        if (type instanceof FloatType floating) {
            return floating(floating);
        }
        if (type instanceof StringType text) {
            return new ColumnType.Text(text.variable() ? ColumnType.Text.VARIABLE : text.size());
        }
        if (type instanceof EnumType names) {
            IntegerType base = names.base();
            return names.isBoolean()
                    ? new ColumnType.Bool()
                    : new ColumnType.Names(ColumnType.Whole.of(base.size(), base.signed()));
        }
        if (type instanceof CompoundType compound) {
            return compound(compound);
        }
        return rarer(type);
    }

    private static ColumnType rarer(ElementType type) {
        if (type instanceof ArrayType array) {
            ColumnType list = of(array.base());
            for (int i = array.shape().rank() - 1; i >= 0; i--) {
                list = new ColumnType.Fixed(list, array.shape().dimension(i));
            }
            return list;
        }
        if (type instanceof SequenceType sequence) {
            return new ColumnType.Listing(of(sequence.base()));
        }
        if (type instanceof BitfieldType bits) {
            return bits.size() > Long.BYTES
                    ? new ColumnType.Bytes(bits.size())
                    : ColumnType.Whole.of(bits.size(), false);
        }
        if (type instanceof OpaqueType opaque) {
            return new ColumnType.Bytes(opaque.size());
        }
        if (type instanceof ComplexType complex && floating(complex.base()) instanceof ColumnType.Floating part) {
            return new ColumnType.Complex(part);
        }
        return new ColumnType.Other(
                type instanceof ReferenceType ? "references mean nothing outside of their file" : type.shortName());
    }

    /** Numbers that are not those of IEEE 754 are doubles where they have no more bytes. */
    private static ColumnType floating(FloatType type) {
        int size = type.size();
        if (size > Double.BYTES) {
            return new ColumnType.Other("floating-point numbers of " + size + " bytes");
        }
        boolean known = type.isIeee() && (size == Short.BYTES || size == Float.BYTES);
        return new ColumnType.Floating(known ? size : Double.BYTES);
    }

    private static ColumnType compound(CompoundType compound) {
        List<ColumnType.Field> fields = new ArrayList<>();
        compound.members().forEach(member -> fields.add(new ColumnType.Field(member.name(), of(member.type()))));
        return fields.isEmpty() ? new ColumnType.Other("compounds without members") : new ColumnType.Struct(fields);
    }

    /** Returns the bytes of an element in memory; of one of variable length, without what it refers to. */
    static long memoryBytes(ElementType type) {
        if (type instanceof StringType text) {
            return text.variable() ? VARIABLE_BYTES : text.size() + Integer.BYTES;
        }
        if (type instanceof SequenceType) {
            return VARIABLE_BYTES;
        }
        if (type instanceof FloatType) {
            return type.size() <= Float.BYTES ? Float.BYTES : Math.max(Double.BYTES, type.size());
        }
        if (type instanceof CompoundType compound) {
            return compound.members().stream()
                    .mapToLong(member -> memoryBytes(member.type()))
                    .sum();
        }
        if (type instanceof ArrayType array) {
            return Math.multiplyExact(memoryBytes(array.base()), array.shape().elementCount());
        }
        return type.size() == 3 || type.size() > 4 && type.size() < Long.BYTES ? Long.BYTES : type.size();
    }
}
