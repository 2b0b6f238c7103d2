// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.wire;

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
import io.h5coro.model.Shape;
import io.h5coro.model.StringType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.msgpack.core.MessagePacker;

/**
 * A type of HDF5 elements as numpy has it, least significant byte first. Immutable.
 *
 * <pre>
 * HDF5                     numpy
 * integer, bit field       &lt;i4, &lt;u4; 3 bytes in 4, 5 to 7 bytes in 8
 * enumeration              its integers
 * IEEE number              &lt;f2, &lt;f4, &lt;f8; numbers of other kinds up to 64 bits are &lt;f8
 * complex number           &lt;c8, &lt;c16
 * text of fixed length     S20
 * opaque                   V20
 * compound                 {names: [..], formats: [..]}
 * array                    of a member: (2,3,)&lt;f4; of a dataset: its dimensions are the last ones of the shape
 * text of any length       str
 * list of any length       O, an object
 * </pre>
 *
 * @param element type of one value, without the dimensions of an array type
 * @param inner dimensions of an array type; none for others
 */
record NumpyType(ColumnType element, Shape inner) {
    private static final int LARGEST_DESCRIPTION = 700;

    /**
     * Returns the type of elements.
     *
     * @throws WireException with status 501 when clients have no such type
     */
    static NumpyType of(ElementType type) {
        Shape inner = Shape.scalar();
        ElementType element = type;
        while (element instanceof ArrayType array) {
            inner = inner.append(array.shape());
            element = array.base();
        }
        return new NumpyType(column(element, false), inner);
    }

    /** Returns whether values have any length, so that they are a list in place of bytes. */
    boolean isVariable() {
        return element instanceof ColumnType.Listing || isText();
    }

    /** Returns whether values are texts of any length. */
    boolean isText() {
        return element instanceof ColumnType.Text text && text.bytes() == ColumnType.Text.VARIABLE;
    }

    /** Returns the bytes of one element of the dataset; of one of variable length an estimate. */
    long elementBytes() {
        return Math.multiplyExact(isVariable() ? 64 : bytes(element), inner.elementCount());
    }

    /** Returns what clients know as the kind: nothing but for values of variable length. */
    String kind() {
        return isVariable() ? "V" : "";
    }

    /** Writes the description that numpy.dtype takes. */
    void pack(MessagePacker out) throws IOException {
        pack(element, out);
    }

    private static void pack(ColumnType type, MessagePacker out) throws IOException {
        if (!(type instanceof ColumnType.Struct struct)) {
            out.packString(code(type));
            return;
        }
        out.packMapHeader(2);
        out.packString("names").packArrayHeader(struct.fields().size());
        for (ColumnType.Field field : struct.fields()) {
            out.packString(field.name());
        }
        out.packString("formats").packArrayHeader(struct.fields().size());
        for (ColumnType.Field field : struct.fields()) {
            pack(field.type(), out);
        }
    }

    private static String code(ColumnType type) {
        if (type instanceof ColumnType.Whole whole) {
            return "<" + (whole.signed() ? "i" : "u") + whole.bytes();
        }
        if (type instanceof ColumnType.Floating floating) {
            return "<f" + floating.bytes();
        }
        if (type instanceof ColumnType.Complex complex) {
            return "<c" + 2 * complex.part().bytes();
        }
        if (type instanceof ColumnType.Text text) {
            return text.bytes() == ColumnType.Text.VARIABLE ? "str" : "S" + text.bytes();
        }
        if (type instanceof ColumnType.Bytes bytes) {
            return "V" + bytes.length();
        }
        if (type instanceof ColumnType.Fixed) {
            StringBuilder shape = new StringBuilder("(");
            ColumnType inside = type;
            while (inside instanceof ColumnType.Fixed list) {
                shape.append(list.length()).append(',');
                inside = list.element();
            }
            return shape.append(')').append(code(inside)).toString();
        }
        return "O";
    }

