// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.math.BigInteger;
import java.util.Arrays;

/** Whole numbers of more than eight bytes. */
public final class BigIntegerArray implements H5Array {
    private final ElementType type;
    private final Shape shape;
    private final BigInteger[] values;

    /** Wraps the values; their number is that of the shape. */
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
        return new BigIntegerArray(type, Shape.of(to - from), Arrays.copyOfRange(values, from, to));
    }

    @Override
    public BigIntegerArray withShape(Shape other) {
        return new BigIntegerArray(type, other, values);
    }

    /** The array itself. */
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

    /** The lowest 64 bits, when the others are all sign. */
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
