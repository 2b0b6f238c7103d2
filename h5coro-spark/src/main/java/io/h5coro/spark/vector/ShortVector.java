// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.vector;

import org.apache.spark.sql.types.DataTypes;

/** A column over an array of shorts. */
final class ShortVector extends ValueVector {
    private final short[] values;

    ShortVector(short[] values) {
        super(DataTypes.ShortType);
        this.values = values;
    }

    @Override
    public short getShort(int row) {
        return values[row];
    }
}
