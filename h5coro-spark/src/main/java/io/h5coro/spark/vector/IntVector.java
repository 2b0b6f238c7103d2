// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.vector;

import org.apache.spark.sql.types.DataTypes;

/** A column over an array of ints. */
final class IntVector extends ValueVector {
    private final int[] values;

    IntVector(int[] values) {
        super(DataTypes.IntegerType);
        this.values = values;
    }

    @Override
    public int getInt(int row) {
        return values[row];
    }
}
