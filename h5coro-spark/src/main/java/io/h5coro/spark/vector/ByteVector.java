// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.vector;

import org.apache.spark.sql.types.DataTypes;

/** A column over an array of bytes. */
final class ByteVector extends ValueVector {
    private final byte[] values;

    ByteVector(byte[] values) {
        super(DataTypes.ByteType);
        this.values = values;
    }

    @Override
    public byte getByte(int row) {
        return values[row];
    }
}
