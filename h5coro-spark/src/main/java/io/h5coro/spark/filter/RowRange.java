// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.filter;

import java.io.Serializable;
import java.util.List;

/**
 * The rows of each file that conditions on the number of the row leave, as far as they say so plainly. Immutable.
 *
 * @param first first row
 * @param end the row behind the last
 */
public record RowRange(long first, long end) implements Serializable {
    /** Every row. */
    public static final RowRange ALL = new RowRange(0, Long.MAX_VALUE);

    /**
     * Returns a range that holds every row for which all conditions are true.
     *
     * @param column the name of the column of rows' numbers
     */
    public static RowRange of(List<Condition> conditions, String column) {
        RowRange range = ALL;
        for (Condition condition : conditions) {
            if (condition instanceof Condition.Comparison comparison
                    && comparison.column().equals(column)
                    && comparison.value() instanceof Long value) {
                range = range.with(comparison.relation(), value);
            } else if (condition instanceof Condition.And and) {
                RowRange inner = of(and.parts(), column);
                range = new RowRange(Math.max(range.first, inner.first), Math.min(range.end, inner.end));
            }
        }
        return range;
    }

    private RowRange with(Condition.Relation relation, long value) {
        long behind = value == Long.MAX_VALUE ? value : value + 1;
        return switch (relation) {
            case EQUAL -> new RowRange(Math.max(first, value), Math.min(end, behind));
            case LESS -> new RowRange(first, Math.min(end, value));
            case AT_MOST -> new RowRange(first, Math.min(end, behind));
            case MORE -> new RowRange(Math.max(first, behind), end);
            case AT_LEAST -> new RowRange(Math.max(first, value), end);
            case DIFFERENT -> this;
        };
    }
}
