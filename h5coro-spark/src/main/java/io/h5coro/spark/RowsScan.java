// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.spark.metric.ReadMetrics;
import io.h5coro.spark.plan.ReaderFactory;
import io.h5coro.spark.plan.ScanPlan;
import io.h5coro.spark.read.ReadTask;
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
    private final RowsTable table;
    private final StructType columns;
    private final ReadTask task;

    @GuardedBy("this")
    private @Nullable ScanPlan plan;

    RowsScan(RowsTable table, StructType columns, ReadTask task) {
        this.table = table;
        this.columns = columns;
        this.task = task;
    }

    private synchronized ScanPlan plan() {
        if (plan == null) {
            plan = ScanPlan.of(task, table.files(), table.known());
        }
        return plan;
    }

    @Override
    public StructType readSchema() {
        return columns;
    }

    /** Names what is read, and no option of the storage. */
    @Override
    public String description() {
        String limit = task.limit() == ReadTask.NO_LIMIT ? "" : ", limit " + task.limit();
        return table.name() + ", conditions " + task.conditions() + limit;
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
        return new ReaderFactory(task);
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
