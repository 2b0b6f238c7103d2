// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.vector;

import io.h5coro.model.OpaqueArray;
import org.apache.spark.sql.types.DataTypes;

/** Opaque values, as their bytes. */
final class BinaryVector extends ValueVector {
    private final OpaqueArray values;
    private final Picked rows;

    BinaryVector(OpaqueArray values, Picked rows) {
        super(DataTypes.BinaryType);
        this.values = values;
        this.rows = rows;
    }

    @Override
    public byte[] getBinary(int row) {
        return values.bytes(rows.index(row));
    }
}
