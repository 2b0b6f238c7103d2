// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.source;

import io.h5coro.H5Coro;
import io.h5coro.ReadPromise;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.Where;
import io.h5coro.export.format.ExportColumn;
import io.h5coro.export.format.ExportTable;
import io.h5coro.export.format.RowBatch;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Datasets of a file as columns. The parts of all columns of a batch are requested together, and those of the next
 * batch while the format writes the first; where a format takes column after column, those of many columns. Confined to
 * one thread.
 */
public final class SelectedTable implements ExportTable {
    private final H5Coro file;
    private final List<Selected> all;
    /** Largest size of a batch: the budget holds one that is written, and one that is read with its stored bytes. */
    private final long batchBytes;

    /** Parts of {@link #expected} and the columns behind it; null when none were asked for. */
    private @Nullable ColumnParts parts;

    private int expected;

    /**
     * Reads nothing yet.
     *
     * @param all the columns, at least one
     * @param budgetBytes approximate memory of what is read and written
     */
    public SelectedTable(H5Coro file, List<Selected> all, long budgetBytes) {
        this.file = file;
        this.all = List.copyOf(all);
        this.batchBytes = new BlockOptions(0, budgetBytes, 1).blockBytes();
    }

    @Override
    public List<ExportColumn> columns() {
        return all.stream().map(Selected::column).toList();
    }

    @Override
    public void forEachBatch(Consumer<RowBatch> consumer) throws IOException {
        long rowBytes = 0;
        Selected widest = all.get(0);
        for (Selected selected : all) {
            long bytes = selected.rowBytes();
            rowBytes = bytes > Long.MAX_VALUE - rowBytes ? Long.MAX_VALUE : rowBytes + bytes;
            widest = bytes > widest.rowBytes() ? selected : widest;
        }
        if (rowBytes > batchBytes) {
            throw new LimitExceededException(
                    Where.object(file.reader().source(), widest.column().path()),
                    "a row of all columns takes " + rowBytes + " bytes, and the memory budget has " + batchBytes
                            + " for rows that are written: raise the budget, or export a slice");
        }
        Boxes rows = new Boxes(new long[] {widest.column().rows()}, rowBytes, batchBytes, borders());
        read(rows, (box, values) -> consumer.accept(new RowBatch(box.from()[0], Math.toIntExact(box.rows()), values)));
    }

    /** The borders of the longest chunks: those of others are mostly borders of these. */
    private Boxes.Borders borders() {
        Boxes.Borders longest = Boxes.Borders.NONE;
        for (Selected selected : all) {
            Boxes.Borders own = selected.borders();
            longest = own.multiple() > longest.multiple() ? own : longest;
        }
        return longest;
    }

    @Override
    public void forEachPart(int column, Consumer<H5Array> consumer) throws IOException {
        ColumnParts known = parts;
        if (known != null && column != expected) {
            known.cancel();
            known = null;
        }
        ColumnParts current = known == null ? new ColumnParts(file, all, column, batchBytes) : known;
        parts = null;
        current.forEach(column, consumer);
        parts = current;
        expected = column + 1;
    }

    /** Takes the values of one box. */
    private interface BoxConsumer {
        void accept(Boxes.Box box, List<H5Array> values) throws IOException;
    }

    /** What is being read. */
    private record UnderWay(Boxes.Box box, ReadPromise promise) {}

    /** Reads box after box; as in {@link io.h5coro.RowBlocks}, the next one when the last is complete. */
    private void read(Boxes boxes, BoxConsumer consumer) throws IOException {
        UnderWay next = start(boxes);
        try {
            while (next != null) {
                UnderWay current = next;
                List<H5Array> values = new ArrayList<>();
                for (int i = 0; i < all.size(); i++) {
                    H5Array stored = current.promise.get(name(i));
                    values.add(all.get(i).decoding().apply(stored));
                }
                next = start(boxes);
                consumer.accept(current.box, values);
            }
        } finally {
            if (next != null) {
                next.promise.cancel();
            }
        }
    }

    private @Nullable UnderWay start(Boxes boxes) {
        if (!boxes.hasNext()) {
            return null;
        }
        Boxes.Box box = boxes.next();
        List<DatasetRequest> requests = new ArrayList<>();
        for (Selected selected : all) {
            requests.add(selected.box(box, name(requests.size())));
        }
        return new UnderWay(box, file.readDatasets(requests));
    }

    private static String name(int column) {
        return "column " + column;
    }
}
