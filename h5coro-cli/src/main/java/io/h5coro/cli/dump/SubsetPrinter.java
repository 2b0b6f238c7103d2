// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.Dataset;
import io.h5coro.cli.text.Elements;
import io.h5coro.cli.text.Page;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Shape;

/**
 * Writes a subset of a dataset row by row, in h5dump's order and with its way to number elements: by the position of a
 * row's first element, from which it counts on as if the row were whole. Reads many rows at a time, wide ones in
 * pieces.
 */
final class SubsetPrinter {
    /*
     * Of a dataset of 4 x 10 elements, rows 1 and 3 (start 1, stride 2, count 2, block 1), and of each two blocks
     * of two (start 2, stride 5, count 2, block 2):
     *   width()        (2 - 1) * 5 + 2 = 7: the columns [2, 9) are read, with three between the blocks
     *   rowIndex       1 for the selected row 0, 3 for row 1
     *   read           rows [1, 4) in steps of 2: 2 x 7 elements at once
     *   begin(0)       position 1 * 10 + 2 = 12
     *   elements       [0, 2) and [5, 7) of each row's seven
     * A block of one column is read in steps instead, so that nothing between is read.
     */

    private final Dataset dataset;
    private final SubsetSpec.Selection selection;
    private final Shape shape;
    private final Page page;
    private final Elements printer;
    private final int rank;
    /** The last dimension; -1 for a scalar. */
    private final int last;
    /** Most elements of one read; positive. */
    private final long budgetElements;

    SubsetPrinter(Dataset dataset, SubsetSpec.Selection selection, Page page, Elements printer) {
        this.dataset = dataset;
        this.selection = selection;
        this.shape = dataset.shape();
        this.page = page;
        this.printer = printer;
        this.rank = shape.rank();
        this.last = rank - 1;
        this.budgetElements =
                Math.max(1, ReadAhead.BATCH_BYTES / Math.max(1, dataset.type().size()));
    }

    void print() {
        if (rank == 0) {
            printer.begin(0);
            page.newLine();
            printer.add(dataset.read(), 0, 1, true);
            return;
        }
        for (long count : selection.count()) {
            if (count == 0) {
                return;
            }
        }
        long[] plane = new long[Math.max(0, rank - 2)];
        do {
            rows(plane);
        } while (next(plane));
    }

    /** Goes to the next of the planes that the selection's blocks in the outer dimensions make. */
    private boolean next(long[] plane) {
        for (int i = plane.length - 1; i >= 0; i--) {
            if (++plane[i] < selection.count()[i]) {
                return true;
            }
            plane[i] = 0;
        }
        return false;
    }

    /** Elements that are read of the last dimension, those between blocks included. */
    private long width() {
        return selection.block()[last] == 1
                ? selection.count()[last]
                : (selection.count()[last] - 1) * selection.stride()[last]
                        + selection.block()[last];
    }

    /**
     * Writes the rows of one plane, as many at a time as the budget allows; a row that exceeds it is read in
     * pieces.
     *
     * @param plane which of the selection's blocks in each dimension before the last two
     */
    private void rows(long[] plane) {
        long planes = 1;
        for (int i = 0; i < rank - 2; i++) {
            planes = Math.multiplyExact(planes, selection.block()[i]);
        }
        long rows = rank == 1
                ? 1
                : Math.multiplyExact(selection.count()[rank - 2], selection.block()[rank - 2]);
        long each = planes > budgetElements / width() ? 0 : planes * width();
        if (each == 0) {
            for (long r = 0; r < rows; r++) {
                wideRow(plane, r, planes, r == rows - 1);
            }
            return;
        }
        long most = Math.max(1, budgetElements / each);
        long from = 0;
        while (from < rows) {
            long to = from + 1;
            while (to < rows && readRows(from, to + 1) <= most) {
                to++;
            }
            print(plane, from, to, rows);
            from = to;
        }
    }

    /** Index in the dataset of the r-th selected row. */
    private long rowIndex(long r) {
        int d = rank - 2;
        return rank == 1
                ? 0
                : selection.start()[d]
                        + r / selection.block()[d] * selection.stride()[d]
                        + r % selection.block()[d];
    }

