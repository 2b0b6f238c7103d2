// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.math.BigInteger;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * An array in a line of bounded length, for messages and debuggers: type, shape and the first values, as in
 * "float32 (7000,) [1811.2, 1800.3, …]". Confined to one call.
 */
final class ArrayText {
    private static final int MOST_VALUES = 6;
    private static final int MOST_MEMBERS = 8;
    private static final int MOST_BYTES = 16;
    private static final int MOST_BITS = 512;

    /** Beyond this length no further value is written. */
    private static final int MOST_LETTERS = 200;

    private final StringBuilder text = new StringBuilder();

    private ArrayText() {}

    static String of(H5Array array) {
        ArrayText line = new ArrayText();
        line.text
                .append(array.type().shortName())
                .append(' ')
                .append(array.shape())
                .append(' ');
        if (array.shape().rank() == 0 && array.length() == 1) {
            line.value(array, 0);
        } else {
            line.list(0, array.length(), i -> line.value(array, i));
        }
        return line.text.toString();
    }

    private void list(int from, int to, IntConsumer value) {
        text.append('[');
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ", ");
            if (i - from == MOST_VALUES || text.length() > MOST_LETTERS) {
                text.append('…');
                break;
            }
            value.accept(i);
        }
        text.append(']');
    }

    private void value(H5Array array, int i) {
        if (array instanceof CompoundArray compound) {
            compound(compound, i);
        } else if (array instanceof NestedArray nested) {
            int each = Math.toIntExact(nested.type().shape().elementCount());
            list(i * each, (i + 1) * each, k -> value(nested.elements(), k));
        } else if (array instanceof SequenceArray sequences) {
            list(sequences.offset(i), sequences.offset(i + 1), k -> value(sequences.elements(), k));
        } else if (array instanceof StringArray strings) {
            text.append(strings.isNil(i) ? "nil" : '"' + VisibleText.of(strings.start(i), StringArray.START) + '"');
        } else if (array instanceof OpaqueArray opaque) {
            bytes(opaque, i);
        } else if (array instanceof ReferenceArray references) {
            text.append(references.get(i));
        } else if (array instanceof ComplexArray complex) {
            value(complex.parts(), 2 * i);
            text.append(complex.imaginary(i) < 0 ? "" : "+");
            value(complex.parts(), 2 * i + 1);
            text.append('i');
        } else {
            text.append(number(array, i));
        }
    }

    private static String number(H5Array array, int i) {
        if (array instanceof FloatArray floats) {
            return Float.toString(floats.values()[i]);
        }
        if (array.type() instanceof FloatType) {
            return Double.toString(array.getDouble(i));
        }
        if (array.type() instanceof EnumType) {
            return VisibleText.of(array.getString(i), StringArray.START);
        }
        BigInteger value = array.getBigInteger(i);
        return value.bitLength() > MOST_BITS ? "(" + value.bitLength() + " bits)" : value.toString();
    }

    private void compound(CompoundArray compound, int i) {
        text.append('{');
        List<CompoundType.Member> members = compound.type().members();
        for (int k = 0; k < members.size(); k++) {
            text.append(k == 0 ? "" : ", ");
            if (k == MOST_MEMBERS || text.length() > MOST_LETTERS) {
                text.append('…');
                break;
            }
            text.append(VisibleText.of(members.get(k).name(), StringArray.START))
                    .append(": ");
            value(compound.fields().get(k), i);
        }
        text.append('}');
    }

    private void bytes(OpaqueArray opaque, int i) {
        int size = opaque.type().size();
        text.append("0x");
        for (int k = 0; k < Math.min(size, MOST_BYTES); k++) {
            text.append(String.format("%02x", opaque.bytes()[i * size + k]));
        }
        text.append(size > MOST_BYTES ? "…" : "");
    }
}
