// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.cf;

import io.h5coro.model.H5Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/**
 * Which numbers stand for missing values: {@code _FillValue} and {@code missing_value}, each of one or more numbers,
 * and, where asked for, the bounds of {@code valid_range}. Stored values are compared, each exactly: numbers of the
 * attribute that the type of the values does not hold stand for nothing. Immutable.
 */
final class Missing {
    private final NumberKind kind;
    private final long[] whole;
    private final double[] fractions;
    private final double least;
    private final double greatest;
    private final boolean named;

    private Missing(NumberKind kind, List<H5Array> fills, double[] range) {
        this.kind = kind;
        this.whole = kind.isInteger() ? whole(kind, fills) : new long[0];
        this.fractions = kind.isInteger() ? new double[0] : fractions(fills);
        this.least = range[0];
        this.greatest = range[1];
        this.named = !fills.isEmpty();
    }

    /** The rule under which no value is missing. */
    static Missing none(NumberKind kind) {
        return new Missing(kind, List.of(), new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY});
    }

    /**
     * The rule of a variable.
     *
     * @param kind of the values, after {@code _Unsigned}
     * @throws io.h5coro.error.MalformedFileException when an attribute is not of numbers
     */
    static Missing of(Attributes attributes, NumberKind kind, boolean validRange) {
        List<H5Array> fills = new ArrayList<>();
        for (String name : List.of("missing_value", "_FillValue")) {
            numbers(attributes, name).ifPresent(fills::add);
        }
        double[] range = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
        if (validRange) {
            attributes.number("valid_min").ifPresent(v -> range[0] = bound(kind, v, 0));
            attributes.number("valid_max").ifPresent(v -> range[1] = bound(kind, v, 0));
            numbers(attributes, "valid_range").ifPresent(v -> {
                if (v.length() != 2) {
                    throw attributes.malformed("valid_range", "two numbers", v);
                }
                range[0] = bound(kind, v, 0);
                range[1] = bound(kind, v, 1);
            });
        }
        return new Missing(kind, fills, range);
    }

    private static Optional<H5Array> numbers(Attributes attributes, String name) {
        Optional<H5Array> values = attributes.values(name);
        values.ifPresent(found -> {
            if (!Attributes.isNumeric(found)) {
                throw attributes.malformed(name, "numbers, as the values are", found);
            }
        });
        return values;
    }

    private static double bound(NumberKind kind, H5Array values, int i) {
        if (!kind.isInteger() || !NumberKind.of(values.type()).isInteger()) {
            return values.getDouble(i);
        }
        long bits = wrapped(kind, values.getBits(i));
        return kind.kind() == NumberKind.Kind.UNSIGNED ? unsigned(bits) : bits;
    }

    private static double unsigned(long bits) {
        return new BigInteger(Long.toUnsignedString(bits)).doubleValue();
    }

    private static long[] whole(NumberKind kind, List<H5Array> fills) {
        return fills.stream()
                .flatMap(values -> IntStream.range(0, values.length()).mapToObj(i -> candidate(kind, values, i)))
                .flatMap(Optional::stream)
                .mapToLong(Long::longValue)
                .distinct()
                .toArray();
    }

    /** The bits that a value of the variable has when it is this number of an attribute. */
    private static Optional<Long> candidate(NumberKind kind, H5Array values, int i) {
        NumberKind own = NumberKind.of(values.type());
        if (own.isInteger() && own.size() == kind.size()) {
            // Also of the other sign: the packed number, whose bits _Unsigned reads in the other way.
            return Optional.of(wrapped(kind, values.getBits(i)));
        }
        double value = values.getDouble(i);
        if (!own.isInteger() && (Double.isNaN(value) || value != Math.rint(value) || Double.isInfinite(value))) {
            return Optional.empty();
        }
        BigInteger number = own.isInteger() ? values.getBigInteger(i) : new BigDecimal(value).toBigInteger();
        int bits = 8 * kind.size();
        boolean signed = kind.kind() == NumberKind.Kind.SIGNED;
        boolean fits = signed ? number.bitLength() < bits : number.signum() >= 0 && number.bitLength() <= bits;
        return fits ? Optional.of(number.longValue()) : Optional.empty();
    }

    /** A number cut to the width of a kind and widened again, with or without a sign. */
    private static long wrapped(NumberKind kind, long bits) {
        int unused = Long.SIZE - 8 * kind.size();
        return kind.kind() == NumberKind.Kind.SIGNED ? bits << unused >> unused : bits << unused >>> unused;
    }

    private static double[] fractions(List<H5Array> fills) {
        return fills.stream()
                .flatMapToDouble(values -> IntStream.range(0, values.length()).mapToDouble(values::getDouble))
                .filter(value -> !Double.isNaN(value))
                .distinct()
                .toArray();
    }

    /** Whether the variable has an attribute for missing values, even if it is NaN. */
    boolean isNamed() {
        return named;
    }

    /** Whether no value is missing, so that whole numbers stay whole. */
    boolean isNone() {
        return whole.length == 0
                && fractions.length == 0
                && least == Double.NEGATIVE_INFINITY
                && greatest == Double.POSITIVE_INFINITY;
    }

    /** The elements that are missing. NaN is not one of them. */
    BitSet in(H5Array values) {
        BitSet missing = new BitSet();
        if (isNone()) {
            return missing;
        }
        for (int i = 0; i < values.length(); i++) {
            boolean filled = kind.isInteger()
                    ? Arrays.stream(whole).anyMatch(equal(values.getBits(i)))
                    : isFill(values.getDouble(i));
            if (filled || isOutside(values.getDouble(i))) {
                missing.set(i);
            }
        }
        return missing;
    }

    private static LongPredicate equal(long bits) {
        return fill -> fill == bits;
    }

    private boolean isFill(double value) {
        for (double fill : fractions) {
            if (fill == value) {
                return true;
            }
        }
        return false;
    }

    private boolean isOutside(double value) {
        return value < least || value > greatest;
    }
}
