// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.read;

import io.h5coro.spark.file.Costs;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * One row for each file: what a query that skips files would have of it. Reads every column of every file. Confined to
 * one thread.
 */
public final class FileReport implements PartitionReader<InternalRow> {
    /** File, rows, bytes, requests, status and message. */
    public static final StructType COLUMNS = new StructType()
            .add("file", DataTypes.StringType, false)
            .add("rows", DataTypes.LongType, false)
            .add("bytes", DataTypes.LongType, false)
            .add("requests", DataTypes.LongType, false)
            .add("status", DataTypes.StringType, false)
            .add("message", DataTypes.StringType, true);

    private final ReadTask task;
    private final Iterator<Piece> pieces;
    private @Nullable InternalRow row;

    /** Starts to read files. */
    public FileReport(ReadTask task, List<Piece> pieces) {
        this.task = task;
        this.pieces = pieces.iterator();
    }

    @Override
    public boolean next() throws IOException {
        if (!pieces.hasNext()) {
            return false;
        }
        row = report(pieces.next());
        return true;
    }

    private InternalRow report(Piece piece) throws IOException {
        long rows = 0;
        @Nullable Throwable failure = null;
        PieceReader reader = new PieceReader(task, List.of(piece));
        try (reader) {
            while (reader.next()) {
                rows += reader.get().numRows();
            }
        } catch (RuntimeException e) {
            if (!FileView.isOfFile(e)) {
                throw e;
            }
            failure = e;
        }
        Costs costs = reader.costs();
        return new GenericInternalRow(new @Nullable Object[] {
            UTF8String.fromString(piece.file().shown()),
            rows,
            costs.bytesFetched(),
            costs.requests(),
            UTF8String.fromString(failure == null ? "ok" : "skipped"),
            failure == null ? null : UTF8String.fromString(String.valueOf(failure.getMessage()))
        });
    }

    @Override
    public InternalRow get() {
        if (row == null) {
            throw new IllegalStateException("next() has given no row");
        }
        return row;
    }

    @Override
    public CustomTaskMetric[] currentMetricsValues() {
        return new CustomTaskMetric[0];
    }

    @Override
    public void close() {
        // Each file is closed when it has been read.
    }
}
