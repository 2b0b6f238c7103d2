// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.model.H5Array;
import io.h5coro.model.StringArray;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An attribute of a group or a variable. Immutable, unless its array is changed.
 *
 * @param name as the file has it
 * @param values one or more values
 */
public record LabelAttribute(String name, H5Array values) {
    private static final int SHOWN = 20;

    /** Checks that there is no null. */
    public LabelAttribute {
        Objects.requireNonNull(name);
        Objects.requireNonNull(values);
    }

    /** Returns the text; empty when the attribute is not a single text. */
    public Optional<String> text() {
        return values instanceof StringArray && values.length() == 1
                ? Optional.of(values.getString(0))
                : Optional.empty();
    }

    /** Returns the texts; empty when the attribute is not of texts. */
    public List<String> texts() {
        return values instanceof StringArray
                ? IntStream.range(0, values.length())
                        .mapToObj(values::getString)
                        .toList()
                : List.of();
    }

    /** Returns the value as ncdump writes it, at most 20 of many: {@code "K"}, {@code 0.5}, {@code 1, 2, 3}. */
    public String valueText() {
        String shown = IntStream.range(0, Math.min(values.length(), SHOWN))
                .mapToObj(i -> AttributeText.of(values, i))
                .collect(Collectors.joining(", "));
        return values.length() > SHOWN ? shown + ", …" : shown;
    }

    /** Returns name and value, such as {@code units = "K"}. */
    @Override
    public String toString() {
        return name + " = " + valueText();
    }
}
