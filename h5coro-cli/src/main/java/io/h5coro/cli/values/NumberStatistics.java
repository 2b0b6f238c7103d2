// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import io.h5coro.cli.json.Json;
import io.h5coro.cli.text.Digits;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatArray;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;

/**
 * What is counted of numbers as they come: how many there are and are missing, the least, the greatest, their mean, and
 * a sample for quantiles. Confined to one thread.
 */
abstract class NumberStatistics {
    /** Quantiles that are worked out. */
    static final double[] FRACTIONS = {0.05, 0.25, 0.5, 0.75, 0.95};

    private final Reservoir sample = new Reservoir();
    private long missing;
    private long count;

    /**
     * Makes statistics for numbers of a type.
     *
     * @param missing arrays whose values stand for missing numbers
     * @throws UnsupportedOperationException when elements are not numbers of up to 64 bits
     */
    static NumberStatistics of(io.h5coro.model.ElementType type, List<H5Array> missing) {
        if (type instanceof FloatType && type.size() <= Double.BYTES) {
            return new Floating(type.size() < Double.BYTES, missing);
        }
        if (type instanceof IntegerType integer && type.size() <= Long.BYTES) {
            return new Whole(integer.signed(), missing);
        }
        throw new UnsupportedOperationException(type.shortName());
    }

    /** Returns whether there are statistics for a type. */
    static boolean has(io.h5coro.model.ElementType type) {
        return type instanceof FloatType && type.size() <= Double.BYTES
                || type instanceof IntegerType && !(type instanceof EnumType) && type.size() <= Long.BYTES;
    }

    /** Adds numbers. */
    abstract void add(H5Array array);

    /** Returns the least as text. */
    abstract String least();

    /** Returns the greatest as text. */
    abstract String greatest();

    abstract double mean();

    /** Writes the least and the greatest. */
    abstract void range(Json json);

    final void missed() {
        missing++;
    }

    final void sampled(double number) {
        count++;
        sample.add(number);
    }

    /** Returns the number of numbers that are not missing. */
    final long count() {
        return count;
    }

    final long missing() {
        return missing;
    }

    final Reservoir sample() {
        return sample;
    }

    /** Whole numbers, exactly. */
    private static final class Whole extends NumberStatistics {
        private static final BigInteger TWO_TO_THE_64 = BigInteger.ONE.shiftLeft(64);

        private final boolean signed;
        private final long[] missing;
        /** Flips the order of unsigned numbers into that of signed ones. */
        private final long flip;

        private long least = Long.MAX_VALUE;
        private long greatest = Long.MIN_VALUE;
        /** Invariant: the sum of all numbers as signed ones is {@code sum + low}. */
        private BigInteger sum = BigInteger.ZERO;

        private long low;
        /** Numbers above 2^63, which the sum takes for those of 2^64 less. */
        private long above;

        Whole(boolean signed, List<H5Array> missing) {
            this.signed = signed;
            this.flip = signed ? 0 : Long.MIN_VALUE;
            this.missing = missing.stream()
                    .flatMapToLong(values -> java.util.stream.IntStream.range(0, values.length())
                            .mapToObj(i -> number(values, i))
                            .filter(number -> isIn(number, signed))
                            .mapToLong(BigInteger::longValue))
                    .toArray();
        }

        private static boolean isIn(BigInteger number, boolean signed) {
            return signed ? number.bitLength() < Long.SIZE : number.signum() >= 0 && number.bitLength() <= Long.SIZE;
        }

        /** Returns a number of any type; one that is not whole is none that an integer has. */
        private static BigInteger number(H5Array values, int i) {
            if (!(values.type() instanceof FloatType)) {
                return values.getBigInteger(i);
            }
            double number = values.getDouble(i);
            boolean whole = Double.isFinite(number) && Math.rint(number) == number;
            return whole ? new BigDecimal(number).toBigInteger() : BigInteger.ONE.shiftLeft(100);
        }

