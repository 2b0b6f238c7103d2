// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Makes conditions of Spark's predicates. One that is not translated as a whole, and exactly, is left to Spark.
 */
public final class SparkPredicates {
    private static final Map<String, Condition.Relation> RELATIONS = Map.of(
            "=", Condition.Relation.EQUAL,
            "<>", Condition.Relation.DIFFERENT,
            "<", Condition.Relation.LESS,
            "<=", Condition.Relation.AT_MOST,
            ">", Condition.Relation.MORE,
            ">=", Condition.Relation.AT_LEAST);

    private static final Map<String, Condition.TextTest> TEXTS = Map.of(
            "STARTS_WITH", Condition.TextTest.STARTS_WITH,
            "ENDS_WITH", Condition.TextTest.ENDS_WITH,
            "CONTAINS", Condition.TextTest.CONTAINS);

    private final StructType columns;

    /** Translates predicates on some columns. */
    public SparkPredicates(StructType columns) {
        this.columns = columns;
    }

    /** Returns the condition; empty when it cannot be evaluated while reading. */
    public Optional<Condition> condition(Expression predicate) {
        if (predicate instanceof NamedReference reference) {
            // A column of booleans.
            return column(reference)
                    .filter(name -> typeOf(name) instanceof BooleanType)
                    .map(name -> new Condition.Comparison(name, Condition.Relation.EQUAL, true));
        }
        if (!(predicate instanceof Predicate named)) {
            return Optional.empty();
        }
        Expression[] children = predicate.children();
        return switch (named.name()) {
            case "ALWAYS_TRUE" -> Optional.of(new Condition.Always(true));
            case "ALWAYS_FALSE" -> Optional.of(new Condition.Always(false));
            case "AND" -> all(children).map(Condition.And::new);
            case "OR" -> all(children).map(Condition.Or::new);
            case "NOT" -> condition(children[0]).map(Condition.Not::new);
            default -> onColumn(named.name(), children);
        };
    }

    private Optional<List<Condition>> all(Expression[] children) {
        List<Condition> parts = new ArrayList<>();
        for (Expression child : children) {
            Optional<Condition> part = condition(child);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
        }
        return Optional.of(parts);
    }

    private Optional<Condition> onColumn(String name, Expression[] children) {
        if (children.length == 0) {
            return Optional.empty();
        }
        if (children.length == 2 && children[0] instanceof Literal && RELATIONS.containsKey(name)) {
            return comparison(RELATIONS.get(name).flipped(), children[1], children[0]);
        }
        Optional<String> column = column(children[0]);
        if (column.isEmpty()) {
            return Optional.empty();
        }
        if (name.equals("IS_NULL")) {
            return Optional.of(new Condition.IsNull(column.get()));
        }
        if (name.equals("IS_NOT_NULL")) {
            return Optional.of(new Condition.Not(new Condition.IsNull(column.get())));
        }
        if (name.equals("IN")) {
            return in(column.get(), children);
        }
        return children.length == 2 ? binary(name, column.get(), children) : Optional.empty();
    }

    private Optional<Condition> binary(String name, String column, Expression[] children) {
        if (RELATIONS.containsKey(name)) {
            return comparison(RELATIONS.get(name), children[0], children[1]);
        }
        if (name.equals("<=>")) {
            if (children[1] instanceof Literal<?> literal && literal.value() == null) {
                return Optional.of(new Condition.IsNull(column));
            }
            return value(children[1], typeOf(column)).map(value -> new Condition.SafeEqual(column, value));
        }
        if (TEXTS.containsKey(name) && typeOf(column).equals(DataTypes.StringType)) {
            return value(children[1], DataTypes.StringType)
                    .map(value -> new Condition.Text(column, TEXTS.get(name), value));
        }
        return Optional.empty();
    }

    private Optional<Condition> comparison(Condition.Relation relation, Expression column, Expression literal) {
        return column(column)
                .flatMap(name ->
                        value(literal, typeOf(name)).map(value -> new Condition.Comparison(name, relation, value)));
    }

    private Optional<Condition> in(String column, Expression[] children) {
        List<Object> values = new ArrayList<>();
        boolean orNull = false;
        for (int i = 1; i < children.length; i++) {
            if (children[i] instanceof Literal<?> literal && literal.value() == null) {
                orNull = true;
                continue;
            }
            Optional<Object> value = value(children[i], typeOf(column));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(new Condition.In(column, values, orNull));
    }

    /** The name of a column of its own, not of a member of a structure. */
    private Optional<String> column(Expression expression) {
        if (expression instanceof NamedReference reference && reference.fieldNames().length == 1) {
            String name = reference.fieldNames()[0];
            if (List.of(columns.fieldNames()).contains(name) && isComparable(typeOf(name))) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private DataType typeOf(String column) {
        return columns.apply(column).dataType();
    }

    private static boolean isComparable(DataType type) {
        return isWhole(type)
                || type instanceof FloatType
                || type instanceof DoubleType
                || type instanceof BooleanType
                || type instanceof DecimalType
                || type.equals(DataTypes.StringType);
    }

    private static boolean isWhole(DataType type) {
        return type instanceof ByteType
                || type instanceof ShortType
                || type instanceof IntegerType
                || type instanceof LongType;
    }

    /** A literal in the form in which columns of its type are compared; empty when it is of another type, or null. */
    private static Optional<Object> value(Expression expression, DataType type) {
        if (!(expression instanceof Literal<?> literal) || !literal.dataType().equals(type)) {
            return Optional.empty();
        }
        Object value = literal.value();
        if (value instanceof Number number && isWhole(type)) {
            return Optional.of(number.longValue());
        }
        if (value instanceof Float || value instanceof Double) {
            return Optional.of(((Number) value).doubleValue());
        }
        if (value instanceof Boolean || value instanceof UTF8String || value instanceof Decimal) {
            return Optional.of(value);
        }
        return Optional.empty();
    }
}
