// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.read;

import io.h5coro.spark.file.Costs;
import io.h5coro.spark.file.ExecutorShare;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * One row for each file: what a query that skips files would have of it. Reads every column of every file, the next
 * ones ahead. One thread uses it.
 */
public final class FileReport implements PartitionReader<InternalRow> {
    /** Files that are read side by side, most of whose time is waiting. */
    private static final int FILES_AHEAD = 16;

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
    private final Deque<Future<InternalRow>> ahead = new ArrayDeque<>();
    private final ExecutorService threads;
    private @Nullable InternalRow row;

    /** Starts to read files. */
    public FileReport(ReadTask task, List<Piece> pieces) {
        this.task = task;
        this.pieces = pieces.iterator();
        this.threads = Executors.newFixedThreadPool(Math.max(1, Math.min(FILES_AHEAD, pieces.size())), run -> {
            Thread thread = new Thread(run, "h5coro-report");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public boolean next() throws IOException {
        while (ahead.size() < FILES_AHEAD && pieces.hasNext()) {
            Piece piece = pieces.next();
            ahead.add(threads.submit(() -> report(piece)));
        }
        Future<InternalRow> first = ahead.poll();
        if (first == null) {
            return false;
        }
        row = result(first);
        return true;
    }

    private static InternalRow result(Future<InternalRow> first) throws IOException {
        try {
            return first.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("the task was ended").initCause(e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw PieceReader.thrown(cause == null ? e : cause);
        }
    }

    private InternalRow report(Piece piece) throws IOException {
        long rows = 0;
        @Nullable Throwable failure = null;
        PieceReader reader = new PieceReader(task, List.of(piece), ExecutorShare.aheadBytes() / FILES_AHEAD);
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
        // Each file is given back by the thread that reads it.
        threads.shutdownNow();
    }
}
