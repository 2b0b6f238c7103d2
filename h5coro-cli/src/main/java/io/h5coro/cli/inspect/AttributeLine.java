// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.cli.text.InlineText;
import io.h5coro.cli.text.VisibleText;
import io.h5coro.model.Dataspace;
import io.h5coro.model.H5Array;
import io.h5coro.model.Reference;
import java.util.function.Function;

/** An attribute on one line, as in {@code tas:units = "K"}. */
final class AttributeLine {
    private AttributeLine() {}

    /**
     * Writes an attribute.
     *
     * @param object name of its object; empty for the root group
     * @param names what references refer to
     * @param most values of one dimension that are written
     */
    static String of(String object, AttributeValues attribute, Function<Reference, String> names, int most) {
        StringBuilder line = new StringBuilder(VisibleText.of(object + ":" + attribute.name())).append(" = ");
        H5Array values = attribute.values();
        if (values != null) {
            new InlineText(line, names, most).all(values);
        } else if (attribute.space().kind() == Dataspace.Kind.NULL) {
            line.append("null");
        } else {
            line.append(attribute.type().shortName())
                    .append(' ')
                    .append(attribute.space().shape());
        }
        return line.toString();
    }

    /** Returns the last name of a path; empty for the root group. */
    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
