// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.schema;

import io.h5coro.model.ArrayType;
import io.h5coro.model.BitfieldType;
import io.h5coro.model.ComplexType;
import io.h5coro.model.CompoundType;
import io.h5coro.model.ElementType;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatType;
import io.h5coro.model.IntegerType;
import io.h5coro.model.OpaqueType;
import io.h5coro.model.SequenceType;
import io.h5coro.model.Shape;
import io.h5coro.model.StringType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The type in Spark of each type of HDF5: one that holds every value exactly. */
public final class SparkTypes {
    private static final int UNSIGNED_LONG_DIGITS = 20;

    private SparkTypes() {}

    /** Returns the shape of one row: that of the dataset, which has rows, without its first dimension. */
    public static Shape row(Shape dataset) {
        long[] dimensions = dataset.dimensions();
        return Shape.of(Arrays.copyOfRange(dimensions, 1, dimensions.length));
    }

    /**
     * Returns the type of a column.
     *
     * @param element type of the dataset's elements
     * @param row {@linkplain #row shape of one row}
     * @param enumNames whether enumerations are the names of their values, else the numbers
     * @return empty when no type of Spark holds the values: references, times, numbers of more than eight bytes
     */
    public static Optional<DataType> of(ElementType element, Shape row, boolean enumNames) {
        Optional<DataType> type = element(element, enumNames);
        for (int i = 0; i < row.rank(); i++) {
            type = type.map(inner -> DataTypes.createArrayType(inner, element instanceof StringType));
        }
        return type;
    }

    private static Optional<DataType> element(ElementType type, boolean enumNames) {
        if (type instanceof IntegerType integer) {
            return whole(integer.size(), integer.signed());
        }
        if (type instanceof FloatType floating) {
            return floating(floating);
        }
        if (type instanceof StringType) {
            return Optional.of(DataTypes.StringType);
        }
        if (type instanceof EnumType enumeration) {
            return enumeration(enumeration, enumNames);
        }
        if (type instanceof CompoundType compound) {
            return compound(compound, enumNames);
        }
        return rarer(type, enumNames);
    }

    private static Optional<DataType> rarer(ElementType type, boolean enumNames) {
        if (type instanceof ArrayType array) {
            return of(array.base(), array.shape(), enumNames);
        }
        if (type instanceof SequenceType sequence) {
            return element(sequence.base(), enumNames)
                    .map(base -> DataTypes.createArrayType(base, sequence.base() instanceof StringType));
        }
        if (type instanceof BitfieldType bits) {
            return bits.size() > Long.BYTES ? Optional.of(DataTypes.BinaryType) : whole(bits.size(), false);
        }
        if (type instanceof OpaqueType) {
            return Optional.of(DataTypes.BinaryType);
        }
        if (type instanceof ComplexType complex) {
            return floating(complex.base())
                    .map(part -> new StructType().add("real", part, false).add("imaginary", part, false));
        }
        return Optional.empty();
    }

    private static Optional<DataType> whole(int size, boolean signed) {
        if (size > Long.BYTES) {
            return Optional.empty();
        }
        // Stored bytes of 3, 5, 6 and 7 are held as the next larger.
        if (size > Integer.BYTES) {
            return Optional.of(signed ? DataTypes.LongType : DataTypes.createDecimalType(UNSIGNED_LONG_DIGITS, 0));
        }
        if (size > Short.BYTES) {
            return Optional.of(signed ? DataTypes.IntegerType : DataTypes.LongType);
        }
        if (size > Byte.BYTES) {
            return Optional.of(signed ? DataTypes.ShortType : DataTypes.IntegerType);
        }
        return Optional.of(signed ? DataTypes.ByteType : DataTypes.ShortType);
    }

    private static Optional<DataType> floating(FloatType type) {
        if (!type.isIeee()) {
            return Optional.empty();
        }
        if (type.size() > Double.BYTES) {
            return Optional.empty();
        }
        return Optional.of(type.size() > Float.BYTES ? DataTypes.DoubleType : DataTypes.FloatType);
    }

    private static Optional<DataType> enumeration(EnumType type, boolean names) {
        if (type.isBoolean()) {
            return Optional.of(DataTypes.BooleanType);
        }
        return names ? Optional.of(DataTypes.StringType) : element(type.base(), false);
    }

    private static Optional<DataType> compound(CompoundType compound, boolean enumNames) {
        List<StructField> fields = new ArrayList<>();
        for (CompoundType.Member member : compound.members()) {
            Optional<DataType> type = element(member.type(), enumNames);
            if (type.isEmpty()) {
                return Optional.empty();
            }
            fields.add(DataTypes.createStructField(member.name(), type.get(), member.type() instanceof StringType));
        }
        return fields.isEmpty() ? Optional.empty() : Optional.of(DataTypes.createStructType(fields));
    }
}
