// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.nwb;

import io.h5coro.Dataset;
import io.h5coro.error.MalformedFileException;
import io.h5coro.labels.stored.RowRange;
import io.h5coro.labels.stored.Starts;
import io.h5coro.labels.stored.Subtree;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A column that is being read, from the outermost level of its lists to its elements. Confined to one thread. */
final class ColumnRead {
    private final Subtree tree;
    private final List<String> names;
    private final List<Dataset> levels = new ArrayList<>();
    private final List<Starts> starts = new ArrayList<>();
    private RowRange range;
    private @Nullable H5Array elements;

    /**
     * Reads nothing yet.
     *
     * @param names of the datasets: those that say where lists end, the outermost first, and that of the elements
     */
    ColumnRead(Subtree tree, List<String> names, RowRange range) {
        this.tree = tree;
        this.names = names;
        this.range = range;
        for (String name : names) {
            Dataset dataset = levels.size() < names.size() - 1 ? tree.vector(name) : tree.dataset(name);
            if (dataset.shape().rank() == 0) {
                throw new MalformedFileException(tree.where(name), "is a single value, expected a column");
            }
            levels.add(dataset);
        }
    }

    String name() {
        return names.get(names.size() - 1);
    }

    long rows() {
        return length(0);
    }

    private long length(int level) {
        return levels.get(level).shape().dimension(0);
    }

    boolean isComplete() {
        return elements != null;
    }

    /** What has to be read next. Where lists of a row begin is where those of the row before it end. */
    DatasetRequest next() {
        int level = starts.size();
        boolean isIndex = level < levels.size() - 1;
        RowRange rows = isIndex && range.from() > 0 ? new RowRange(range.from() - 1, range.to()) : range;
        return levels.get(level).request(rows.slice());
    }

    /** What has to be read of all rows, each level whole. */
    List<DatasetRequest> whole() {
        return levels.stream().map(Dataset::request).toList();
    }

    /** Takes the values of the next level. */
    void accept(H5Array values) {
        int level = starts.size();
        if (level == levels.size() - 1) {
            elements = values;
            return;
        }
        boolean begins = range.from() == 0;
        // Whole levels may hold more ends than rows have lists.
        H5Array ends = begins && values.length() > range.to() ? values.copyOfRange(0, (int) range.to()) : values;
        Starts own = Starts.of(
                tree.where(names.get(level)), begins ? 0 : ends.getBits(0), ends, begins ? 0 : 1, length(level + 1));
        starts.add(own);
        range = own.elements();
    }

    NwbColumn column() {
        return new NwbColumn(name(), List.copyOf(starts), Objects.requireNonNull(elements));
    }
}
