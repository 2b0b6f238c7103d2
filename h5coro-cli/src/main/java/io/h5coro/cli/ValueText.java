// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

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
final class ValueText {
    private @Nullable PackedBits packed;
    /** Whether an array was the last thing written: the next array element begins a line (a habit of h5dump's). */
    private boolean afterArray;

    /** Says which bits of whole numbers are written; null for all. */
    void packed(@Nullable PackedBits bits) {
        packed = bits;
    }

    /**
     * Adds element i.
     *
     * @param names names what references refer to
     */
    void add(ByteText out, Style.Elements style, H5Array array, int i, Flow flow, ReferenceNames names) {
        new Writer(out, style, flow, names).add(array, i);
    }

    private final class Writer {
        private final ByteText out;
        private final Style.Elements style;
        private final Flow flow;
        private final ReferenceNames names;

        Writer(ByteText out, Style.Elements style, Flow flow, ReferenceNames names) {
            this.out = out;
            this.style = style;
            this.flow = flow;
            this.names = names;
        }

        void add(H5Array array, int i) {
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
                compound(compound, i);
            } else if (array instanceof NestedArray nested) {
                nested(nested, i);
            } else if (array instanceof SequenceArray sequences) {
                sequence(sequences, i);
            } else if (array instanceof ReferenceArray references) {
                out.add(names.inElement(references.type(), references.get(i)));
            } else if (array instanceof ComplexArray complex) {
                Numbers.complex(out, style.floats(), complex, i);
            } else if (type instanceof EnumType) {
                Numbers.enumerated(out, array, i, style.letters());
            } else if (type instanceof OpaqueType && array instanceof OpaqueArray opaque) {
                Numbers.bytes(out, opaque.bytes(i));
            } else if (type instanceof BitfieldType || type instanceof TimeType) {
                Numbers.bitfield(out, array, i);
            }
        }

        private void compound(CompoundArray compound, int i) {
            out.add('{');
            flow.indent++;
            List<H5Array> fields = compound.fields();
            for (int k = 0; k < fields.size(); k++) {
                out.add(k == 0 ? "\n" : ",\n");
                flow.indent(out);
                add(fields.get(k), i);
            }
            flow.indent--;
            out.add('\n');
            flow.indent(out);
            out.add('}');
        }

        private void nested(NestedArray nested, int i) {
            ArrayType type = nested.type();
            int each = Math.toIntExact(type.shape().elementCount());
            long row = type.shape().dimension(type.shape().rank() - 1);
            out.add("[ ");
            flow.indent++;
            for (int k = 0; k < each; k++) {
                if (k > 0) {
                    out.add(',');
                    if (k % row == 0) {
                        out.add('\n');
                        flow.indent(out);
                    } else if (afterArray) {
                        out.add("\n ");
                        flow.indent(out);
                    } else {
                        out.add(' ');
                    }
                }
                afterArray = false;
                add(nested.elements(), i * each + k);
            }
            flow.indent--;
            out.add(" ]");
            afterArray = true;
        }

        private void sequence(SequenceArray sequences, int i) {
            int from = sequences.offset(i);
            int to = sequences.offset(i + 1);
            out.add('(');
            for (int k = from; k < to; k++) {
                if (k > from) {
                    out.add(", ");
                }
                flow.indent++;
                add(sequences.elements(), k);
                flow.indent--;
            }
            out.add(')');
        }
    }
}
