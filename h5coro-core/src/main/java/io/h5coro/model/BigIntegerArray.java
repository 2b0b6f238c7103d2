// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;

/**
 * An array of whole numbers of more than eight bytes.
 *
 * <pre>{@code
 * H5Array array = file.read("/gt1l/heights/signal_conf_ph");
 * if (array instanceof BigIntegerArray wide) {
 *     BigInteger first = wide.values()[0];
 * }
 * }</pre>
 */
public final class BigIntegerArray implements H5Array {
    private final ElementType type;
    private final Shape shape;
    private final BigInteger[] values;

    /**
     * Wraps values without copying them.
     *
     * @param shape has as many elements as {@code values}
     * @param values belong to this array from now on
     * @throws IllegalArgumentException when the numbers of elements differ
     */
    public BigIntegerArray(ElementType type, Shape shape, BigInteger[] values) {
        this.type = type;
        this.shape = ArrayRules.checked(shape, values.length);
        this.values = values;
    }

    @Override
    public ElementType type() {
        return type;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public int length() {
        return values.length;
    }

    @Override
    public BigIntegerArray copyOfRange(int from, int to) {
        Objects.checkFromToIndex(from, to, length());
        return new BigIntegerArray(type, Shape.of(to - from), Arrays.copyOfRange(values, from, to));
    }

    @Override
    public BigIntegerArray withShape(Shape other) {
        return new BigIntegerArray(type, other, values);
    }

    /** Returns the backing array, not a copy, in row-major order. */
    public BigInteger[] values() {
        return values;
    }

    @Override
    public BigInteger getBigInteger(int i) {
        return values[i];
    }

    @Override
    public long getLong(int i) {
        return values[i].longValueExact();
    }

    /**
     * Returns the lowest 64 bits of a number whose other bits all repeat the sign.
     *
     * @throws ArithmeticException when the number needs more than 64 bits
     */
    @Override
    public long getBits(int i) {
        if (values[i].bitLength() > Long.SIZE || (values[i].signum() < 0 && values[i].bitLength() >= Long.SIZE)) {
            throw new ArithmeticException("element " + i + " has more than 64 bits");
        }
        return values[i].longValue();
    }

    @Override
    public String getString(int i) {
        return ArrayRules.enumName(type, values[i]);
    }

    @Override
    public double getDouble(int i) {
        return values[i].doubleValue();
    }

    @Override
    public String toString() {
        return ArrayText.of(this);
    }
}
