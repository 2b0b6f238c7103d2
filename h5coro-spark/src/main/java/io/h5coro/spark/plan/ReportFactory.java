// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.plan;

import io.h5coro.spark.read.FileReport;
import io.h5coro.spark.read.ReadTask;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/**
 * Makes the readers of a table of files. Immutable.
 *
 * @param task what is read of each file to know whether it can be read
 */
public record ReportFactory(ReadTask task) implements PartitionReaderFactory {
    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
        return new FileReport(task, ((FilePartition) partition).pieces());
    }
}
