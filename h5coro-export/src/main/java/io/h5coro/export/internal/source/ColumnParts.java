// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.source;

import io.h5coro.H5Coro;
import io.h5coro.ReadPromise;
import io.h5coro.export.format.ExportTable;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of columns, one column after another in parts of bounded size. As many parts as are allowed together are
 * requested together, whichever columns they are of; the next ones when the last of these is here. Confined to one
 * thread.
 */
final class ColumnParts {
    /*
     * Columns a and b of 10 MB and c of 50 MB, with batches of 40 MB:
     *   a         asks for a, b and the first 20 MB of c, if that is where c is cut; else for a and b
     *   b         is here; then the first part of c is asked for while b is written
     */

    /** Parts of one request at most: each costs some memory whatever its size. */
    private static final int MOST_PARTS = 1000;

    private final H5Coro file;
    private final List<Selected> columns;
    private final long batchBytes;

    /** The column that {@link #boxes} cuts. */
    private int cut;

    private Boxes boxes;

    /** A part that was too large for the batch before; null for none. */
    private @Nullable Part spare;

    private Batch batch;

    /** The first part of the batch that was not given. */
    private int next;

    private record Part(int column, Boxes.Box box, long bytes) {}

    private record Batch(List<Part> parts, ReadPromise promise) {}

    /**
     * Asks for the first parts.
     *
     * @param first the column with which it begins
     * @param batchBytes of parts that are requested together; one part is, whatever its size
     */
    ColumnParts(H5Coro file, List<Selected> columns, int first, long batchBytes) {
        this.file = file;
        this.columns = columns;
        this.batchBytes = batchBytes;
        this.cut = first;
        this.boxes = boxes(first);
        this.batch = ask();
    }

    private Boxes boxes(int column) {
        Selected selected = columns.get(column);
        return new Boxes(
                selected.column().shape().dimensions(), selected.elementBytes(), batchBytes, selected.borders());
    }

    /** Gives the parts of the column that follows, unless it has none. */
    void forEach(int column, ExportTable.Consumer<H5Array> consumer) throws IOException {
        boolean whole = false;
        try {
            while (next < batch.parts().size() && batch.parts().get(next).column() == column) {
                H5Array stored = batch.promise().get(name(next));
                H5Array values = columns.get(column).decoding().apply(stored);
                next++;
                if (next == batch.parts().size()) {
                    batch = ask();
                    next = 0;
                }
                consumer.accept(values);
            }
            whole = true;
        } finally {
            if (!whole) {
                cancel();
            }
        }
    }

    /** Gives up what was asked for. */
    void cancel() {
        batch.promise().cancel();
    }

    private Batch ask() {
        List<Part> parts = new ArrayList<>();
        List<DatasetRequest> requests = new ArrayList<>();
        long bytes = 0;
        for (Part part = part(); part != null; part = part()) {
            if (parts.size() == MOST_PARTS || (!parts.isEmpty() && bytes + part.bytes() > batchBytes)) {
                spare = part;
                break;
            }
            bytes += part.bytes();
            requests.add(columns.get(part.column()).box(part.box(), name(parts.size())));
            parts.add(part);
        }
        return new Batch(parts, file.readDatasets(requests));
    }

    private static String name(int part) {
        return "part " + part;
    }

    /** The next part in the order of columns; null behind the last one. */
    private @Nullable Part part() {
        Part left = spare;
        if (left != null) {
            spare = null;
            return left;
        }
        while (!boxes.hasNext() && cut + 1 < columns.size()) {
            cut++;
            boxes = boxes(cut);
        }
        if (!boxes.hasNext()) {
            return null;
        }
        Boxes.Box box = boxes.next();
        return new Part(cut, box, box.elements() * columns.get(cut).elementBytes());
    }
}
