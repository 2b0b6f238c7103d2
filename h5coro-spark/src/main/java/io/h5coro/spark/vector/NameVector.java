// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.vector;

import io.h5coro.model.EnumType;
import io.h5coro.model.H5Array;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** Values of an enumeration by their names. A value without a name is its number as text, as h5dump prints it. */
final class NameVector extends ValueVector {
    private final H5Array numbers;
    private final Picked rows;
    private final Map<Long, UTF8String> names = new HashMap<>();

    NameVector(H5Array numbers, EnumType type, Picked rows) {
        super(DataTypes.StringType);
        this.numbers = numbers;
        this.rows = rows;
        for (EnumType.Member member : type.members()) {
            names.putIfAbsent(member.value(), UTF8String.fromString(member.name()));
        }
    }

    @Override
    public UTF8String getUTF8String(int row) {
        int index = rows.index(row);
        UTF8String name = names.get(numbers.getLong(index));
        return name == null ? UTF8String.fromString(numbers.getString(index)) : name;
    }
}
