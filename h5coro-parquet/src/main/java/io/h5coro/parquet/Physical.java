// SPDX-License-Identifier: Apache-2.0
package io.h5coro.parquet;

import io.h5coro.export.format.ColumnType;

/** How Parquet stores values. The number of a constant is that of Parquet's {@code Type}. */
enum Physical {
    BOOLEAN(0),
    INT32(1),
    INT64(2),
    FLOAT(4),
    DOUBLE(5),
    BYTE_ARRAY(6),
    FIXED_LEN_BYTE_ARRAY(7);

    private final int code;

    Physical(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** How values that are neither lists nor compounds are stored. */
    static Physical of(ColumnType type) {
        if (type instanceof ColumnType.Nullable nullable) {
            return of(nullable.element());
        }
        if (type instanceof ColumnType.Timestamp) {
            return INT64;
        }
        if (type instanceof ColumnType.Whole whole) {
            return whole.bytes() > Integer.BYTES ? INT64 : INT32;
        }
        if (type instanceof ColumnType.Floating floating) {
            return floating.bytes() > Float.BYTES ? DOUBLE : FLOAT;
        }
        if (type instanceof ColumnType.Bool) {
            return BOOLEAN;
        }
        return type instanceof ColumnType.Bytes ? FIXED_LEN_BYTE_ARRAY : BYTE_ARRAY;
    }
}
