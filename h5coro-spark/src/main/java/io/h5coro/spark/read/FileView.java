// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.read;

import io.h5coro.Dataset;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.ReadPromise;
import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.error.Where;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.Shape;
import io.h5coro.spark.file.Lease;
import io.h5coro.spark.schema.ReadColumn;
import io.h5coro.spark.schema.SparkTypes;
import io.h5coro.spark.schema.TableSchema;
import io.h5coro.spark.schema.Widening;
import io.h5coro.storage.StorageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** An open file as a task reads it: its datasets by column, and the rows of one piece. Immutable. */
final class FileView {
    /** Rows that stay together where datasets have no chunks: some ten kilobytes of a column. */
    private static final long PLAIN_UNIT = 4096;

    /** What a row takes besides its values: its index, and whether it is wanted. */
    private static final long ROW_BYTES = 24;

    private final ReadTask task;
    private final Piece piece;
    private final Lease lease;
    private final Map<String, Dataset> datasets = new HashMap<>();
    private final Map<String, H5Array> broadcast = new HashMap<>();
    private final long first;
    private final long end;
    private final long unit;
    private final long rowBytes;

    /**
     * Finds the datasets of the task.
     *
     * @param lease of the file; stays the caller's
     * @throws H5Exception when it could not be opened or lacks a dataset
     * @throws UnfitFileException when a dataset has another type, or other rows
     */
    FileView(ReadTask task, Piece piece, Lease lease) {
        this.task = task;
        this.piece = piece;
        this.lease = lease;
        Dataset anchor = findDatasets();
        if (anchor.shape().rank() == 0) {
            throw UnfitFileException.of(piece.file(), anchorColumn(), "is a scalar and has no rows");
        }
        long rows = anchor.shape().dimension(0);
        long together = 1;
        long bytes = ROW_BYTES;
        for (ReadColumn column : task.all(ReadColumn.Source.DATASET)) {
            Dataset dataset = dataset(column.name());
            requireFit(column, dataset, rows);
            together =
                    Math.max(together, dataset.chunks().map(c -> c.dimension(0)).orElse(PLAIN_UNIT));
            bytes += Math.multiplyExact(
                    (long) dataset.type().size(),
                    SparkTypes.row(dataset.shape()).elementCount());
        }
        this.unit = Math.max(1, Math.min(together, Math.max(1, rows)));
        this.rowBytes = bytes;
        long from = Math.max(
                Piece.border(rows, unit, piece.part(), piece.parts()),
                task.range().first());
        long to = Math.min(
                Piece.border(rows, unit, piece.part() + 1, piece.parts()),
                task.range().end());
        this.first = from;
        this.end = Math.max(from, task.limit() == ReadTask.NO_LIMIT ? to : Math.min(to, from + task.limit()));
        readBroadcast();
    }

    /** Looks all datasets up together, and returns the one that says how many rows there are. */
    private Dataset findDatasets() {
        List<ReadColumn> columns = task.all(ReadColumn.Source.DATASET);
        List<String> paths =
                new ArrayList<>(columns.stream().map(ReadColumn::path).toList());
        paths.add(task.anchor());
        List<H5Object> objects = file().objects(paths);
        for (int i = 0; i < columns.size(); i++) {
            datasets.put(columns.get(i).name(), dataset(columns.get(i), objects.get(i)));
        }
        return dataset(anchorColumn(), objects.get(columns.size()));
    }

    private ReadColumn anchorColumn() {
        return new ReadColumn("of rows", ReadColumn.Source.DATASET, task.anchor(), "", DataTypes.NullType);
    }

    private Dataset dataset(ReadColumn column, H5Object object) {
        if (object instanceof Dataset dataset) {
            return dataset;
        }
        throw UnfitFileException.of(piece.file(), column, "is not a dataset");
    }

    private void requireFit(ReadColumn column, Dataset dataset, long rows) {
        Shape shape = dataset.shape();
        if (shape.rank() == 0 || shape.dimension(0) != rows) {
            throw UnfitFileException.of(
                    piece.file(), column, "has the shape " + shape + ", and " + task.anchor() + " " + rows + " rows");
        }
        requireFit(
                column,
                SparkTypes.of(
                        dataset.type(), SparkTypes.row(shape), task.terms().enumNames()));
    }

    private void requireFit(ReadColumn column, Optional<DataType> found) {
        if (found.isEmpty() || !Widening.isExact(found.get(), column.type())) {
            throw UnfitFileException.of(
                    piece.file(),
                    column,
                    "has the type " + found.map(DataType::catalogString).orElse("that Spark has not")
                            + ", which is not exactly the table's "
                            + column.type().catalogString());
        }
    }

    private void readBroadcast() {
        List<ReadColumn> columns = task.all(ReadColumn.Source.BROADCAST);
        if (columns.isEmpty()) {
            return;
        }
        ReadPromise promise =
                read(columns.stream().map(ReadColumn::broadcastRequest).toList());
        for (ReadColumn column : columns) {
            H5Array value = promise.get(column.name());
            requireFit(
                    column,
                    TableSchema.broadcastType(
                            value.type(), value.shape(), task.terms().enumNames()));
            broadcast.put(column.name(), value);
        }
    }

    /**
     * Whether a file can be left out for a failure: it is the file's, not the network's, not this process's, which has
     * too little memory, and not that of who replaced the file since it was listed.
     */
    static boolean isOfFile(Throwable failure) {
        if (failure instanceof StorageFailureException storage) {
            return storage.kind() == StorageException.Kind.NOT_FOUND;
        }
        boolean others = failure instanceof ReadAbortedException
                || failure instanceof LimitExceededException
                || failure instanceof ObjectChangedException;
        return failure instanceof UnfitFileException || (failure instanceof H5Exception && !others);
    }

    H5Coro file() {
        return lease.file();
    }

    Piece piece() {
        return piece;
    }

    ReadTask task() {
        return task;
    }

    long first() {
        return first;
    }

    long end() {
        return end;
    }

    Dataset dataset(String column) {
        Dataset dataset = datasets.get(column);
        if (dataset == null) {
            throw new NotFoundException(Where.source(piece.file().shown()), "no dataset for the column " + column);
        }
        return dataset;
    }

    H5Array broadcast(String column) {
        H5Array value = broadcast.get(column);
        if (value == null) {
            throw new NotFoundException(Where.source(piece.file().shown()), "no value for the column " + column);
        }
        return value;
    }

    ReadPromise read(List<DatasetRequest> requests) {
        return file().readDatasets(requests);
    }

    /** Decoded bytes of a row, about. */
    long rowBytes() {
        return rowBytes;
    }

    /** Rows that lie in one chunk of the column with the longest chunks. */
    long unit() {
        return unit;
    }

    /** The rows behind a block that starts at a row, and ends where chunks do unless those are too large. */
    long blockEnd(long start, long blockBytes) {
        long rows = Math.max(1, blockBytes / rowBytes);
        if (unit * rowBytes > 4 * blockBytes) {
            return Math.min(end, start + rows);
        }
        long units = Math.max(1, rows / unit);
        return Math.min(end, (start / unit + units) * unit);
    }
}
