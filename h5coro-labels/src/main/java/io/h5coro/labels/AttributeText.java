// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.model.EnumType;
import io.h5coro.model.FloatArray;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.StringArray;

/** One value of an attribute as text. Pure. */
final class AttributeText {
    private AttributeText() {}

    static String of(H5Array values, int i) {
        if (values instanceof StringArray) {
            return quoted(values.getString(i));
        }
        if (values.type() instanceof EnumType) {
            return values.getString(i);
        }
        if (values.type() instanceof IntegerType) {
            return values.getBigInteger(i).toString();
        }
        if (values.type() instanceof FloatType) {
            return values instanceof FloatArray floats
                    ? Float.toString(floats.values()[i])
                    : Double.toString(values.getDouble(i));
        }
        return values.copyOfRange(i, i + 1).toString();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    // Other control characters could change the terminal that shows them.
                    if (Character.isISOControl(c)) {
                        quoted.append(String.format("\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
