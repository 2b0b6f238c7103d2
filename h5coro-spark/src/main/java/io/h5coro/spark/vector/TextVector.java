// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.vector;

import io.h5coro.model.StringArray;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** Texts, with the bytes that the file has. One that was never written is null. */
final class TextVector extends ValueVector {
    private final StringArray texts;
    private final Picked rows;
    private final int nulls;

    TextVector(StringArray texts, Picked rows) {
        super(DataTypes.StringType);
        this.texts = texts;
        this.rows = rows;
        int nil = 0;
        for (int row = 0; row < rows.count(); row++) {
            nil += texts.isNil(rows.index(row)) ? 1 : 0;
        }
        this.nulls = nil;
    }

    @Override
    public boolean hasNull() {
        return nulls > 0;
    }

    @Override
    public int numNulls() {
        return nulls;
    }

    @Override
    public boolean isNullAt(int row) {
        return nulls > 0 && texts.isNil(rows.index(row));
    }

    @Override
    public UTF8String getUTF8String(int row) {
        return UTF8String.fromBytes(texts.textBytes(rows.index(row)));
    }
}
