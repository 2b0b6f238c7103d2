// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.filter;

import io.h5coro.spark.vector.Vectors;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Evaluates conditions for all rows of a block, with the results of Spark's own operators: NaN equals itself and is
 * larger than every number, negative zero equals zero, texts are compared by their bytes.
 */
public final class Verdicts {
    private static final byte FALSE = 0;
    private static final byte UNKNOWN = 1;
    private static final byte TRUE = 2;

    private final Map<String, ColumnVector> columns;
    private final int rows;

    private Verdicts(Map<String, ColumnVector> columns, int rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * Returns the rows for which all conditions are true.
     *
     * @param columns those that the conditions name
     * @param rows number of rows that each of them has
     */
    public static BitSet rows(List<Condition> conditions, Map<String, ColumnVector> columns, int rows) {
        byte[] verdict = new Verdicts(columns, rows).of(new Condition.And(conditions));
        BitSet hits = new BitSet(rows);
        for (int row = 0; row < rows; row++) {
            if (verdict[row] == TRUE) {
                hits.set(row);
            }
        }
        return hits;
    }

    /**
     * Returns whether all conditions are true of a text.
     *
     * @param column the one that they name
     */
    public static boolean holds(List<Condition> conditions, String column, String text) {
        return !rows(conditions, Map.of(column, Vectors.repeated(text, 1)), 1).isEmpty();
    }

    private byte[] of(Condition condition) {
        if (condition instanceof Condition.And and) {
            return joined(and.parts(), TRUE, Math::min);
        }
        if (condition instanceof Condition.Or or) {
            return joined(or.parts(), FALSE, Math::max);
        }
        if (condition instanceof Condition.Not not) {
            byte[] verdict = of(not.part());
            for (int row = 0; row < rows; row++) {
                verdict[row] = (byte) (TRUE - verdict[row]);
            }
            return verdict;
        }
        if (condition instanceof Condition.Always always) {
            byte[] verdict = new byte[rows];
            Arrays.fill(verdict, always.value() ? TRUE : FALSE);
            return verdict;
        }
        return ofColumn(condition);
    }

    private interface Join {
        int of(int one, int other);
    }

    private byte[] joined(List<Condition> parts, byte start, Join join) {
        byte[] joined = new byte[rows];
        Arrays.fill(joined, start);
        for (Condition part : parts) {
            byte[] verdict = of(part);
            for (int row = 0; row < rows; row++) {
                joined[row] = (byte) join.of(joined[row], verdict[row]);
            }
        }
        return joined;
    }

    private byte[] ofColumn(Condition condition) {
        if (condition instanceof Condition.IsNull isNull) {
            ColumnVector column = column(isNull.column());
            return each(row -> column.isNullAt(row));
        }
        if (condition instanceof Condition.Comparison comparison) {
            ColumnVector column = column(comparison.column());
            Ordered ordered = ordered(column, comparison.value());
            Condition.Relation relation = comparison.relation();
            return unlessNull(column, each(row -> !column.isNullAt(row) && relation.holds(ordered.compare(row))));
        }
        if (condition instanceof Condition.SafeEqual equal) {
            ColumnVector column = column(equal.column());
            Ordered ordered = ordered(column, equal.value());
            return each(row -> !column.isNullAt(row) && ordered.compare(row) == 0);
        }
        if (condition instanceof Condition.In in) {
            return in(in);
        }
        Condition.Text text = (Condition.Text) condition;
        ColumnVector column = column(text.column());
        return unlessNull(column, each(row -> !column.isNullAt(row) && holds(text, column.getUTF8String(row))));
    }

    private static boolean holds(Condition.Text text, UTF8String value) {
        UTF8String sought = (UTF8String) text.value();
        return switch (text.test()) {
            case STARTS_WITH -> value.startsWith(sought);
            case ENDS_WITH -> value.endsWith(sought);
            case CONTAINS -> value.contains(sought);
        };
    }

    private byte[] in(Condition.In in) {
        ColumnVector column = column(in.column());
        // In the order of the comparisons, so that each row takes a binary search.
        List<Ordered> values = in.values().stream()
                .sorted(Verdicts::natural)
                .map(value -> ordered(column, value))
                .toList();
        byte[] verdict = each(row -> !column.isNullAt(row) && isOne(values, row));
        if (in.orNull()) {
            for (int row = 0; row < rows; row++) {
                verdict[row] = verdict[row] == TRUE ? TRUE : UNKNOWN;
            }
        }
        return unlessNull(column, verdict);
    }

    private static boolean isOne(List<Ordered> values, int row) {
        int low = 0;
        int high = values.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int comparison = values.get(middle).compare(row);
            if (comparison == 0) {
                return true;
            }
            low = comparison > 0 ? middle + 1 : low;
            high = comparison < 0 ? middle - 1 : high;
        }
        return false;
    }

    /** The order of values of one class, which each are comparable with one another. */
    @SuppressWarnings("unchecked")
    private static int natural(Object one, Object other) {
        return ((Comparable<Object>) one).compareTo(other);
    }

    private ColumnVector column(String name) {
        ColumnVector column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException("a condition on the column " + name + ", which is not read");
        }
        return column;
    }

    private byte[] each(IntPredicate test) {
        byte[] verdict = new byte[rows];
        for (int row = 0; row < rows; row++) {
            verdict[row] = test.test(row) ? TRUE : FALSE;
        }
        return verdict;
    }

    private byte[] unlessNull(ColumnVector column, byte[] verdict) {
        if (column.hasNull()) {
            for (int row = 0; row < rows; row++) {
                verdict[row] = column.isNullAt(row) ? UNKNOWN : verdict[row];
            }
        }
        return verdict;
    }

    /** How the value of a row compares with one value. */
    private interface Ordered {
        int compare(int row);
    }

    private static Ordered ordered(ColumnVector column, Object value) {
        DataType type = column.dataType();
        if (type instanceof FloatType) {
            double other = (Double) value;
            return row -> compare(column.getFloat(row), other);
        }
        if (type instanceof DoubleType) {
            double other = (Double) value;
            return row -> compare(column.getDouble(row), other);
        }
        if (type instanceof BooleanType) {
            boolean other = (Boolean) value;
            return row -> Boolean.compare(column.getBoolean(row), other);
        }
        if (type instanceof StringType) {
            UTF8String other = (UTF8String) value;
            return row -> column.getUTF8String(row).compareTo(other);
        }
        if (type instanceof DecimalType decimal) {
            Decimal other = (Decimal) value;
            return row ->
                    column.getDecimal(row, decimal.precision(), decimal.scale()).compareTo(other);
        }
        return whole(column, type, (Long) value);
    }

    private static Ordered whole(ColumnVector column, DataType type, long other) {
        if (type instanceof LongType) {
            return row -> Long.compare(column.getLong(row), other);
        }
        if (type instanceof IntegerType) {
            return row -> Long.compare(column.getInt(row), other);
        }
        if (type instanceof ShortType) {
            return row -> Long.compare(column.getShort(row), other);
        }
        return row -> Long.compare(column.getByte(row), other);
    }

    private static int compare(double one, double other) {
        return one == other ? 0 : Double.compare(one, other);
    }
}
