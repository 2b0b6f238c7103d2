// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.vector;

import io.h5coro.model.ByteArray;
import io.h5coro.model.ComplexArray;
import io.h5coro.model.CompoundArray;
import io.h5coro.model.DoubleArray;
import io.h5coro.model.ElementType;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatArray;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntArray;
import io.h5coro.model.LongArray;
import io.h5coro.model.NestedArray;
import io.h5coro.model.OpaqueArray;
import io.h5coro.model.SequenceArray;
import io.h5coro.model.Shape;
import io.h5coro.model.ShortArray;
import io.h5coro.model.StringArray;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Makes columns of arrays. The array's type is the column's or one that becomes it exactly
 * ({@link io.h5coro.spark.schema.Widening}). Values are neither copied nor converted where array and column have one
 * layout and every row is wanted.
 */
public final class Vectors {
    private Vectors() {}

    /**
     * Makes a column. Its rows are the array's along its first dimension.
     *
     * @param array at least one-dimensional
     * @param type of the column
     * @param rows indexes in the first dimension
     */
    public static ColumnVector of(H5Array array, DataType type, Picked rows) {
        return of(array, 1, type, rows);
    }

    /** Makes a column that has the same value in each row: the one element of an array, or all of them as an array. */
    public static ColumnVector repeated(H5Array value, DataType type, int rows) {
        Shape row = value.length() == 1 ? Shape.of(1) : Shape.of(1).append(value.shape());
        return new RepeatedVector(of(value.withShape(row), type, Picked.all(1)), rows);
    }

    /** Makes a column that has one text in each row. */
    public static ColumnVector repeated(String text, int rows) {
        UTF8String value = UTF8String.fromBytes(text.getBytes(StandardCharsets.UTF_8));
        ColumnVector one = new ValueVector(DataTypes.StringType) {
            @Override
            public UTF8String getUTF8String(int row) {
                return value;
            }
        };
        return new RepeatedVector(one, rows);
    }

    /** Makes a column of the numbers of rows. */
    public static ColumnVector counted(long first, Picked rows) {
        long[] numbers = new long[rows.count()];
        for (int row = 0; row < numbers.length; row++) {
            numbers[row] = first + rows.index(row);
        }
        return new LongVector(numbers);
    }

    /**
     * A column of what lies along a dimension.
     *
     * @param dimension that the next level of arrays stands for
     */
    private static ColumnVector of(H5Array array, int dimension, DataType type, Picked rows) {
        Shape shape = array.shape();
        if (dimension < shape.rank()) {
            ArrayType list = (ArrayType) type;
            int length = Math.toIntExact(shape.dimension(dimension));
            int all = 1;
            for (int i = 0; i <= dimension; i++) {
                all = Math.multiplyExact(all, Math.toIntExact(shape.dimension(i)));
            }
            ColumnVector elements = of(array, dimension + 1, list.elementType(), Picked.all(all));
            return ListVector.ofLength(length, list, elements, rows);
        }
        return elements(array, type, rows);
    }

    private static ColumnVector elements(H5Array array, DataType type, Picked rows) {
        if (array instanceof NestedArray nested) {
            H5Array inner = nested.elements();
            long[] own = nested.type().shape().dimensions();
            long[] dimensions = new long[own.length + 1];
            dimensions[0] = array.length();
            System.arraycopy(own, 0, dimensions, 1, own.length);
            return of(inner.withShape(Shape.of(dimensions)), 1, type, rows);
        }
        if (array instanceof SequenceArray sequences) {
            ArrayType list = (ArrayType) type;
            ColumnVector all = elements(
                    sequences.elements(),
                    list.elementType(),
                    Picked.all(sequences.elements().length()));
            return ListVector.ofSequences(sequences, list, all, rows);
        }
        if (type instanceof StructType struct) {
            return new StructVector(struct, members(array, struct, rows));
        }
        return simple(array, type, rows);
    }

    private static List<ColumnVector> members(H5Array array, StructType struct, Picked rows) {
        List<ColumnVector> members = new ArrayList<>();
        for (StructField field : struct.fields()) {
            if (array instanceof ComplexArray complex) {
                members.add(part(complex, field.name().equals("real"), field.dataType(), rows));
            } else {
                members.add(elements(((CompoundArray) array).field(field.name()), field.dataType(), rows));
            }
        }
        return members;
    }

