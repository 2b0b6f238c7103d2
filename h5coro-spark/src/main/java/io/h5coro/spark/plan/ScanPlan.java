// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.plan;

import io.h5coro.MetadataNote;
import io.h5coro.error.H5Exception;
import io.h5coro.model.ReadPlan;
import io.h5coro.spark.file.Lease;
import io.h5coro.spark.file.ListedFile;
import io.h5coro.spark.file.OpenFiles;
import io.h5coro.spark.option.SessionSettings;
import io.h5coro.spark.read.Piece;
import io.h5coro.spark.read.ReadTask;
import io.h5coro.spark.schema.TableSchema;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
     * Metadata of the driver's file go with each task that reads of it. Spark warns of tasks of more than a megabyte; a
     * file with more metadata is opened by executors as the others are.
     */
    private static final int MOST_NOTE_BYTES = 768 << 10;

    /**
     * Plans a query.
     *
     * @param files of which rows are wanted
     * @param known the file in which the columns were found, which need not be one of those; empty where the user gave
     *     them
     */
    public static ScanPlan of(ReadTask task, List<ListedFile> files, Optional<TableSchema> known) {
        return of(task, files, known, new Driver(OpenFiles.of(task.terms().opening()), packing(true)));
    }

    /**
     * What the driver has.
     *
     * @param open its files
     * @param packing of tasks, by the settings of the session
     */
    public record Driver(OpenFiles open, Packing packing) {}

    /** Plans a query on a driver of the caller's. */
    public static ScanPlan of(ReadTask task, List<ListedFile> files, Optional<TableSchema> known, Driver driver) {
        // Of a file that may be left out it is not known whether it gives its rows.
        boolean isEnough = task.limit() != ReadTask.NO_LIMIT
                && !task.terms().skip()
                && known.filter(schema -> schema.rows() >= task.limit() && isOne(schema.file(), files))
                        .isPresent();
        int rows = isEnough ? task.limit() : ReadTask.NO_LIMIT;
        Opened opened = known.map(schema -> Opened.of(task, schema, rows, driver.open()))
                .orElse(Opened.NONE);
        if (isEnough) {
            // It has all rows that are wanted.
            ListedFile one =
                    opened.shipped().or(() -> known.map(TableSchema::file)).orElseThrow();
            List<FilePartition> tasks = List.of(new FilePartition(List.of(new Piece(one, 0, 1))));
            return new ScanPlan(tasks, task.limit(), OptionalLong.of(task.limit()));
        }
        List<ListedFile> shipped = opened.shipped()
                .map(file -> files.stream()
                        .map(one -> one.location().equals(file.location()) ? file : one)
                        .toList())
                .orElse(files);
        return packed(opened.share(), shipped, known, driver.packing());
    }

    private static boolean isOne(ListedFile file, List<ListedFile> files) {
        return files.stream().anyMatch(one -> one.location().equals(file.location()));
    }

    /** Plans a look at every file: no file is cut. */
    public static ScanPlan ofFiles(List<ListedFile> files, Optional<TableSchema> known) {
        return packed(1.0, files, known, packing(false));
    }

    private static Packing packing(boolean isCut) {
        return new Packing(
                SessionSettings.bytes("spark.sql.files.maxPartitionBytes", MOST_BYTES),
                SessionSettings.bytes("spark.sql.files.openCostInBytes", OPEN_BYTES),
                SessionSettings.parallelism(),
                isCut);
    }

    private static ScanPlan packed(double share, List<ListedFile> files, Optional<TableSchema> known, Packing packing) {
        long otherwise =
                known.map(TableSchema::sizeBytes).filter(size -> size > 0).orElse(UNKNOWN_BYTES);
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

    /**
     * What the driver knows of the file that it has opened.
     *
     * @param share the part of its bytes that the columns take
     * @param shipped the file with its metadata, for those who read it; empty when they are too much, or its storage
     *     states no version of it
     */
    private record Opened(double share, Optional<ListedFile> shipped) {
        private static final Opened NONE = new Opened(1, Optional.empty());

        static Opened of(ReadTask task, TableSchema schema, int rows, OpenFiles open) {
            try (Lease lease = open.open(schema.file().noting())) {
                double share = share(lease.file().explain(task.requests(rows)), schema);
                Optional<MetadataNote> note = MetadataNote.of(lease.file(), MOST_NOTE_BYTES);
                return new Opened(
                        share,
                        note.map(known -> schema.file().known(lease.file().reader(), known)));
            } catch (H5Exception e) {
                // The task that reads the file says so, or leaves it out.
                return NONE;
            }
        }

        private static double share(ReadPlan plan, TableSchema schema) {
            long wanted = plan.datasets().stream()
                    .mapToLong(ReadPlan.Planned::bytesWanted)
                    .sum();
            return schema.sizeBytes() <= 0 ? 1 : Math.min(1, (double) wanted / schema.sizeBytes());
        }
    }
}