        @Override
        void add(H5Array array) {
            for (int i = 0; i < array.length(); i++) {
                long bits = array.getBits(i);
                if (isMissing(bits)) {
                    missed();
                    continue;
                }
                long ordered = bits ^ flip;
                least = Math.min(least, ordered);
                greatest = Math.max(greatest, ordered);
                above += !signed && bits < 0 ? 1 : 0;
                long more = low + bits;
                if (((low ^ more) & (bits ^ more)) < 0) {
                    sum = sum.add(BigInteger.valueOf(low));
                    more = bits;
                }
                low = more;
                sampled(!signed && bits < 0 ? value(bits).doubleValue() : bits);
            }
        }

        private boolean isMissing(long bits) {
            for (long value : missing) {
                if (value == bits) {
                    return true;
                }
            }
            return false;
        }

        private BigInteger value(long bits) {
            BigInteger value = BigInteger.valueOf(bits);
            return !signed && bits < 0 ? value.add(TWO_TO_THE_64) : value;
        }

        @Override
        String least() {
            return value(least ^ flip).toString();
        }

        @Override
        String greatest() {
            return value(greatest ^ flip).toString();
        }

        @Override
        void range(Json json) {
            json.name("min").value(value(least ^ flip));
            json.name("max").value(value(greatest ^ flip));
        }

        @Override
        double mean() {
            BigInteger all = sum.add(BigInteger.valueOf(low)).add(TWO_TO_THE_64.multiply(BigInteger.valueOf(above)));
            return new BigDecimal(all)
                    .divide(BigDecimal.valueOf(count()), MathContext.DECIMAL128)
                    .doubleValue();
        }
    }

    /** Floating-point numbers; their sum has the error of its last rounding, however many there are. */
    private static final class Floating extends NumberStatistics {
        /** By this much smaller, no number of numbers has an infinite sum. */
        private static final double SMALL = 0x1p-64;

        private final boolean single;
        private final double[] missing;
        private double least = Double.POSITIVE_INFINITY;
        private double greatest = Double.NEGATIVE_INFINITY;
        /** Neumaier's sum: {@code (sum + lost) / scale}. */
        private double sum;

        private double lost;
        /** Smaller than 1 once a sum of finite numbers would be infinite; their mean is finite. */
        private double scale = 1;

        Floating(boolean single, List<H5Array> missing) {
            this.single = single;
            this.missing = missing.stream()
                    .flatMapToDouble(values ->
                            java.util.stream.IntStream.range(0, values.length()).mapToDouble(values::getDouble))
                    // A value for single precision is compared as the dataset would hold it.
                    .map(value -> single ? (float) value : value)
                    .toArray();
        }

        @Override
        void add(H5Array array) {
            for (int i = 0; i < array.length(); i++) {
                double number = array instanceof FloatArray floats ? floats.values()[i] : array.getDouble(i);
                if (isMissing(number)) {
                    missed();
                    continue;
                }
                least = Math.min(least, number);
                greatest = Math.max(greatest, number);
                sum(number * scale);
                sampled(number);
            }
        }

        private void sum(double number) {
            double more = sum + number;
            if (Double.isInfinite(more) && Double.isFinite(sum) && Double.isFinite(number)) {
                scale = SMALL;
                sum *= SMALL;
                lost *= SMALL;
                sum(number * SMALL);
                return;
            }
            lost += Math.abs(sum) >= Math.abs(number) ? (sum - more) + number : (number - more) + sum;
            sum = more;
        }

        private boolean isMissing(double number) {
            if (Double.isNaN(number)) {
                return true;
            }
            for (double value : missing) {
                if (value == number) {
                    return true;
                }
            }
            return false;
        }

        private String text(double number) {
            return single ? Digits.of((float) number) : Digits.of(number);
        }

        @Override
        String least() {
            return text(least);
        }

        @Override
        String greatest() {
            return text(greatest);
        }

        @Override
        void range(Json json) {
            if (single) {
                json.name("min").value((float) least);
                json.name("max").value((float) greatest);
            } else {
                json.field("min", least).field("max", greatest);
            }
        }

        /** Infinite numbers make it infinite, or NaN where there are both. */
        @Override
        double mean() {
            return (Double.isFinite(sum) ? sum + lost : sum) / count() / scale;
        }
    }
}