    /** Rows to read for selected rows {@code [from, to)}: those between blocks too. */
    private long readRows(long from, long to) {
        return rank > 1 && selection.block()[rank - 2] == 1 ? to - from : rowIndex(to - 1) - rowIndex(from) + 1;
    }

    /** Returns what to read for the selected rows {@code [from, to)} of a plane. */
    private Hyperslab.Range[] ranges(long[] plane, long from, long to) {
        Hyperslab.Range[] ranges = new Hyperslab.Range[rank];
        for (int i = 0; i < rank - 2; i++) {
            long low = low(plane, i);
            ranges[i] = Hyperslab.Range.of(low, low + selection.block()[i]);
        }
        if (rank > 1) {
            long step = selection.block()[rank - 2] == 1 ? selection.stride()[rank - 2] : 1;
            ranges[rank - 2] = Hyperslab.Range.of(rowIndex(from), rowIndex(to - 1) + 1, step);
        }
        boolean single = selection.block()[last] == 1;
        long start = selection.start()[last];
        long end = start
                + (selection.count()[last] - 1) * selection.stride()[last]
                + selection.block()[last];
        ranges[last] = Hyperslab.Range.of(start, end, single ? selection.stride()[last] : 1);
        return ranges;
    }

    /** Returns the index in dimension i at which the plane's block begins. */
    private long low(long[] plane, int i) {
        return selection.start()[i] + plane[i] * selection.stride()[i];
    }

    private void print(long[] plane, long from, long to, long rows) {
        H5Array values = dataset.read(Hyperslab.of(ranges(plane, from, to)));
        int height = Math.toIntExact(readRows(from, to));
        int width = Math.toIntExact(width());
        int planes = height == 0 || width == 0 ? 0 : values.length() / height / width;
        for (long r = from; r < to; r++) {
            int row = Math.toIntExact(readRows(from, r + 1) - 1);
            begin(plane, r);
            for (int p = 0; p < planes; p++) {
                elements(values, (p * height + row) * width, 0, width, p == planes - 1 && r == rows - 1);
            }
            page.continued(true);
        }
    }

    /** Begins a row with the position of its first element in the dataset. */
    private void begin(long[] plane, long r) {
        long position = 0;
        for (int i = 0; i < rank; i++) {
            long index = i == last ? selection.start()[last] : i == rank - 2 ? rowIndex(r) : low(plane, i);
            position = position * shape.dimension(i) + index;
        }
        page.newLine();
        printer.begin(position);
    }

    /**
     * Writes what is selected of {@code [from, to)} of a row.
     *
     * @param base index in the array of the row's element {@code from}
     */
    private void elements(H5Array values, int base, long from, long to, boolean end) {
        long block = selection.block()[last];
        long stride = selection.stride()[last];
        if (block == 1 || stride == block || selection.count()[last] == 1) {
            printer.add(values, base, base + (int) (to - from), end);
            return;
        }
        for (long k = from / stride; k * stride < to; k++) {
            long first = Math.max(from, k * stride);
            long behind = Math.min(to, k * stride + block);
            if (first < behind) {
                boolean final_ = end && (k + 1) * stride >= width();
                printer.add(values, base + (int) (first - from), base + (int) (behind - from), final_);
            }
        }
    }

    /** Writes a row that is too wide to be read at once. */
    private void wideRow(long[] plane, long r, long planes, boolean end) {
        begin(plane, r);
        Hyperslab.Range[] ranges = ranges(plane, r, r + 1);
        long width = width();
        long step = ranges[last].step();
        for (long p = 0; p < planes; p++) {
            long rest = p;
            for (int i = rank - 3; i >= 0; i--) {
                long index = low(plane, i) + rest % selection.block()[i];
                rest /= selection.block()[i];
                ranges[i] = Hyperslab.Range.at(index);
            }
            for (long from = 0; from < width; from += budgetElements) {
                long to = Math.min(width, from + budgetElements);
                long first = selection.start()[last] + from * step;
                ranges[last] = Hyperslab.Range.of(first, first + (to - from - 1) * step + 1, step);
                elements(dataset.read(Hyperslab.of(ranges)), 0, from, to, end && p == planes - 1 && to == width);
            }
        }
        page.continued(true);
    }
}
