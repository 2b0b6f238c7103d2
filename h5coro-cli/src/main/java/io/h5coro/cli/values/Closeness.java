// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import io.h5coro.H5Coro;
import io.h5coro.cli.file.ObjectNames;
import io.h5coro.cli.report.UsageException;
import io.h5coro.model.BigIntegerArray;
import io.h5coro.model.ComplexArray;
import io.h5coro.model.CompoundArray;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatArray;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.NestedArray;
import io.h5coro.model.OpaqueArray;
import io.h5coro.model.Reference;
import io.h5coro.model.ReferenceArray;
import io.h5coro.model.SequenceArray;
import io.h5coro.model.StringArray;
import io.h5coro.model.WideFloatArray;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.function.Function;

/**
 * When two values are equal: numbers that differ by no more than a tolerance, NaN and NaN, and all else that is the
 * same. Numbers of more than 64 bits are equal when they are the same. Immutable.
 *
 * @param tolerance how much numbers may differ
 * @param relative how much they may differ as a part of the larger magnitude
 * @param left what references of the first file refer to
 * @param right what those of the second file refer to
 */
record Closeness(
        double tolerance, double relative, Function<Reference, String> left, Function<Reference, String> right) {
    /**
     * Checks what was typed.
     *
     * @throws UsageException when it is negative or not a number
     */
    static Closeness of(double tolerance, double relative) {
        if (!(tolerance >= 0) || !(relative >= 0)) {
            throw new UsageException("--tolerance and --relative are numbers that are not negative");
        }
        return new Closeness(tolerance, relative, Reference::toString, Reference::toString);
    }

    /** Returns the same for two files. */
    Closeness of(H5Coro first, H5Coro second) {
        return new Closeness(tolerance, relative, new ObjectNames(first), new ObjectNames(second));
    }

    private boolean isExact() {
        return tolerance == 0 && relative == 0;
    }

    /** Returns whether elements i of one array and k of another, both of one type, are equal. */
    boolean equal(H5Array a, int i, H5Array b, int k) {
        if (a instanceof StringArray strings && b instanceof StringArray others) {
            return Arrays.equals(strings.textBytes(i), others.textBytes(k));
        }
        if (a instanceof CompoundArray compound && b instanceof CompoundArray other) {
            return compound(compound, i, other, k);
        }
        if (a instanceof NestedArray nested && b instanceof NestedArray other) {
            int each = Math.toIntExact(nested.type().shape().elementCount());
            return run(nested.elements(), i * each, other.elements(), k * each, each);
        }
        if (a instanceof SequenceArray sequence && b instanceof SequenceArray other) {
            int count = sequence.offset(i + 1) - sequence.offset(i);
            return count == other.offset(k + 1) - other.offset(k)
                    && run(sequence.elements(), sequence.offset(i), other.elements(), other.offset(k), count);
        }
        if (a instanceof ComplexArray complex && b instanceof ComplexArray other) {
            return run(complex.parts(), 2 * i, other.parts(), 2 * k, 2);
        }
        return single(a, i, b, k);
    }

    private boolean single(H5Array a, int i, H5Array b, int k) {
        if (a instanceof OpaqueArray opaque && b instanceof OpaqueArray other) {
            return Arrays.equals(opaque.bytes(i), other.bytes(k));
        }
        if (a instanceof WideFloatArray wide && b instanceof WideFloatArray other) {
            int size = wide.type().size();
            return Arrays.equals(wide.bytes(), i * size, (i + 1) * size, other.bytes(), k * size, (k + 1) * size);
        }
        if (a instanceof ReferenceArray references && b instanceof ReferenceArray others) {
            return left.apply(references.get(i)).equals(right.apply(others.get(k)));
        }
        if (a.type() instanceof FloatType) {
            return a instanceof FloatArray x && b instanceof FloatArray y
                    ? close(x.values()[i], y.values()[k])
                    : close(a.getDouble(i), b.getDouble(k));
        }
        boolean same = a instanceof BigIntegerArray || !a.type().equals(b.type())
                ? a.getBigInteger(i).equals(b.getBigInteger(k))
                : a.getBits(i) == b.getBits(k);
        return same || (!isExact() && isNumber(a) && closeWhole(a, i, b, k));
    }

    private static boolean isNumber(H5Array array) {
        return array.type() instanceof IntegerType && !(array.type() instanceof EnumType);
    }

    /** Whole numbers, whose difference may need more bits than they have. */
    private boolean closeWhole(H5Array a, int i, H5Array b, int k) {
        BigDecimal x = new BigDecimal(a.getBigInteger(i));
        BigDecimal y = new BigDecimal(b.getBigInteger(k));
        BigDecimal difference = x.subtract(y).abs();
        if (!Double.isFinite(tolerance) || !Double.isFinite(relative)) {
            return true;
        }
        return difference.compareTo(new BigDecimal(tolerance)) <= 0
                || difference.compareTo(
                                new BigDecimal(relative).multiply(x.abs().max(y.abs())))
                        <= 0;
    }

    private boolean close(double x, double y) {
        if (x == y || (Double.isNaN(x) && Double.isNaN(y))) {
            return true;
        }
        double difference = Math.abs(x - y);
        return Double.isFinite(difference)
                && (difference <= tolerance && tolerance > 0
                        || relative > 0 && difference <= relative * Math.max(Math.abs(x), Math.abs(y)));
    }

    private boolean compound(CompoundArray a, int i, CompoundArray b, int k) {
        for (int m = 0; m < a.fields().size(); m++) {
            if (!equal(a.fields().get(m), i, b.fields().get(m), k)) {
                return false;
            }
        }
        return true;
    }

    private boolean run(H5Array a, int from, H5Array b, int other, int count) {
        for (int n = 0; n < count; n++) {
            if (!equal(a, from + n, b, other + n)) {
                return false;
            }
        }
        return true;
    }

    /** Returns by how much two elements differ; NaN where that is no number. */
    static double distance(H5Array a, int i, H5Array b, int k) {
        if (isNumber(a) && !(a instanceof BigIntegerArray)) {
            return a.getBigInteger(i).subtract(b.getBigInteger(k)).abs().doubleValue();
        }
        return a.type() instanceof FloatType ? Math.abs(a.getDouble(i) - b.getDouble(k)) : Double.NaN;
    }
}
