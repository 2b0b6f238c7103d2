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
    private final Dataset dataset;
    private final SubsetRows rows;
    private final SubsetSpec.Selection selection;
    private final Shape shape;
    private final ReadAhead reading;
    private final Page page;
    private final Elements printer;
    private final int rank;
    /** The last dimension; -1 for a scalar. */
    private final int last;

    /**
     * A subset of a dataset.
     *
     * @param reading reads its values
     * @param printing writes them
     */
    SubsetPrinter(Dataset dataset, SubsetSpec.Selection selection, ReadAhead reading, DataDump.Printing printing) {
        this.dataset = dataset;
        this.rows = new SubsetRows(dataset, selection);
        this.selection = selection;
        this.shape = dataset.shape();
        this.reading = reading;
        this.page = printing.page();
        this.printer = printing.printer();
        this.rank = shape.rank();
        this.last = rank - 1;
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
        } while (rows.next(plane));
    }

    /**
     * Writes the rows of one plane, as many at a time as the budget allows; a row that exceeds it is read in
     * pieces.
     *
     * @param plane which of the selection's blocks in each dimension before the last two
     */
    private void rows(long[] plane) {
        long count = rows.count();
        if (rows.areWide()) {
            for (long r = 0; r < count; r++) {
                wideRow(plane, r, r == count - 1);
            }
            return;
        }
        long from = 0;
        while (from < count) {
            long to = from + 1;
            while (to < count && rows.fit(from, to + 1)) {
                to++;
            }
            print(plane, from, to);
            from = to;
        }
    }

    private void print(long[] plane, long from, long to) {
        H5Array values = reading.read(dataset, Hyperslab.of(rows.ranges(plane, from, to)));
        int height = Math.toIntExact(rows.read(from, to));
        int width = Math.toIntExact(rows.width());
        int planes = height == 0 || width == 0 ? 0 : values.length() / height / width;
        for (long r = from; r < to; r++) {
            int row = Math.toIntExact(rows.read(from, r + 1) - 1);
            begin(plane, r);
            for (int p = 0; p < planes; p++) {
                elements(values, (p * height + row) * width, 0, width, p == planes - 1 && r == rows.count() - 1);
            }
            page.continued(true);
        }
    }

    /** Begins a row with the position of its first element in the dataset. */
    private void begin(long[] plane, long r) {
        long position = 0;
        for (int i = 0; i < rank; i++) {
            long index = i == last ? selection.start()[last] : i == rank - 2 ? rows.index(r) : rows.low(plane, i);
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
                boolean final_ = end && (k + 1) * stride >= rows.width();
                printer.add(values, base + (int) (first - from), base + (int) (behind - from), final_);
            }
        }
    }

    /** Writes a row that is too wide to be read at once. */
    private void wideRow(long[] plane, long r, boolean end) {
        begin(plane, r);
        Hyperslab.Range[] ranges = rows.ranges(plane, r, r + 1);
        long width = rows.width();
        long planes = rows.planes();
        long budgetElements = rows.budgetElements();
        long step = ranges[last].step();
        for (long p = 0; p < planes; p++) {
            long rest = p;
            for (int i = rank - 3; i >= 0; i--) {
                long index = rows.low(plane, i) + rest % selection.block()[i];
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
