// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.vector;

import org.apache.spark.sql.types.DataTypes;

/** A column over an array of longs. */
final class LongVector extends ValueVector {
    private final long[] values;

    LongVector(long[] values) {
        super(DataTypes.LongType);
        this.values = values;
    }

    @Override
    public long getLong(int row) {
        return values[row];
    }
}
