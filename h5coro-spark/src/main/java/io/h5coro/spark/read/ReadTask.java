// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.read;

import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Hyperslab;
import io.h5coro.spark.filter.Condition;
import io.h5coro.spark.filter.RowRange;
import io.h5coro.spark.option.SourceOptions.Terms;
import io.h5coro.spark.schema.ReadColumn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the tasks of a query read of each file. Immutable.
 *
 * @param output columns in the order in which Spark wants them
 * @param tested columns that the conditions name
 * @param conditions all of which a row fulfils
 * @param anchor path of a dataset that says how many rows there are
 * @param range rows of each file outside of which there are none
 * @param limit most rows of a task, 0 or more
 */
public record ReadTask(
        List<ReadColumn> output,
        List<ReadColumn> tested,
        List<Condition> conditions,
        String anchor,
        RowRange range,
        int limit,
        Terms terms)
        implements Serializable {
    /** The limit of a task that has none. */
    public static final int NO_LIMIT = Integer.MAX_VALUE;

    /** Copies the lists. */
    public ReadTask {
        output = List.copyOf(output);
        tested = List.copyOf(tested);
        conditions = List.copyOf(conditions);
    }

    /** Returns the same task, which ends at the first file that cannot be read. */
    public ReadTask strict() {
        return new ReadTask(output, tested, conditions, anchor, range, limit, terms.strict());
    }

    /**
     * Returns requests for all datasets that it reads of a file.
     *
     * @param rows of each, from the first on; {@link #NO_LIMIT} for all
     */
    public List<DatasetRequest> requests(int rows) {
        return all(ReadColumn.Source.DATASET).stream()
                .map(ReadColumn::path)
                .distinct()
                .map(path -> rows == NO_LIMIT
                        ? DatasetRequest.of(path)
                        : DatasetRequest.of(path, Hyperslab.of(Hyperslab.Range.of(0, rows)))
                                .clipped())
                .toList();
    }

    boolean isFiltered() {
        return !conditions.isEmpty();
    }

    /** The columns of a source, each once. */
    List<ReadColumn> all(ReadColumn.Source source) {
        Map<String, ReadColumn> all = new LinkedHashMap<>();
        List<ReadColumn> both = new ArrayList<>(tested);
        both.addAll(output);
        for (ReadColumn column : both) {
            if (column.source() == source) {
                all.putIfAbsent(column.name(), column);
            }
        }
        return List.copyOf(all.values());
    }
}
