// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import io.h5coro.model.ArrayType;
import io.h5coro.model.BigIntegerArray;
import io.h5coro.model.BitfieldType;
import io.h5coro.model.ComplexArray;
import io.h5coro.model.CompoundArray;
import io.h5coro.model.CompoundType;
import io.h5coro.model.ElementType;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatArray;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.NestedArray;
import io.h5coro.model.OpaqueArray;
import io.h5coro.model.Reference;
import io.h5coro.model.ReferenceArray;
import io.h5coro.model.SequenceArray;
import io.h5coro.model.Shape;
import io.h5coro.model.StringArray;
import io.h5coro.model.WideFloatArray;
import java.util.List;
import java.util.function.Function;

/**
 * Values on one line: numbers with the fewest digits that give them back, compounds as {@code {a: 1, b: 2}}, sequences
 * and arrays in brackets. Confined to one thread.
 */
public final class InlineText {
    private final StringBuilder out;
    private final Function<Reference, String> references;
    /** Elements of one dimension that are written; {@code ...} stands for the others. */
    private final int most;

    /** Adds to a text, with everything in it. */
    public InlineText(StringBuilder out) {
        this(out, Reference::toString, Integer.MAX_VALUE);
    }

    /**
     * Adds to a text.
     *
     * @param references what references refer to
     * @param most elements of one dimension that are written, at least 1
     */
    public InlineText(StringBuilder out, Function<Reference, String> references, int most) {
        this.out = out;
        this.references = references;
        this.most = most;
    }

    /** Adds all values: one alone, several with commas between, those of several dimensions in brackets. */
    public void all(H5Array array) {
        Shape shape = array.shape();
        if (shape.rank() == 0) {
            add(array, 0);
        } else if (shape.rank() == 1 && array.length() > 0) {
            run(array, 0, array.length());
        } else {
            nested(array, shape, 0, 0, array.length());
        }
    }

    /** Adds element i. */
    public void add(H5Array array, int i) {
        ElementType type = array.type();
        if (array instanceof StringArray strings) {
            quoted(strings.getString(i));
        } else if (array instanceof CompoundArray compound) {
            compound(compound, i);
        } else if (array instanceof NestedArray nested) {
            Shape shape = ((ArrayType) type).shape();
            int each = Math.toIntExact(shape.elementCount());
            nested(nested.elements(), shape, 0, i * each, (i + 1) * each);
        } else if (array instanceof SequenceArray sequences) {
            out.append('[');
            run(sequences.elements(), sequences.offset(i), sequences.offset(i + 1));
            out.append(']');
        } else if (array instanceof ReferenceArray values) {
            out.append(VisibleText.of(references.apply(values.get(i))));
        } else if (array instanceof OpaqueArray opaque) {
            hex(opaque.bytes(i));
        } else if (array instanceof ComplexArray complex) {
            complex(complex, i);
        } else {
            number(array, i);
        }
    }

    private void number(H5Array array, int i) {
        ElementType type = array.type();
        if (type instanceof EnumType enumeration) {
            out.append(VisibleText.of(enumeration
                    .nameOf(array.getBits(i))
                    .orElseGet(() -> array.getBigInteger(i).toString())));
        } else if (type instanceof BitfieldType && !(array instanceof BigIntegerArray)) {
            out.append("0x").append(Long.toHexString(array.getBits(i)));
        } else if (type instanceof FloatType) {
            floating(array, i);
        } else if (array instanceof BigIntegerArray) {
            out.append(array.getBigInteger(i));
        } else {
            long bits = array.getBits(i);
            boolean unsigned = bits < 0 && !isSigned(type);
            out.append(unsigned ? Long.toUnsignedString(bits) : Long.toString(bits));
        }
    }

    private static boolean isSigned(ElementType type) {
        return !(type instanceof io.h5coro.model.IntegerType integer) || integer.signed();
    }

    private void floating(H5Array array, int i) {
        if (array instanceof WideFloatArray wide) {
            WideFloat.exact(wide, i).ifPresentOrElse(out::append, () -> out.append(Digits.of(wide.getDouble(i))));
        } else if (array instanceof FloatArray floats) {
            out.append(Digits.of(floats.values()[i]));
        } else {
            out.append(Digits.of(array.getDouble(i)));
        }
    }

    private void complex(ComplexArray complex, int i) {
        floating(complex.parts(), 2 * i);
        int at = out.length();
        floating(complex.parts(), 2 * i + 1);
        if (out.charAt(at) != '-') {
            out.insert(at, '+');
        }
        out.append('i');
    }

    private void compound(CompoundArray compound, int i) {
        List<CompoundType.Member> members = compound.type().members();
        out.append('{');
        for (int k = 0; k < members.size(); k++) {
            out.append(k == 0 ? "" : ", ")
                    .append(VisibleText.of(members.get(k).name()))
                    .append(": ");
            add(compound.fields().get(k), i);
        }
        out.append('}');
    }

    /** Adds elements {@code [from, to)} with commas between. */
    private void run(H5Array array, int from, int to) {
        for (int i = from; i < to; i++) {
            out.append(i == from ? "" : ", ");
            if (i - from >= most) {
                out.append("...");
                return;
            }
            add(array, i);
        }
    }

    /** Adds the elements {@code [from, to)} of a box, which begins with a dimension of its shape. */
    private void nested(H5Array array, Shape shape, int dimension, int from, int to) {
        out.append('[');
        if (dimension + 1 >= shape.rank()) {
            run(array, from, to);
        } else {
            int count = Math.toIntExact(shape.dimension(dimension));
            int each = count == 0 ? 0 : (to - from) / count;
            for (int k = 0; k < count; k++) {
                out.append(k == 0 ? "" : ", ");
                if (k >= most) {
                    out.append("...");
                    break;
                }
                nested(array, shape, dimension + 1, from + k * each, from + (k + 1) * each);
            }
        }
        out.append(']');
    }

    private void hex(byte[] bytes) {
        out.append("0x");
        for (byte b : bytes) {
            out.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
        }
    }

    private void quoted(String text) {
        out.append('"')
                .append(VisibleText.of(text.replace("\\", "\\\\").replace("\"", "\\\"")))
                .append('"');
    }
}