    /** Returns the bytes of a value. */
    static long bytes(ColumnType type) {
        if (type instanceof ColumnType.Whole whole) {
            return whole.bytes();
        }
        if (type instanceof ColumnType.Floating floating) {
            return floating.bytes();
        }
        if (type instanceof ColumnType.Complex complex) {
            return 2L * complex.part().bytes();
        }
        if (type instanceof ColumnType.Text text) {
            return text.bytes();
        }
        if (type instanceof ColumnType.Bytes bytes) {
            return bytes.length();
        }
        if (type instanceof ColumnType.Fixed list) {
            return Math.multiplyExact(list.length(), bytes(list.element()));
        }
        return ((ColumnType.Struct) type)
                .fields().stream().mapToLong(field -> bytes(field.type())).sum();
    }

    private static ColumnType column(ElementType type, boolean inside) {
        if (type instanceof IntegerType integer) {
            return whole(integer.size(), integer.signed());
        }
        if (type instanceof EnumType names) {
            return whole(names.base().size(), names.base().signed());
        }
        if (type instanceof FloatType floating) {
            return floating(floating);
        }
        if (type instanceof StringType text) {
            if (text.variable() && inside) {
                throw WireException.unsupported("texts of variable length inside of compounds, arrays or lists");
            }
            return new ColumnType.Text(text.variable() ? ColumnType.Text.VARIABLE : text.size());
        }
        if (type instanceof CompoundType compound) {
            return compound(compound);
        }
        return rarer(type, inside);
    }

    private static ColumnType rarer(ElementType type, boolean inside) {
        if (type instanceof SequenceType sequence && !inside) {
            return new ColumnType.Listing(column(sequence.base(), true));
        }
        if (type instanceof ArrayType array) {
            ColumnType list = column(array.base(), true);
            if (list instanceof ColumnType.Struct) {
                throw WireException.unsupported("arrays of compounds inside of compounds");
            }
            for (int i = array.shape().rank() - 1; i >= 0; i--) {
                list = new ColumnType.Fixed(list, array.shape().dimension(i));
            }
            return list;
        }
        if (type instanceof BitfieldType bits) {
            return bits.size() > Long.BYTES ? new ColumnType.Bytes(bits.size()) : whole(bits.size(), false);
        }
        if (type instanceof OpaqueType opaque) {
            return new ColumnType.Bytes(opaque.size());
        }
        if (type instanceof ComplexType complex && floating(complex.base()).bytes() > Short.BYTES) {
            return new ColumnType.Complex(floating(complex.base()));
        }
        String reason = type instanceof ReferenceType ? "references mean nothing outside of their file" : "";
        throw WireException.unsupported(reason.isEmpty() ? "values of type " + type.shortName() : reason);
    }

    private static ColumnType.Whole whole(int size, boolean signed) {
        ColumnType.Whole whole = ColumnType.Whole.of(size, signed);
        if (whole.bytes() == ColumnType.Whole.WIDE) {
            throw WireException.unsupported("whole numbers of more than 8 bytes");
        }
        return whole;
    }

    private static ColumnType.Floating floating(FloatType type) {
        int size = type.size();
        if (size > Double.BYTES) {
            throw WireException.unsupported("floating-point numbers of " + size + " bytes");
        }
        boolean known = type.isIeee() && (size == Short.BYTES || size == Float.BYTES);
        return new ColumnType.Floating(known ? size : Double.BYTES);
    }

    private static ColumnType compound(CompoundType compound) {
        List<ColumnType.Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int length = 0;
        for (CompoundType.Member member : compound.members()) {
            ColumnType type = column(member.type(), true);
            fields.add(new ColumnType.Field(member.name(), type));
            length += 16 + 3 * member.name().length();
            if (!names.add(member.name())) {
                throw WireException.unsupported("compounds with two members of one name");
            }
        }
        if (fields.isEmpty() || length > LARGEST_DESCRIPTION) {
            throw WireException.unsupported(
                    fields.isEmpty()
                            ? "compounds without members"
                            : "compounds whose members have more names than the header of 1,024 bytes that clients"
                                    + " read has room for");
        }
        return new ColumnType.Struct(fields);
    }
}
