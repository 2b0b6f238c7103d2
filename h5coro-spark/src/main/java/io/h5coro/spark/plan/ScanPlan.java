// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.plan;

import io.h5coro.error.H5Exception;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadPlan;
import io.h5coro.spark.file.Lease;
import io.h5coro.spark.file.ListedFile;
import io.h5coro.spark.file.OpenFiles;
import io.h5coro.spark.option.SessionSettings;
import io.h5coro.spark.read.Piece;
import io.h5coro.spark.read.ReadTask;
import io.h5coro.spark.schema.ReadColumn;
import io.h5coro.spark.schema.TableSchema;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The tasks of a query, and what is known of its size. It follows from the listing, and from the one file in which the
 * columns were found. Immutable.
 *
 * @param bytes that are read, about
 * @param rows about; empty where no file was opened
 */
public record ScanPlan(List<FilePartition> partitions, long bytes, OptionalLong rows) {
    private static final long MOST_BYTES = 128L << 20;
    private static final long OPEN_BYTES = 4L << 20;

    /** What is assumed of a file whose size is not known, nor that of any other. */
    private static final long UNKNOWN_BYTES = 64L << 20;

    /**
     * Plans a query.
     *
     * @param known the file in which the columns were found; empty where the user gave them
     */
    public static ScanPlan of(ReadTask task, List<ListedFile> files, Optional<TableSchema> known) {
        Optional<TableSchema> enough =
                known.filter(schema -> schema.rows() >= task.limit() && files.contains(schema.file()));
        // Of a file that may be left out it is not known whether it gives its rows.
        if (task.limit() != ReadTask.NO_LIMIT && !task.terms().skip() && enough.isPresent()) {
            // It has all rows that are wanted.
            List<FilePartition> one =
                    List.of(new FilePartition(List.of(new Piece(enough.get().file(), 0, 1))));
            return new ScanPlan(one, task.limit(), OptionalLong.of(task.limit()));
        }
        return packed(known.map(schema -> share(task, schema)).orElse(1.0), files, known, true);
    }

    /** Plans a look at every file: no file is cut. */
    public static ScanPlan ofFiles(List<ListedFile> files, Optional<TableSchema> known) {
        return packed(1.0, files, known, false);
    }

    private static ScanPlan packed(double share, List<ListedFile> files, Optional<TableSchema> known, boolean isCut) {
        long otherwise =
                known.map(TableSchema::sizeBytes).filter(size -> size > 0).orElse(UNKNOWN_BYTES);
        Packing packing = new Packing(
                SessionSettings.bytes("spark.sql.files.maxPartitionBytes", MOST_BYTES),
                SessionSettings.bytes("spark.sql.files.openCostInBytes", OPEN_BYTES),
                SessionSettings.parallelism(),
                isCut);
        double all = 0;
        for (ListedFile file : files) {
            all += size(file, otherwise);
        }
        List<FilePartition> partitions = packing.pack(files, file -> (long) (share * size(file, otherwise)));
        double likeTheKnown = all / otherwise;
        OptionalLong rows = known.map(schema -> OptionalLong.of((long) (schema.rows() * likeTheKnown)))
                .orElseGet(OptionalLong::empty);
        return new ScanPlan(partitions, (long) (all * share), rows);
    }

    private static long size(ListedFile file, long otherwise) {
        return file.sizeBytes() >= 0 ? file.sizeBytes() : otherwise;
    }

    /** The part of the first file's bytes that the columns take. */
    private static double share(ReadTask task, TableSchema schema) {
        if (schema.sizeBytes() <= 0) {
            return 1;
        }
        List<DatasetRequest> requests = Stream.concat(task.output().stream(), task.tested().stream())
                .filter(column -> column.source() == ReadColumn.Source.DATASET)
                .map(ReadColumn::path)
                .distinct()
                .map(DatasetRequest::of)
                .toList();
        try (Lease lease = OpenFiles.of(task.terms().opening()).open(schema.file())) {
            long wanted = lease.file().explain(requests).datasets().stream()
                    .mapToLong(ReadPlan.Planned::bytesWanted)
                    .sum();
            return Math.min(1, (double) wanted / schema.sizeBytes());
        } catch (H5Exception e) {
            // The task that reads the file says so, or leaves it out.
            return 1;
        }
    }
}