    private static ColumnVector part(ComplexArray complex, boolean real, DataType type, Picked rows) {
        double[] values = new double[rows.count()];
        for (int row = 0; row < values.length; row++) {
            int index = rows.index(row);
            values[row] = real ? complex.real(index) : complex.imaginary(index);
        }
        return elements(doubles(values), type, Picked.all(values.length));
    }

    private static H5Array doubles(double[] values) {
        return new DoubleArray(
                FloatType.ieee(Double.BYTES, ElementType.Order.LITTLE_ENDIAN), Shape.of(values.length), values);
    }

    private static ColumnVector simple(H5Array array, DataType type, Picked rows) {
        if (type.equals(DataTypes.StringType)) {
            return array instanceof StringArray texts
                    ? new TextVector(texts, rows)
                    : new NameVector(array, (EnumType) array.type(), rows);
        }
        if (type.equals(DataTypes.BinaryType)) {
            return new BinaryVector((OpaqueArray) array, rows);
        }
        if (type instanceof DecimalType decimal) {
            return new DecimalVector(array, decimal, rows);
        }
        ColumnVector same = rows.isAll() ? shared(array, type) : null;
        return same == null ? copied(array, type, rows) : same;
    }

    /** A column over the array's own values; null where they have another form. */
    private static @Nullable ColumnVector shared(H5Array array, DataType type) {
        if (array instanceof FloatArray floats && type.equals(DataTypes.FloatType)) {
            return new FloatVector(floats.values());
        }
        if (array instanceof DoubleArray doubles && type.equals(DataTypes.DoubleType)) {
            return new DoubleVector(doubles.values());
        }
        if (array instanceof ByteArray bytes && type.equals(DataTypes.ByteType)) {
            return new ByteVector(bytes.values());
        }
        if (array instanceof ShortArray shorts && type.equals(DataTypes.ShortType)) {
            return new ShortVector(shorts.values());
        }
        if (array instanceof IntArray ints && type.equals(DataTypes.IntegerType)) {
            return new IntVector(ints.values());
        }
        if (array instanceof LongArray longs && type.equals(DataTypes.LongType)) {
            return new LongVector(longs.values());
        }
        return null;
    }

    /** A column of converted values. */
    private static ColumnVector copied(H5Array array, DataType type, Picked rows) {
        int count = rows.count();
        if (type.equals(DataTypes.FloatType)) {
            float[] values = new float[count];
            for (int row = 0; row < count; row++) {
                values[row] = (float) array.getDouble(rows.index(row));
            }
            return new FloatVector(values);
        }
        if (type.equals(DataTypes.DoubleType)) {
            double[] values = new double[count];
            for (int row = 0; row < count; row++) {
                values[row] = array.getDouble(rows.index(row));
            }
            return new DoubleVector(values);
        }
        if (type.equals(DataTypes.BooleanType)) {
            boolean[] values = new boolean[count];
            for (int row = 0; row < count; row++) {
                values[row] = array.getLong(rows.index(row)) != 0;
            }
            return new BooleanVector(values);
        }
        return wholeNumbers(array, type, rows);
    }

    private static ColumnVector wholeNumbers(H5Array array, DataType type, Picked rows) {
        int count = rows.count();
        if (type.equals(DataTypes.LongType)) {
            long[] values = new long[count];
            for (int row = 0; row < count; row++) {
                values[row] = array.getLong(rows.index(row));
            }
            return new LongVector(values);
        }
        if (type.equals(DataTypes.IntegerType)) {
            int[] values = new int[count];
            for (int row = 0; row < count; row++) {
                values[row] = (int) array.getLong(rows.index(row));
            }
            return new IntVector(values);
        }
        if (type.equals(DataTypes.ShortType)) {
            short[] values = new short[count];
            for (int row = 0; row < count; row++) {
                values[row] = (short) array.getLong(rows.index(row));
            }
            return new ShortVector(values);
        }
        byte[] values = new byte[count];
        for (int row = 0; row < count; row++) {
            values[row] = (byte) array.getLong(rows.index(row));
        }
        return new ByteVector(values);
    }
}
