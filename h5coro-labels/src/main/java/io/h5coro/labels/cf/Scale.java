// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.cf;

import io.h5coro.model.H5Array;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The attributes {@code scale_factor} and {@code add_offset} of a variable, and the type that its values get by them.
 * Immutable.
 */
final class Scale {
    /** No scale and no offset. */
    static final Scale NONE = new Scale(null, null);

    private final @Nullable H5Array factor;
    private final @Nullable H5Array offset;

    private Scale(@Nullable H5Array factor, @Nullable H5Array offset) {
        this.factor = factor;
        this.offset = offset;
    }

    static Scale of(Attributes attributes) {
        Optional<H5Array> factor = attributes.number("scale_factor");
        Optional<H5Array> offset = attributes.number("add_offset");
        return factor.isEmpty() && offset.isEmpty() ? NONE : new Scale(factor.orElse(null), offset.orElse(null));
    }

    boolean isNone() {
        return factor == null && offset == null;
    }

    /** The type of the scaled values: xarray's table. */
    NumberKind result(NumberKind packed) {
        if (offset != null && factor != null) {
            NumberKind one = NumberKind.of(factor.type());
            if (one.equals(NumberKind.of(offset.type())) && one.isFloat() && one.size() >= 4) {
                return packed.isInteger() && packed.size() == 4 ? NumberKind.FLOAT64 : one;
            }
        }
        if (offset != null || factor == null) {
            return NumberKind.FLOAT64;
        }
        NumberKind one = NumberKind.of(factor.type());
        return one.isFloat() && one.size() == 2 ? NumberKind.FLOAT32 : one;
    }

    /** Scales a value in double precision, as numpy does for an array of float64. */
    double applied(double value) {
        double result = value;
        if (factor != null) {
            result *= factor.getDouble(0);
        }
        if (offset != null) {
            result += offset.getDouble(0);
        }
        return result;
    }

    /** Scales a value in the precision in which numpy scales an array of float32. */
    float applied(float value) {
        float result = value;
        if (factor != null) {
            double by = factor.getDouble(0);
            result = NumberKind.of(factor.type()).keepsSingle() ? result * (float) by : (float) (result * by);
        }
        if (offset != null) {
            double by = offset.getDouble(0);
            result = NumberKind.of(offset.type()).keepsSingle() ? result + (float) by : (float) (result + by);
        }
        return result;
    }

    /**
     * Multiplies whole numbers.
     *
     * @throws ArithmeticException when the product does not fit into 64 bits
     */
    long applied(long value) {
        return factor == null ? value : Math.multiplyExact(value, factor.getLong(0));
    }
}
