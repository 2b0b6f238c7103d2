// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.vector;

import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.unsafe.types.UTF8String;

/** One value for each of some rows. */
final class RepeatedVector extends ValueVector {
    private final ColumnVector one;
    private final int rows;

    /** Makes a column of so many rows from the first row of another. */
    RepeatedVector(ColumnVector one, int rows) {
        super(one.dataType());
        this.one = one;
        this.rows = rows;
    }

    @Override
    public boolean hasNull() {
        return one.isNullAt(0);
    }

    @Override
    public int numNulls() {
        return one.isNullAt(0) ? rows : 0;
    }

    @Override
    public boolean isNullAt(int row) {
        return one.isNullAt(0);
    }

    @Override
    public boolean getBoolean(int row) {
        return one.getBoolean(0);
    }

    @Override
    public byte getByte(int row) {
        return one.getByte(0);
    }

    @Override
    public short getShort(int row) {
        return one.getShort(0);
    }

    @Override
    public int getInt(int row) {
        return one.getInt(0);
    }

    @Override
    public long getLong(int row) {
        return one.getLong(0);
    }

    @Override
    public float getFloat(int row) {
        return one.getFloat(0);
    }

    @Override
    public double getDouble(int row) {
        return one.getDouble(0);
    }

    @Override
    public ColumnarArray getArray(int row) {
        return one.getArray(0);
    }

    @Override
    public Decimal getDecimal(int row, int precision, int scale) {
        return one.getDecimal(0, precision, scale);
    }

    @Override
    public UTF8String getUTF8String(int row) {
        return one.getUTF8String(0);
    }

    @Override
    public byte[] getBinary(int row) {
        return one.getBinary(0);
    }

    @Override
    public ColumnVector getChild(int ordinal) {
        return new RepeatedVector(one.getChild(ordinal), rows);
    }
}
