// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import io.h5coro.spark.plan.ReportFactory;
import io.h5coro.spark.plan.ScanPlan;
import io.h5coro.spark.read.FileReport;
import io.h5coro.spark.read.ReadTask;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The files of a table, and which of them a query whose mode is {@code skip} leaves out. Immutable.
 *
 * @param rows the table whose files they are
 */
record FilesTable(RowsTable rows) implements SupportsRead, ScanBuilder, Scan, Batch {
    @Override
    public String name() {
        return "files of " + rows.name();
    }

    /** Deprecated in Spark, and abstract there in the oldest release. */
    @Override
    @SuppressWarnings("deprecation")
    public StructType schema() {
        return FileReport.COLUMNS;
    }

    @Override
    public Set<TableCapability> capabilities() {
        return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap more) {
        return this;
    }

    @Override
    public Scan build() {
        return this;
    }

    @Override
    public StructType readSchema() {
        return FileReport.COLUMNS;
    }

    @Override
    public String description() {
        return name();
    }

    @Override
    public Batch toBatch() {
        return this;
    }

    private ReadTask task() {
        return new RowsScanBuilder(rows).task().strict();
    }

    @Override
    public ColumnarSupportMode columnarSupportMode() {
        return ColumnarSupportMode.UNSUPPORTED;
    }

    @Override
    public InputPartition[] planInputPartitions() {
        return ScanPlan.ofFiles(rows.files(), rows.known()).partitions().toArray(InputPartition[]::new);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new ReportFactory(task());
    }

    @Override
    public String toString() {
        return name();
    }
}
