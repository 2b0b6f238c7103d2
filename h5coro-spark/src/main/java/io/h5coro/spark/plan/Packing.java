// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.plan;

import io.h5coro.spark.file.ListedFile;
import io.h5coro.spark.read.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Cuts large files into pieces and packs small ones together, by bytes, as Spark does for its own formats. Files keep
 * their order. Immutable.
 *
 * @param mostBytes of a task: {@code spark.sql.files.maxPartitionBytes}
 * @param openBytes what opening a file costs: {@code spark.sql.files.openCostInBytes}
 * @param parallelism tasks that run at once
 * @param isCut whether large files are cut
 */
public record Packing(long mostBytes, long openBytes, int parallelism, boolean isCut) {
    /**
     * Plans the tasks.
     *
     * @param bytes that are read of a file, about
     */
    public List<FilePartition> pack(List<ListedFile> files, ToLongFunction<ListedFile> bytes) {
        long total = 0;
        for (ListedFile file : files) {
            total += bytes.applyAsLong(file) + openBytes;
        }
        long target = Math.max(1, Math.min(mostBytes, Math.max(openBytes, total / Math.max(1, parallelism))));
        Tasks tasks = new Tasks(target);
        for (ListedFile file : files) {
            long own = bytes.applyAsLong(file);
            int parts = isCut ? (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.round((double) own / target))) : 1;
            for (int part = 0; part < parts; part++) {
                tasks.add(new Piece(file, part, parts), own / parts + openBytes);
            }
        }
        return tasks.end();
    }

    private static final class Tasks {
        private final long target;
        private final List<FilePartition> done = new ArrayList<>();
        private final List<Piece> pieces = new ArrayList<>();
        private long filled;

        Tasks(long target) {
            this.target = target;
        }

        /** Adds a piece to the current task, or to a new one when less than half of it would fit. */
        void add(Piece piece, long bytes) {
            if (!pieces.isEmpty() && filled + bytes / 2 > target) {
                end();
            }
            pieces.add(piece);
            filled += bytes;
        }

        List<FilePartition> end() {
            if (!pieces.isEmpty()) {
                done.add(new FilePartition(pieces));
                pieces.clear();
                filled = 0;
            }
            return done;
        }
    }
}
