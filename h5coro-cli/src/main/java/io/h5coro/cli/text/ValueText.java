// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import io.h5coro.model.ArrayType;
import io.h5coro.model.BitfieldType;
import io.h5coro.model.ByteArray;
import io.h5coro.model.ComplexArray;
import io.h5coro.model.CompoundArray;
import io.h5coro.model.ElementType;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.NestedArray;
import io.h5coro.model.OpaqueArray;
import io.h5coro.model.OpaqueType;
import io.h5coro.model.ReferenceArray;
import io.h5coro.model.SequenceArray;
import io.h5coro.model.StringArray;
import io.h5coro.model.TimeType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Single elements of any type as text (the behaviour of h5tools_str_sprint). Confined to one thread.
 *
 * <p>Compounds and arrays of several dimensions have lines of their own inside an element.
 */
public final class ValueText {
    private final Page page;
    private final ReferenceText names;
    private final @Nullable PackedBits packed;
    private final boolean converted;
    /** Whether an array was the last thing written: the next array element begins a line (a habit of h5dump's). */
    private boolean afterArray;

    /**
     * Elements on a page.
     *
     * @param names names what references refer to
     * @param packed which bits of whole numbers are written; null for all
     */
    public ValueText(Page page, ReferenceText names, @Nullable PackedBits packed) {
        this(page, names, packed, true);
    }

    private ValueText(Page page, ReferenceText names, @Nullable PackedBits packed, boolean converted) {
        this.page = page;
        this.names = names;
        this.packed = packed;
        this.converted = converted;
    }

    /** The same for values that libhdf5 does not convert. */
    ValueText unconverted() {
        return new ValueText(page, names, packed, false);
    }

    /** Adds element i, with all that is nested in it. Its lines are separated by line feeds; it ends without one. */
    public void add(ByteText out, H5Array array, int i) {
        Style.Elements style = page.style().text();
        ElementType type = array.type();
        if (type instanceof IntegerType integer) {
            if (style.characters() && array instanceof ByteArray && integer.precision() <= 8) {
                Chars.one(out, (byte) array.getLong(i), style.escape());
            } else {
                Numbers.integer(out, array, i, packed);
            }
        } else if (type instanceof FloatType) {
            Numbers.floating(out, style.floats(), array, i);
        } else if (array instanceof StringArray strings) {
            Chars.quoted(out, strings, i, style);
        } else if (array instanceof CompoundArray compound) {
            compound(out, compound, i);
        } else if (array instanceof NestedArray nested) {
            nested(out, nested, i);
        } else if (array instanceof SequenceArray sequences) {
            sequence(out, sequences, i);
        } else if (array instanceof ReferenceArray references) {
            out.add(names.inElement(references.type(), references.get(i)));
        } else if (array instanceof ComplexArray complex) {
            Numbers.complex(out, style.floats(), complex, i);
        } else if (type instanceof EnumType) {
            if (converted || Numbers.isNamed(array, i)) {
                Numbers.enumerated(out, array, i, style.letters());
            } else {
                Numbers.bytes(out, array, i);
            }
        } else if (type instanceof OpaqueType && array instanceof OpaqueArray opaque) {
            Numbers.bytes(out, opaque.bytes(i));
        } else if (type instanceof BitfieldType || type instanceof TimeType) {
            Numbers.bitfield(out, array, i);
        }
    }

    /** Adds a compound over several lines, one for each member. */
    private void compound(ByteText out, CompoundArray compound, int i) {
        out.add('{');
        page.deeper();
        List<H5Array> fields = compound.fields();
        for (int k = 0; k < fields.size(); k++) {
            out.add(k == 0 ? "\n" : ",\n");
            page.indent(out);
            add(out, fields.get(k), i);
        }
        page.back();
        out.add('\n');
        page.indent(out);
        out.add('}');
    }

    /** Adds an array; each row of its last dimension but the first begins a line. */
    private void nested(ByteText out, NestedArray nested, int i) {
        ArrayType type = nested.type();
        int each = Math.toIntExact(type.shape().elementCount());
        long row = type.shape().dimension(type.shape().rank() - 1);
        out.add("[ ");
        page.deeper();
        for (int k = 0; k < each; k++) {
            if (k > 0) {
                out.add(',');
                if (k % row == 0) {
                    out.add('\n');
                    page.indent(out);
                } else if (afterArray) {
                    out.add("\n ");
                    page.indent(out);
                } else {
                    out.add(' ');
                }
            }
            afterArray = false;
            add(out, nested.elements(), i * each + k);
        }
        page.back();
        out.add(" ]");
        afterArray = true;
    }

    /** Adds a sequence in round brackets, which are empty for one of no elements. */
    private void sequence(ByteText out, SequenceArray sequences, int i) {
        int from = sequences.offset(i);
        int to = sequences.offset(i + 1);
        out.add('(');
        for (int k = from; k < to; k++) {
            if (k > from) {
                out.add(", ");
            }
            page.deeper();
            add(out, sequences.elements(), k);
            page.back();
        }
        out.add(')');
    }
}
