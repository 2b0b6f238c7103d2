// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.vector;

import org.apache.spark.sql.types.DataTypes;

/** A column over an array of floats. */
final class FloatVector extends ValueVector {
    private final float[] values;

    FloatVector(float[] values) {
        super(DataTypes.FloatType);
        this.values = values;
    }

    @Override
    public float getFloat(int row) {
        return values[row];
    }
}
