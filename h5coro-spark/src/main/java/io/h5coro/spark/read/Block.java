// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.read;

import io.h5coro.ReadPromise;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Hyperslab;
import io.h5coro.spark.filter.Verdicts;
import io.h5coro.spark.schema.ReadColumn;
import io.h5coro.spark.vector.Picked;
import io.h5coro.spark.vector.Vectors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a file that are read together. First the columns that conditions name, or all where there are no conditions;
 * then, of the other columns, the runs of rows that fulfil them. One thread at a time uses it.
 */
final class Block {
    /** Rows between two wanted ones that are decoded with them rather than cut out. */
    private static final long MOST_GAP = 1024;

    private final FileView view;
    private final long first;
    private final int count;
    private final ReadPromise early;
    private Picked hits;
    private @Nullable ReadPromise late;
    private @Nullable Runs runs;

    private Block(FileView view, long first, int count) {
        this.view = view;
        this.first = first;
        this.count = count;
        this.hits = Picked.all(count);
        List<ReadColumn> columns =
                view.task().isFiltered() ? view.task().tested() : view.task().output();
        Hyperslab rows = Hyperslab.of(Hyperslab.Range.of(first, first + count));
        this.early = view.read(requests(columns, List.of(rows)));
    }

    /** Starts to read rows. */
    static Block start(FileView view, long first, long end) {
        return new Block(view, first, Math.toIntExact(end - first));
    }

    /** Decoded bytes, about: what the block may come to have in memory. */
    long bytes() {
        return Math.multiplyExact((long) count, view.rowBytes());
    }

    private List<DatasetRequest> requests(List<ReadColumn> columns, List<Hyperslab> rows) {
        List<DatasetRequest> requests = new ArrayList<>();
        for (ReadColumn column : columns) {
            if (column.source() == ReadColumn.Source.DATASET) {
                requests.add(view.dataset(column.name())
                        .request(rows.toArray(Hyperslab[]::new))
                        .named(column.name()));
            }
        }
        return requests;
    }

    /** Waits for the columns that conditions name, evaluates these, and starts to read the rest of the rows. */
    void filter() {
        if (!view.task().isFiltered()) {
            return;
        }
        Map<String, ColumnVector> vectors = new HashMap<>();
        for (ReadColumn column : view.task().tested()) {
            vectors.put(column.name(), early(column, Picked.all(count)));
        }
        BitSet found = Verdicts.rows(view.task().conditions(), vectors, count);
        hits = Picked.of(found, count);
        List<ReadColumn> others = view.task().output().stream()
                .filter(column -> column.source() == ReadColumn.Source.DATASET && !isTested(column))
                .toList();
        if (hits.count() > 0 && !others.isEmpty()) {
            runs = Runs.of(found, first, Math.min(MOST_GAP, view.unit() / 2));
            late = view.read(requests(others, runs.slices()));
        }
    }

    private boolean isTested(ReadColumn column) {
        return view.task().tested().contains(column);
    }

    /** Waits for the reads of the file to end, whatever their outcome. */
    void await() {
        early.await();
        if (late != null) {
            late.await();
        }
    }

    /** Whether nothing of it is under way. */
    boolean hasEnded() {
        return early.await(Duration.ZERO) && (late == null || late.await(Duration.ZERO));
    }

    /** Ends the reads. */
    void cancel() {
        early.cancel();
        if (late != null) {
            late.cancel();
        }
    }

    int rows() {
        return hits.count();
    }

    /**
     * Waits for the values.
     *
     * @param most rows that are wanted at most
     * @throws io.h5coro.error.H5Exception when a value cannot be read exactly
     */
    ColumnarBatch batch(int most) {
        List<ReadColumn> output = view.task().output();
        ColumnVector[] vectors = new ColumnVector[output.size()];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = vector(output.get(i));
        }
        return new ColumnarBatch(vectors, Math.min(most, hits.count()));
    }

    private ColumnVector vector(ReadColumn column) {
        boolean isLate = column.source() == ReadColumn.Source.DATASET && late != null && !isTested(column);
        return isLate && late != null && runs != null
                ? Vectors.of(late.get(column.name()), column.type(), runs.rows())
                : early(column, hits);
    }

    private ColumnVector early(ReadColumn column, Picked rows) {
        return switch (column.source()) {
            case DATASET -> Vectors.of(early.get(column.name()), column.type(), rows);
            case BROADCAST -> Vectors.repeated(view.broadcast(column.name()), column.type(), rows.count());
            case FILE -> Vectors.repeated(view.piece().file().shown(), rows.count());
            case ROW -> Vectors.counted(first, rows);
        };
    }
}
