// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.spark.file.ListedFile;
import io.h5coro.spark.filter.Condition;
import io.h5coro.spark.filter.RowRange;
import io.h5coro.spark.option.SourceOptions;
import io.h5coro.spark.option.StorageSettings;
import io.h5coro.spark.read.ReadTask;
import io.h5coro.spark.schema.ReadColumn;
import io.h5coro.spark.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.DataTypes;

/**
 * A table of one column over files of one form, and what its rows are.
 *
 * @param known the dataset of the column, with its values in each variant
 * @param isFiltered whether rows with a negative value are left out
 */
record QueryTable(Known known, boolean isFiltered) {
    /** A row as a query gives it. */
    record Row(String file, long number, long value) {}

    private String group() {
        return known.path().substring(0, known.path().lastIndexOf('/'));
    }

    private String column() {
        return known.path().substring(known.path().lastIndexOf('/') + 1);
    }

    SourceOptions options(List<ListedFile> files) {
        return new SourceOptions(
                files.stream().map(ListedFile::location).toList(),
                List.of(group()),
                Optional.of(known.path()),
                List.of(),
                false,
                true,
                true,
                new StorageSettings(Map.of()),
                Optional.of(1L << 20));
    }

    /** What each task reads: the value, the file and the number of each row. */
    ReadTask task(TableSchema schema, SourceOptions options) {
        ReadColumn value = ReadColumn.of(schema.columns().apply(column()), schema.columns(), options);
        return new ReadTask(
                List.of(
                        value,
                        new ReadColumn(ReadColumn.FILE, ReadColumn.Source.FILE, "", "", DataTypes.StringType),
                        new ReadColumn(ReadColumn.ROW, ReadColumn.Source.ROW, "", "", DataTypes.LongType)),
                isFiltered ? List.of(value) : List.of(),
                isFiltered ? List.of(new Condition.Comparison(column(), Condition.Relation.AT_LEAST, 0L)) : List.of(),
                known.path(),
                RowRange.ALL,
                ReadTask.NO_LIMIT,
                options.terms());
    }

    /** The value of each row in a variant. */
    long[] values(int variant) {
        return known.values().get(variant).stream()
                .mapToLong(QueryTable::number)
                .toArray();
    }

    /** All rows of a file of a variant that a query gives. */
    List<Row> rows(String file, int variant) {
        long[] values = values(variant);
        return new ArrayList<>(IntStream.range(0, values.length)
                .filter(row -> !isFiltered || values[row] >= 0)
                .mapToObj(row -> new Row(file, row, values[row]))
                .toList());
    }

    /** From bytes of two's complement, the least significant first. */
    private static long number(byte[] bytes) {
        long number = bytes[bytes.length - 1];
        for (int i = bytes.length - 2; i >= 0; i--) {
            number = number << 8 | (bytes[i] & 0xff);
        }
        return number;
    }
}
