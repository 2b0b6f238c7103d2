// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.source;

import io.h5coro.Dataset;
import io.h5coro.export.format.ColumnType;
import io.h5coro.export.format.ExportColumn;
import io.h5coro.export.format.ExportRefusedException;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementSelection;
import io.h5coro.model.ElementSelection.Axis;
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
 * @param slices what is selected, with known bounds; their rows follow one another. One where it has lists of indices
 * @param decoding makes the column's values of the stored ones
 */
public record Selected(
        ExportColumn column,
        Dataset dataset,
        ElementType stored,
        @Nullable String member,
        List<List<Axis>> slices,
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
        if (slices.size() > 1 || slices.get(0).isEmpty()) {
            return Boxes.Borders.NONE;
        }
        Axis rows = slices.get(0).get(0);
        Long start = rows.range().start();
        return rows.isList() || rows.range().step() != 1 || start == null
                ? Boxes.Borders.NONE
                : dataset.chunks()
                        .map(chunk -> new Boxes.Borders(chunk.dimension(0), start))
                        .orElse(Boxes.Borders.NONE);
    }

    /**
     * Returns a request for a part of what is selected, under a name.
     *
     * @param box of the first dimensions; those that it does not have are whole
     */
    DatasetRequest box(Boxes.Box box, String name) {
        List<List<Axis>> parts = new ArrayList<>();
        long before = 0;
        for (List<Axis> slice : slices) {
            boolean whole = slice.isEmpty() || column.shape().rank() == 0;
            long rows = whole ? 1 : slice.get(0).selected();
            if (whole) {
                parts.add(slice);
            } else if (box.from()[0] < before + rows && box.to()[0] > before) {
                parts.add(part(slice, box, before));
            }
            before += rows;
        }
        boolean picks = parts.stream().anyMatch(part -> part.stream().anyMatch(Axis::isList));
        ElementSelection selection = picks ? ElementSelection.axes(parts.get(0).toArray(Axis[]::new)) : null;
        List<Hyperslab> ranges =
                picks ? List.of() : parts.stream().map(Selected::slab).toList();
        DatasetRequest request = dataset.request();
        return new DatasetRequest(
                name, request.path(), request.attribute(), ranges, request.target(), member, selection);
    }

    private static Hyperslab slab(List<Axis> axes) {
        return axes.isEmpty()
                ? Hyperslab.all()
                : new Hyperslab(axes.stream().map(Axis::range).toList());
    }

    /** The part of a box that is in one slice, whose rows are those from {@code before}. */
    private static List<Axis> part(List<Axis> slice, Boxes.Box box, long before) {
        List<Axis> parts = new ArrayList<>();
        for (int i = 0; i < slice.size(); i++) {
            Axis axis = slice.get(i);
            boolean whole = i >= box.from().length;
            long skipped = i == 0 ? before : 0;
            long from = whole ? 0 : Math.max(0, box.from()[i] - skipped);
            long to = whole ? axis.selected() : Math.min(axis.selected(), box.to()[i] - skipped);
            parts.add(axis.part(from, to));
        }
        return parts;
    }
}
