// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.filter;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A condition on the columns of a row: true, false or, where a null decides, neither, as in SQL. Values are held as one
 * of {@code Long}, {@code Double}, {@code Boolean}, {@code UTF8String} and {@code Decimal}. Immutable.
 */
public sealed interface Condition extends Serializable {
    /** How a value stands to another. */
    enum Relation {
        /** = */
        EQUAL,
        /** &lt;&gt; */
        DIFFERENT,
        /** &lt; */
        LESS,
        /** &lt;= */
        AT_MOST,
        /** &gt; */
        MORE,
        /** &gt;= */
        AT_LEAST;

        /** Returns whether the relation holds, for the sign of a comparison. */
        public boolean holds(int comparison) {
            return switch (this) {
                case EQUAL -> comparison == 0;
                case DIFFERENT -> comparison != 0;
                case LESS -> comparison < 0;
                case AT_MOST -> comparison <= 0;
                case MORE -> comparison > 0;
                case AT_LEAST -> comparison >= 0;
            };
        }

        /** Returns the relation of the other to the one. */
        Relation flipped() {
            return switch (this) {
                case EQUAL, DIFFERENT -> this;
                case LESS -> MORE;
                case AT_MOST -> AT_LEAST;
                case MORE -> LESS;
                case AT_LEAST -> AT_MOST;
            };
        }
    }

    /** What a text does with another. */
    enum TextTest {
        /** It begins with it. */
        STARTS_WITH,
        /** It ends with it. */
        ENDS_WITH,
        /** It contains it. */
        CONTAINS
    }

    /** True, or false, for every row. */
    record Always(boolean value) implements Condition {}

    /** A column compared with a value. */
    record Comparison(String column, Relation relation, Object value) implements Condition {}

    /**
     * A column compared with a value, where a null is a value as others: {@code <=>}.
     *
     * @param value not null
     */
    record SafeEqual(String column, Object value) implements Condition {}

    /**
     * A column that is one of several values.
     *
     * @param values not null
     * @param orNull whether a null was among the values, so that what is none of the others is unknown
     */
    record In(String column, List<Object> values, boolean orNull) implements Condition {
        /** Copies the list. */
        public In {
            values = List.copyOf(values);
        }
    }

    /** A column that is null. */
    record IsNull(String column) implements Condition {}

    /** A column of texts that begin with, end with or contain a text. */
    record Text(String column, TextTest test, Object value) implements Condition {}

    /** All of several. */
    record And(List<Condition> parts) implements Condition {
        /** Copies the list. */
        public And {
            parts = List.copyOf(parts);
        }
    }

    /** At least one of several. */
    record Or(List<Condition> parts) implements Condition {
        /** Copies the list. */
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /** The contrary. */
    record Not(Condition part) implements Condition {}

    /** Returns the names of the columns that it depends on. */
    default Set<String> columns() {
        Set<String> names = new TreeSet<>();
        collect(this, names);
        return names;
    }

    private static void collect(Condition condition, Set<String> names) {
        if (condition instanceof And and) {
            and.parts().forEach(part -> collect(part, names));
        } else if (condition instanceof Or or) {
            or.parts().forEach(part -> collect(part, names));
        } else if (condition instanceof Not not) {
            collect(not.part(), names);
        } else if (condition instanceof Comparison comparison) {
            names.add(comparison.column());
        } else if (condition instanceof SafeEqual equal) {
            names.add(equal.column());
        } else if (condition instanceof In in) {
            names.add(in.column());
        } else if (condition instanceof IsNull isNull) {
            names.add(isNull.column());
        } else if (condition instanceof Text text) {
            names.add(text.column());
        }
    }
}
