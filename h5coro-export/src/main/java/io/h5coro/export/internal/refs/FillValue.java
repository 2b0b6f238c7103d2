// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import io.h5coro.export.format.ColumnType;
import io.h5coro.export.internal.npy.NpyValues;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.StringArray;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Optional;

/** A value in the words of {@code fill_value}: a number, "NaN" and its like, or the Base64 of a text. */
final class FillValue {
    private FillValue() {}

    /**
     * Returns a value as one of an array's elements.
     *
     * @return empty when there is not one value, or no element has it
     */
    static Optional<Object> of(H5Array values, ZarrType type) {
        if (values.length() != 1) {
            return Optional.empty();
        }
        return switch (type.kind()) {
            case SIGNED, UNSIGNED ->
                whole(values).filter(number -> fits(number, type)).map(number -> number);
            case BOOL -> whole(values).map(number -> number.signum() != 0);
            case FLOATING -> floating(values);
            case TEXT -> text(values, type);
            case COMPLEX, OBJECT -> Optional.empty();
        };
    }

    /** What Zarr gives for missing chunks where {@code fill_value} is null. */
    static Object zero(ZarrType type) {
        return switch (type.kind()) {
            case SIGNED, UNSIGNED -> BigInteger.ZERO;
            case BOOL -> false;
            case TEXT -> Base64.getEncoder().encodeToString(new byte[type.bytes()]);
            case FLOATING, COMPLEX, OBJECT -> 0.0;
        };
    }

    private static Optional<BigInteger> whole(H5Array values) {
        return values.type() instanceof IntegerType || values.type() instanceof EnumType
                ? Optional.of(values.getBigInteger(0))
                : Optional.empty();
    }

    private static boolean fits(BigInteger number, ZarrType type) {
        int bits = Byte.SIZE * type.bytes();
        return type.kind() == ZarrType.Kind.SIGNED
                ? number.bitLength() < bits
                : number.signum() >= 0 && number.bitLength() <= bits;
    }

    private static Optional<Object> floating(H5Array values) {
        boolean known = values.type() instanceof FloatType type && type.size() <= Double.BYTES;
        if (!known) {
            return Optional.empty();
        }
        double number = values.getDouble(0);
        return Optional.of(Double.isFinite(number) ? (Object) number : Double.toString(number));
    }

    private static Optional<Object> text(H5Array values, ZarrType type) {
        if (!(values instanceof StringArray texts) || texts.textBytes(0).length > type.bytes()) {
            return Optional.empty();
        }
        byte[] padded = NpyValues.bytes(new ColumnType.Text(type.bytes()), texts);
        return Optional.of(Base64.getEncoder().encodeToString(padded));
    }
}
