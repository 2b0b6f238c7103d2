// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.spark.file.ListedFile;
import io.h5coro.spark.filter.Condition;
import io.h5coro.spark.filter.Verdicts;
import io.h5coro.spark.metric.ReadMetrics;
import io.h5coro.spark.plan.ReaderFactory;
import io.h5coro.spark.plan.ScanPlan;
import io.h5coro.spark.read.ReadTask;
import io.h5coro.spark.schema.ReadColumn;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A query on the rows of files. Its plan is made once, for whoever asks first. Thread-safe. */
final class RowsScan implements SupportsReportStatistics, Batch {
    private final Query query;

    @GuardedBy("this")
    private @Nullable ScanPlan plan;

    RowsScan(Query query) {
        this.query = query;
    }

    /**
     * What is asked of a table. Immutable.
     *
     * @param ofFiles conditions on {@code _file}, all of which a file fulfils that is read
     * @param task what is read of each file
     */
    record Query(RowsTable table, StructType columns, List<Condition> ofFiles, ReadTask task) {
        Query {
            ofFiles = List.copyOf(ofFiles);
        }

        List<ListedFile> files() {
            return ofFiles.isEmpty()
                    ? table.files()
                    : table.files().stream()
                            .filter(file -> Verdicts.holds(ofFiles, ReadColumn.FILE, file.shown()))
                            .toList();
        }
    }

    private synchronized ScanPlan plan() {
        if (plan == null) {
            plan = ScanPlan.of(query.task(), query.files(), query.table().known());
        }
        return plan;
    }

    @Override
    public StructType readSchema() {
        return query.columns();
    }

    /** Names what is read, and no option of the storage. */
    @Override
    public String description() {
        ReadTask task = query.task();
        String limit = task.limit() == ReadTask.NO_LIMIT ? "" : ", limit " + task.limit();
        String files = query.ofFiles().isEmpty() ? "" : ", files " + query.ofFiles();
        return query.table().name() + files + ", conditions " + task.conditions() + limit;
    }

    @Override
    public String toString() {
        return description();
    }

    @Override
    public Batch toBatch() {
        return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
        return plan().partitions().toArray(InputPartition[]::new);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new ReaderFactory(query.task());
    }

    @Override
    public ColumnarSupportMode columnarSupportMode() {
        return ColumnarSupportMode.SUPPORTED;
    }

    @Override
    public CustomMetric[] supportedCustomMetrics() {
        return ReadMetrics.all();
    }

    @Override
    public Statistics estimateStatistics() {
        ScanPlan known = plan();
        return new Statistics() {
            @Override
            public OptionalLong sizeInBytes() {
                return OptionalLong.of(Math.max(1, known.bytes()));
            }

            @Override
            public OptionalLong numRows() {
                return known.rows();
            }
        };
    }
}
