// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.vector;

import org.apache.spark.sql.types.DataTypes;

/** A column over an array of doubles. */
final class DoubleVector extends ValueVector {
    private final double[] values;

    DoubleVector(double[] values) {
        super(DataTypes.DoubleType);
        this.values = values;
    }

    @Override
    public double getDouble(int row) {
        return values[row];
    }
}
