// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.plan;

import io.h5coro.spark.read.PieceReader;
import io.h5coro.spark.read.ReadTask;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Makes the readers of a query on executors. Immutable.
 *
 * @param task what every reader reads of its files
 */
public record ReaderFactory(ReadTask task) implements PartitionReaderFactory {
    @Override
    public boolean supportColumnarReads(InputPartition partition) {
        return true;
    }

    @Override
    public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
        return new PieceReader(task, ((FilePartition) partition).pieces());
    }

    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
        throw new UnsupportedOperationException("rows are read in batches of columns");
    }
}
