// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.source;

import io.h5coro.Dataset;
import io.h5coro.export.format.ColumnType;
import io.h5coro.export.format.ExportColumn;
import io.h5coro.export.format.ExportRefusedException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementType;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is selected of a dataset, as a column, and how parts of it are requested. Immutable.
 *
 * @param column what it is for formats
 * @param dataset what is read
 * @param stored type of the elements that are read
 * @param member the member of compounds that is read alone; null for whole elements
 * @param slices what is selected, as {@link Hyperslab#within} gives it; their rows follow one another
 * @param decoding makes the column's values of the stored ones
 */
public record Selected(
        ExportColumn column,
        Dataset dataset,
        ElementType stored,
        @Nullable String member,
        List<List<Hyperslab.Range>> slices,
        UnaryOperator<H5Array> decoding) {
    /** Copies the list. */
    public Selected {
        slices = List.copyOf(slices);
    }

    /**
     * Returns the same selection with the values that a function makes of the stored ones.
     *
     * @param joined number of the last dimensions whose elements become one
     * @throws ExportRefusedException when only a part of these dimensions is selected
     */
    public Selected decoded(ColumnType type, int joined, UnaryOperator<H5Array> values) {
        long[] lengths = column.shape().dimensions();
        int left = lengths.length - joined;
        for (int i = left; i < lengths.length; i++) {
            if (lengths[i] != dataset.shape().dimension(i) || slices.size() > 1 && left == 0) {
                throw new ExportRefusedException(
                        column.path() + " has texts along dimension " + i + ", which is exported whole");
            }
        }
        Shape shape = Shape.of(Arrays.copyOf(lengths, left));
        ExportColumn decoded = new ExportColumn(column.name(), column.path(), type, shape);
        return new Selected(decoded, dataset, stored, member, slices, values);
    }

    /** Bytes of an element of the column, of which the stored ones and the decoded one are in memory at once. */
    long elementBytes() {
        double bytes = ColumnTypes.memoryBytes(stored);
        for (int i = column.shape().rank(); i < dataset.shape().rank(); i++) {
            bytes *= dataset.shape().dimension(i);
        }
        boolean decodes = !ColumnTypes.of(stored).equals(column.element());
        return Math.max(1, (long) bytes + (decodes ? Double.BYTES : 0));
    }

    /** Returns the bytes of one row in memory; saturates. */
    long rowBytes() {
        double bytes = elementBytes();
        Shape shape = column.shape();
        for (int i = 1; i < shape.rank(); i++) {
            bytes *= shape.dimension(i);
        }
        return Math.max(1, (long) bytes);
    }

    /** Returns where reads of rows end by preference, so that no chunk is read twice. */
    Boxes.Borders borders() {
        boolean plain = slices.size() == 1
                && !slices.get(0).isEmpty()
                && slices.get(0).get(0).step() == 1;
        return plain
                ? dataset.chunks()
                        .map(chunk -> new Boxes.Borders(
                                chunk.dimension(0), start(slices.get(0).get(0))))
                        .orElse(Boxes.Borders.NONE)
                : Boxes.Borders.NONE;
    }

    /**
     * Returns a request for a part of what is selected, under a name.
     *
     * @param box of the first dimensions; those that it does not have are whole
     */
    DatasetRequest box(Boxes.Box box, String name) {
        List<Hyperslab> parts = new ArrayList<>();
        long before = 0;
        for (List<Hyperslab.Range> slice : slices) {
            boolean whole = slice.isEmpty() || column.shape().rank() == 0;
            long rows = whole ? 1 : length(slice.get(0));
            if (whole) {
                parts.add(slice.isEmpty() ? Hyperslab.all() : new Hyperslab(slice));
            } else if (box.from()[0] < before + rows && box.to()[0] > before) {
                parts.add(part(slice, box, before));
            }
            before += rows;
        }
        DatasetRequest request = dataset.request(parts.toArray(Hyperslab[]::new));
        return new DatasetRequest(
                name, request.path(), request.attribute(), request.slices(), request.target(), member);
    }

    /** The part of a box that is in one slice, whose rows are those from {@code before}. */
    private static Hyperslab part(List<Hyperslab.Range> slice, Boxes.Box box, long before) {
        List<Hyperslab.Range> ranges = new ArrayList<>();
        for (int i = 0; i < slice.size(); i++) {
            Hyperslab.Range range = slice.get(i);
            boolean whole = i >= box.from().length;
            long skipped = i == 0 ? before : 0;
            long from = whole ? 0 : Math.max(0, box.from()[i] - skipped);
            long to = whole ? length(range) : Math.min(length(range), box.to()[i] - skipped);
            long first = start(range) + from * range.step();
            ranges.add(Hyperslab.Range.of(first, first + (to - from - 1) * range.step() + 1, range.step()));
        }
        return new Hyperslab(ranges);
    }

    /** Returns the number of indexes of a range. */
    static long length(Hyperslab.Range range) {
        long stop = range.stop() == null ? 0 : range.stop();
        long span = stop - start(range);
        return span / range.step() + (span % range.step() == 0 ? 0 : 1);
    }

    private static long start(Hyperslab.Range range) {
        return range.start() == null ? 0 : range.start();
    }
}
