// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.vector;

import io.h5coro.model.H5Array;
import java.math.BigDecimal;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;

/** Whole numbers that need more than 63 bits, as decimals without a fraction. */
final class DecimalVector extends ValueVector {
    private final H5Array numbers;
    private final Picked rows;

    DecimalVector(H5Array numbers, DecimalType type, Picked rows) {
        super(type);
        this.numbers = numbers;
        this.rows = rows;
    }

    @Override
    public Decimal getDecimal(int row, int precision, int scale) {
        return Decimal.apply(new BigDecimal(numbers.getBigInteger(rows.index(row))), precision, scale);
    }
}
