// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.vector;

import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;

/** Compounds: a column for each member, with the same rows. */
final class StructVector extends ValueVector {
    private final List<ColumnVector> members;

    StructVector(StructType type, List<ColumnVector> members) {
        super(type);
        this.members = members;
    }

    @Override
    public ColumnVector getChild(int ordinal) {
        return members.get(ordinal);
    }
}
