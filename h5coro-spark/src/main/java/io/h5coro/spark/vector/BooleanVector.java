// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.vector;

import org.apache.spark.sql.types.DataTypes;

/** A column over an array of booleans. */
final class BooleanVector extends ValueVector {
    private final boolean[] values;

    BooleanVector(boolean[] values) {
        super(DataTypes.BooleanType);
        this.values = values;
    }

    @Override
    public boolean getBoolean(int row) {
        return values[row];
    }
}
