// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.nwb;

import io.h5coro.H5Coro;
import io.h5coro.ReadPromise;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.labels.stored.RowRange;
import io.h5coro.labels.stored.Subtree;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A DynamicTable of NWB: rows with an id, and columns. A ragged column has a list in each row, or lists of lists: a
 * dataset "name_index" says where they end. Immutable, thread-safe.
 */
public final class NwbTable {
    private static final String ID = "id";
    private static final String INDEX = "_index";

    private final Subtree tree;
    private final List<String> columns;
    private final long rows;

    private NwbTable(Subtree tree) {
        this.tree = tree;
        H5Array names = tree.attributes("")
                .values("colnames")
                .orElseThrow(() -> new MalformedFileException(tree.where(""), "has no attribute 'colnames'"));
        this.columns =
                IntStream.range(0, names.length()).mapToObj(names::getString).toList();
        this.rows = tree.vector(ID).shape().dimension(0);
    }

    static NwbTable open(H5Coro file, String path) {
        return new NwbTable(Subtree.read(file, path, 1, Set.of("colnames")));
    }

    /** Returns the absolute path of its group. */
    public String path() {
        return tree.path("");
    }

    /** Returns the number of rows. */
    public long rows() {
        return rows;
    }

    /** Returns the names of the columns, in their order. */
    public List<String> columns() {
        return columns;
    }

    /**
     * Rows of a table. Immutable.
     *
     * @param ids of each row
     * @param columns by their names, in the order in which they were asked for
     */
    public record Rows(H5Array ids, Map<String, NwbColumn> columns) {
        /**
         * Returns a column.
         *
         * @throws IllegalArgumentException when it was not read
         */
        public NwbColumn column(String name) {
            NwbColumn column = columns.get(name);
            if (column == null) {
                throw new IllegalArgumentException("column '" + name + "' was not read: " + columns.keySet());
            }
            return column;
        }
    }

    /**
     * Reads all rows; blocks. All columns and all levels of ragged ones are read in one call.
     *
     * @param names of columns; none for all
     * @throws NotFoundException when there is no such column
     * @throws io.h5coro.error.H5Exception as for {@link #rows(long, long, String...)}
     */
    public Rows read(String... names) {
        List<ColumnRead> reads = reads(names, new RowRange(0, rows));
        List<DatasetRequest> requests = new ArrayList<>();
        requests.add(tree.dataset(ID).request().named(ID));
        for (int i = 0; i < reads.size(); i++) {
            List<DatasetRequest> levels = reads.get(i).whole();
            for (int level = 0; level < levels.size(); level++) {
                requests.add(levels.get(level).named(i + "/" + level));
            }
        }
        ReadPromise promise = tree.file().readDatasets(requests);
        for (int i = 0; i < reads.size(); i++) {
            for (int level = 0; !reads.get(i).isComplete(); level++) {
                reads.get(i).accept(promise.get(i + "/" + level));
            }
        }
        return rows(promise.get(ID), reads);
    }

    /**
     * Reads some rows; blocks. Of ragged columns only the elements of these rows are read: a call for each level, which
     * reads all columns.
     *
     * @param from index of the first row
     * @param to index behind the last row
     * @param names of columns; none for all
     * @throws NotFoundException when there is no such column
     * @throws io.h5coro.error.SelectionException when there are not so many rows
     * @throws MalformedFileException when a column has another number of rows than the table, or lists whose ends do
     *     not ascend or are beyond the elements
     * @throws io.h5coro.error.H5Exception when values cannot be read exactly
     */
    public Rows rows(long from, long to, String... names) {
        RowRange range = RowRange.of(from, to, rows, tree.where(""));
        List<ColumnRead> reads = reads(names, range);
        H5Array ids = null;
        while (ids == null || reads.stream().anyMatch(read -> !read.isComplete())) {
            List<DatasetRequest> requests = new ArrayList<>();
            if (ids == null) {
                requests.add(tree.dataset(ID).request(range.slice()).named(ID));
            }
            List<ColumnRead> open =
                    reads.stream().filter(read -> !read.isComplete()).toList();
            for (int i = 0; i < open.size(); i++) {
                requests.add(open.get(i).next().named("column " + i));
            }
            ReadPromise promise = tree.file().readDatasets(requests);
            ids = ids == null ? promise.get(ID) : ids;
            for (int i = 0; i < open.size(); i++) {
                open.get(i).accept(promise.get("column " + i));
            }
        }
        return rows(ids, reads);
    }

    private static Rows rows(H5Array ids, List<ColumnRead> reads) {
        Map<String, NwbColumn> columns = new LinkedHashMap<>();
        reads.forEach(read -> columns.put(read.name(), read.column()));
        return new Rows(ids, columns);
    }

    private List<ColumnRead> reads(String[] names, RowRange range) {
        List<String> wanted = names.length == 0 ? columns : List.of(names);
        return wanted.stream().map(name -> read(name, range)).toList();
    }

    private ColumnRead read(String name, RowRange range) {
        if (!columns.contains(name)) {
            throw new NotFoundException(tree.where(""), "has no column '" + name + "'; there are " + columns);
        }
        List<String> levels = new ArrayList<>(List.of(name));
        String index = name + INDEX;
        while (tree.has(index) && !columns.contains(index)) {
            levels.add(0, index);
            index += INDEX;
        }
        ColumnRead read = new ColumnRead(tree, levels, range);
        if (read.rows() != rows) {
            throw new MalformedFileException(
                    tree.where(levels.get(0)), "has " + read.rows() + " rows, and the table has " + rows);
        }
        return read;
    }

    /** Returns path, number of rows and columns on one line. */
    @Override
    public String toString() {
        return path() + " (" + rows + " rows) " + columns;
    }
}
