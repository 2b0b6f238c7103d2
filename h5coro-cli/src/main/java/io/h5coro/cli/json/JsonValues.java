// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.json;

import io.h5coro.cli.text.InlineText;
import io.h5coro.model.ComplexArray;
import io.h5coro.model.CompoundArray;
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
 * Values as JSON. Numbers are exact; NaN and infinities are strings; enumerations are their names, booleans true and
 * false; compounds are objects; opaque values and references are strings; complex numbers are [real, imaginary].
 * Confined to one thread.
 */
public final class JsonValues {
    private final Json json;
    private final Function<Reference, String> references;

    /**
     * Writes into a document.
     *
     * @param references what references refer to
     */
    public JsonValues(Json json, Function<Reference, String> references) {
        this.json = json;
        this.references = references;
    }

    /** Writes all values: one for a scalar, else an array of arrays as deep as there are dimensions. */
    public void all(H5Array array) {
        box(array, array.shape(), 0, 0, array.length());
    }

    private void box(H5Array array, Shape shape, int dimension, int from, int to) {
        if (dimension == shape.rank()) {
            add(array, from);
            return;
        }
        json.array();
        int count = Math.toIntExact(shape.dimension(dimension));
        int each = count == 0 ? 0 : (to - from) / count;
        for (int k = 0; k < count; k++) {
            box(array, shape, dimension + 1, from + k * each, from + (k + 1) * each);
        }
        json.end();
    }

    private void add(H5Array array, int i) {
        if (array instanceof StringArray strings) {
            json.value(strings.getString(i));
        } else if (array instanceof CompoundArray compound) {
            json.object();
            List<H5Array> fields = compound.fields();
            for (int k = 0; k < fields.size(); k++) {
                json.name(compound.type().members().get(k).name());
                add(fields.get(k), i);
            }
            json.end();
        } else if (array instanceof NestedArray nested) {
            Shape shape = nested.type().shape();
            int each = Math.toIntExact(shape.elementCount());
            box(nested.elements(), shape, 0, i * each, (i + 1) * each);
        } else if (array instanceof SequenceArray sequences) {
            json.array();
            for (int k = sequences.offset(i); k < sequences.offset(i + 1); k++) {
                add(sequences.elements(), k);
            }
            json.end();
        } else if (array instanceof ReferenceArray values) {
            json.value(references.apply(values.get(i)));
        } else if (array instanceof ComplexArray complex) {
            json.array();
            add(complex.parts(), 2 * i);
            add(complex.parts(), 2 * i + 1);
            json.end();
        } else {
            number(array, i);
        }
    }

    private void number(H5Array array, int i) {
        ElementType type = array.type();
        if (array instanceof OpaqueArray) {
            json.value(text(array, i));
        } else if (type instanceof EnumType enumeration) {
            enumerated(enumeration, array, i);
        } else if (array instanceof WideFloatArray && Double.isFinite(array.getDouble(i))) {
            json.number(text(array, i));
        } else if (array instanceof FloatArray floats) {
            json.value(floats.values()[i]);
        } else if (type instanceof FloatType) {
            json.value(array.getDouble(i));
        } else {
            json.value(array.getBigInteger(i));
        }
    }

    private void enumerated(EnumType type, H5Array array, int i) {
        long bits = array.getBits(i);
        if (type.isBoolean() && (bits == 0 || bits == 1)) {
            json.value(bits == 1);
            return;
        }
        type.nameOf(bits).ifPresentOrElse(json::value, () -> json.value(array.getBigInteger(i)));
    }

    private static String text(H5Array array, int i) {
        StringBuilder text = new StringBuilder();
        new InlineText(text).add(array, i);
        return text.toString();
    }
}
