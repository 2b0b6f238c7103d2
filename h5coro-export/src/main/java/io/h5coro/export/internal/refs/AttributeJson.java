// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import io.h5coro.model.ElementType;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.Shape;
import io.h5coro.model.StringType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Values of attributes as JSON: a single one stands alone, several are lists in the shape of the attribute. */
final class AttributeJson {
    private AttributeJson() {}

    /** Returns the value; empty for a type that JSON does not have, such as references. */
    static Optional<Object> of(H5Array values) {
        if (!isKnown(values.type())) {
            return Optional.empty();
        }
        return Optional.of(values.length() == 1 ? element(values, 0) : list(values, 0, 0, values.length()));
    }

    private static boolean isKnown(ElementType type) {
        return type instanceof IntegerType
                || type instanceof FloatType floating && floating.size() <= Double.BYTES
                || type instanceof StringType
                || type instanceof EnumType;
    }

    private static List<Object> list(H5Array values, int dimension, int from, int to) {
        Shape shape = values.shape();
        List<Object> list = new ArrayList<>();
        boolean inner = dimension + 1 >= shape.rank();
        int step = inner ? 1 : (to - from) / (int) Math.max(1, shape.dimension(dimension));
        for (int i = from; i < to; i += step) {
            list.add(inner ? element(values, i) : list(values, dimension + 1, i, i + step));
        }
        return list;
    }

    private static Object element(H5Array values, int i) {
        if (values.type() instanceof StringType) {
            return values.getString(i);
        }
        if (values.type() instanceof FloatType) {
            return values.getDouble(i);
        }
        if (values.type() instanceof EnumType names && names.isBoolean()) {
            return values.getLong(i) != 0;
        }
        return values.getBigInteger(i);
    }
}
