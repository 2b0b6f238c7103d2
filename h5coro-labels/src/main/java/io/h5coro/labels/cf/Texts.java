// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.cf;

import io.h5coro.model.H5Array;
import io.h5coro.model.Shape;
import io.h5coro.model.StringArray;
import io.h5coro.model.StringType;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/** Arrays of texts: out of arrays of characters, and with missing ones. Pure. */
final class Texts {
    private Texts() {}

    /** Joins the characters of the last dimension. NULs at the end are padding. */
    static StringArray joined(StringArray characters) {
        Shape shape = characters.shape();
        int length = Math.toIntExact(shape.dimension(shape.rank() - 1));
        Shape outer = Shape.of(Arrays.copyOf(shape.dimensions(), shape.rank() - 1));
        int count = Math.toIntExact(outer.elementCount());
        byte[] bytes = new byte[characters.length()];
        for (int i = 0; i < bytes.length; i++) {
            byte[] one = characters.rawBytes(i);
            bytes[i] = one.length == 0 ? 0 : one[0];
        }
        int[] offsets = new int[count + 1];
        for (int i = 0; i <= count; i++) {
            offsets[i] = i * length;
        }
        return new StringArray(type(length, characters.type()), outer, bytes, offsets, new BitSet());
    }

    static StringType type(int length, StringType ofCharacters) {
        return new StringType(length, false, StringType.Padding.NULL_PADDED, ofCharacters.charset());
    }

    /**
     * Marks texts as nil that an attribute says are missing.
     *
     * @throws io.h5coro.error.MalformedFileException when an attribute is not a text
     */
    static StringArray masked(StringArray texts, Attributes attributes) {
        StringArray result = texts;
        for (String name : new String[] {"missing_value", "_FillValue"}) {
            Optional<H5Array> fill = attributes.values(name);
            if (fill.isPresent()) {
                if (!(fill.get() instanceof StringArray values)) {
                    throw attributes.malformed(name, "text, as the values are", fill.get());
                }
                result = without(result, values);
            }
        }
        return result;
    }

    private static StringArray without(StringArray texts, StringArray fills) {
        BitSet nil = new BitSet();
        for (int i = 0; i < texts.length(); i++) {
            boolean missing = texts.isNil(i);
            for (int k = 0; k < fills.length() && !missing; k++) {
                missing = Arrays.equals(texts.textBytes(i), fills.textBytes(k));
            }
            nil.set(i, missing);
        }
        return nil.isEmpty() ? texts : rebuilt(texts, nil);
    }

    private static StringArray rebuilt(StringArray texts, BitSet nil) {
        int[] offsets = new int[texts.length() + 1];
        for (int i = 0; i < texts.length(); i++) {
            offsets[i + 1] = Math.addExact(offsets[i], nil.get(i) ? 0 : texts.rawBytes(i).length);
        }
        byte[] bytes = new byte[offsets[texts.length()]];
        for (int i = 0; i < texts.length(); i++) {
            if (!nil.get(i)) {
                System.arraycopy(texts.rawBytes(i), 0, bytes, offsets[i], offsets[i + 1] - offsets[i]);
            }
        }
        return new StringArray(texts.type(), texts.shape(), bytes, offsets, nil);
    }
}
