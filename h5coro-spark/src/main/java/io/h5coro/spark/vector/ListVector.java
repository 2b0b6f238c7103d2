// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.vector;

import io.h5coro.model.SequenceArray;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;

/** Rows that are arrays: of one length, or of the lengths of sequences. */
abstract class ListVector extends ValueVector {
    private final ColumnVector elements;
    private final Picked rows;

    private ListVector(ArrayType type, ColumnVector elements, Picked rows) {
        super(type);
        this.elements = elements;
        this.rows = rows;
    }

    /** Rows of the same number of elements. */
    static ListVector ofLength(int length, ArrayType type, ColumnVector elements, Picked rows) {
        return new ListVector(type, elements, rows) {
            @Override
            int start(int index) {
                return index * length;
            }
        };
    }

    /** Sequences; one that was never written is an empty array, as libhdf5 gives it. */
    static ListVector ofSequences(SequenceArray sequences, ArrayType type, ColumnVector elements, Picked rows) {
        return new ListVector(type, elements, rows) {
            @Override
            int start(int index) {
                return sequences.offset(index);
            }
        };
    }

    /** The first element of an array; that of the next one is its end. */
    abstract int start(int index);

    @Override
    public ColumnarArray getArray(int row) {
        int index = rows.index(row);
        int start = start(index);
        return new ColumnarArray(elements, start, start(index + 1) - start);
    }

    @Override
    public ColumnVector getChild(int ordinal) {
        return elements;
    }
}
