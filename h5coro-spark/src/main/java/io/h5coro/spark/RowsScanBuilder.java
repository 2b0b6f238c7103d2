// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import io.h5coro.spark.filter.Condition;
import io.h5coro.spark.filter.RowRange;
import io.h5coro.spark.filter.SparkPredicates;
import io.h5coro.spark.read.ReadTask;
import io.h5coro.spark.schema.ReadColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownLimit;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Takes what a query leaves to the source: columns, conditions, a limit. Confined to one thread. */
final class RowsScanBuilder
        implements SupportsPushDownRequiredColumns, SupportsPushDownV2Filters, SupportsPushDownLimit {
    private final RowsTable table;
    private final StructType all;
    private final List<Predicate> pushed = new ArrayList<>();
    private final List<Condition> conditions = new ArrayList<>();

    /** Those that hold for all rows of a file or for none: they pick the files. */
    private final List<Condition> ofFiles = new ArrayList<>();

    private StructType wanted;
    private int limit = ReadTask.NO_LIMIT;

    RowsScanBuilder(RowsTable table) {
        this.table = table;
        this.wanted = table.rowType();
        StructType columns = table.rowType();
        for (StructField metadata : List.of(
                DataTypes.createStructField(ReadColumn.FILE, DataTypes.StringType, false),
                DataTypes.createStructField(ReadColumn.ROW, DataTypes.LongType, false))) {
            if (!Arrays.asList(columns.fieldNames()).contains(metadata.name())) {
                columns = columns.add(metadata);
            }
        }
        this.all = columns;
    }

    @Override
    public void pruneColumns(StructType required) {
        wanted = required;
    }

    /** Takes the predicates that are evaluated exactly, and returns the others. */
    @Override
    public Predicate[] pushPredicates(Predicate[] predicates) {
        SparkPredicates translation = new SparkPredicates(all);
        List<Predicate> left = new ArrayList<>();
        for (Predicate predicate : predicates) {
            translation
                    .condition(predicate)
                    .ifPresentOrElse(
                            condition -> {
                                pushed.add(predicate);
                                (isOfFile(condition) ? ofFiles : conditions).add(condition);
                            },
                            () -> left.add(predicate));
        }
        return left.toArray(Predicate[]::new);
    }

    private boolean isOfFile(Condition condition) {
        return condition.columns().equals(Set.of(ReadColumn.FILE)) && !isStored(ReadColumn.FILE);
    }

    @Override
    public Predicate[] pushedPredicates() {
        return pushed.toArray(Predicate[]::new);
    }

    /** Each task stops at the limit; Spark does for all of them. */
    @Override
    public boolean pushLimit(int rows) {
        if (!conditions.isEmpty()) {
            return false;
        }
        limit = rows;
        return true;
    }

    @Override
    public Scan build() {
        return new RowsScan(new RowsScan.Query(table, wanted, ofFiles, task()));
    }

    /** What tasks read: by default all columns of all rows. */
    ReadTask task() {
        Set<String> tested = new TreeSet<>();
        conditions.forEach(condition -> tested.addAll(condition.columns()));
        List<ReadColumn> columns = new ArrayList<>();
        tested.forEach(name -> columns.add(column(all.apply(name))));
        return new ReadTask(
                Arrays.stream(wanted.fields()).map(this::column).toList(),
                columns,
                conditions,
                anchor(),
                RowRange.of(conditions, isStored(ReadColumn.ROW) ? "" : ReadColumn.ROW),
                limit,
                table.options().terms());
    }

    private ReadColumn column(StructField field) {
        return ReadColumn.of(field, table.rowType(), table.options());
    }

    /** Whether the files have a dataset of the name of a metadata column. */
    private boolean isStored(String name) {
        return !table.options().fileColumns()
                && Arrays.asList(table.rowType().fieldNames()).contains(name);
    }

    /** The dataset that says how many rows a file has. */
    private String anchor() {
        return table.options()
                .rows()
                .orElseGet(() -> Arrays.stream(table.rowType().fields())
                        .map(this::column)
                        .filter(column -> column.source() == ReadColumn.Source.DATASET)
                        .map(ReadColumn::path)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "no column of the table is a dataset; option rows names one that has the rows")));
    }
}
