// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.schema;

import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Which types hold every value of another type exactly. */
public final class Widening {
    private static final List<DataType> WHOLE =
            List.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);
    private static final List<Integer> DIGITS = List.of(3, 5, 10, 19);

    /** The widest whole numbers that are all floats, and doubles: shorts, and ints. */
    private static final int WHOLE_FLOATS = 2;

    private static final int WHOLE_DOUBLES = 3;

    private Widening() {}

    /** Returns whether every value of a type is one of another, also in the parts of structures and arrays. */
    public static boolean isExact(DataType from, DataType to) {
        if (from.equals(to)) {
            return true;
        }
        if (from instanceof ArrayType one && to instanceof ArrayType other) {
            return isExact(one.elementType(), other.elementType());
        }
        if (from instanceof StructType one && to instanceof StructType other) {
            return isExact(one.fields(), other.fields());
        }
        int whole = WHOLE.indexOf(from);
        return whole >= 0 ? isExact(whole, to) : isExactFraction(from, to);
    }

    private static boolean isExactFraction(DataType from, DataType to) {
        if (from instanceof DecimalType one && to instanceof DecimalType other) {
            return one.scale() == 0 && other.scale() == 0 && one.precision() <= other.precision();
        }
        return from.equals(DataTypes.FloatType) && to.equals(DataTypes.DoubleType);
    }

    private static boolean isExact(int whole, DataType to) {
        if (to instanceof DecimalType decimal) {
            return decimal.scale() == 0 && decimal.precision() >= DIGITS.get(whole);
        }
        if (to.equals(DataTypes.FloatType)) {
            return whole < WHOLE_FLOATS;
        }
        return to.equals(DataTypes.DoubleType) ? whole < WHOLE_DOUBLES : WHOLE.indexOf(to) > whole;
    }

    /** Members are matched by name; the wanted ones may be fewer, and in another order. */
    private static boolean isExact(StructField[] from, StructField[] to) {
        for (StructField wanted : to) {
            boolean found = false;
            for (StructField field : from) {
                found |= field.name().equals(wanted.name()) && isExact(field.dataType(), wanted.dataType());
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }
}
