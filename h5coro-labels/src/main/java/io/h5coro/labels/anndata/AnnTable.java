// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.anndata;

import io.h5coro.Dataset;
import io.h5coro.ReadPromise;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.labels.stored.RowRange;
import io.h5coro.labels.stored.Subtree;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.StringArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** A table of AnnData ("dataframe"): an index with a name for each row, and columns. Immutable, thread-safe. */
public final class AnnTable {
    static final Set<String> ATTRIBUTES = Set.of("encoding-type", "_index", "column-order", "ordered");

    private final Subtree tree;
    private final String index;
    private final List<String> columns;
    private final long rows;

    AnnTable(Subtree tree) {
        this.tree = tree;
        String encoding = tree.attributes("").text("encoding-type").orElse("");
        if (!encoding.equals("dataframe")) {
            throw new UnsupportedFeatureException(tree.where(""), "a table of encoding-type '" + encoding + "'");
        }
        this.index = tree.attributes("")
                .text("_index")
                .orElseThrow(() -> new MalformedFileException(tree.where(""), "has no attribute '_index'"));
        this.columns = columns(tree);
        this.rows = tree.vector(index).shape().dimension(0);
    }

    private static List<String> columns(Subtree tree) {
        H5Array names = tree.attributes("")
                .values("column-order")
                .orElseThrow(() -> new MalformedFileException(tree.where(""), "has no attribute 'column-order'"));
        if (!(names instanceof StringArray) && names.length() > 0) {
            throw tree.attributes("").malformed("column-order", "names", names);
        }
        return IntStream.range(0, names.length()).mapToObj(names::getString).toList();
    }

    /** Returns the absolute path of its group. */
    public String path() {
        return tree.path("");
    }

    /** Returns the number of rows. */
    public long rows() {
        return rows;
    }

    /** Returns the name of the index; "_index" stands for one without a name. */
    public String indexName() {
        return index;
    }

    /** Returns the names of the columns, in their order. */
    public List<String> columns() {
        return columns;
    }

    /**
     * Rows of a table. Immutable.
     *
     * @param index the name of each row
     * @param columns by their names, in the order in which they were asked for
     */
    public record Rows(H5Array index, Map<String, AnnColumn> columns) {
        /**
         * Returns a column.
         *
         * @throws IllegalArgumentException when it was not read
         */
        public AnnColumn column(String name) {
            AnnColumn column = columns.get(name);
            if (column == null) {
                throw new IllegalArgumentException("column '" + name + "' was not read: " + columns.keySet());
            }
            return column;
        }
    }

    /** Reads all rows, as {@link #rows(long, long, String...)} does. */
    public Rows read(String... names) {
        return rows(0, rows, names);
    }

    /**
     * Reads some rows in one call; blocks. Categories are read whole.
     *
     * @param from index of the first row
     * @param to index behind the last row
     * @param names of columns; none for all
     * @throws NotFoundException when there is no such column
     * @throws io.h5coro.error.SelectionException when there are not so many rows
     * @throws UnsupportedFeatureException when a column is encoded in an unknown way
     * @throws MalformedFileException when parts do not fit each other, such as a code without a category
     * @throws io.h5coro.error.H5Exception when values cannot be read exactly
     */
    public Rows rows(long from, long to, String... names) {
        RowRange range = RowRange.of(from, to, rows, tree.where(""));
        List<String> wanted = names.length == 0 ? columns : List.of(names);
        List<StoredColumn> stored = new ArrayList<>();
        List<DatasetRequest> requests = new ArrayList<>();
        requests.add(tree.dataset(index).request(range.slice()).named(index));
        for (String name : wanted) {
            if (!columns.contains(name)) {
                throw new NotFoundException(tree.where(""), "has no column '" + name + "'; there are " + columns);
            }
            StoredColumn column = StoredColumn.of(tree, name);
            stored.add(column);
            requests.add(part(column.values()).request(range.slice()).named(column.values()));
            column.mask()
                    .ifPresent(mask ->
                            requests.add(part(mask).request(range.slice()).named(mask)));
            column.categories()
                    .ifPresent(path -> requests.add(tree.vector(path).request().named(path)));
        }
        ReadPromise promise = tree.file().readDatasets(distinct(requests));
        Map<String, AnnColumn> read = new LinkedHashMap<>();
        stored.forEach(column -> read.put(column.name(), column.read(tree, promise)));
        return new Rows(promise.get(index), read);
    }

    /** A column may be named twice, and is requested once. */
    private static List<DatasetRequest> distinct(List<DatasetRequest> requests) {
        Map<String, DatasetRequest> byName = new LinkedHashMap<>();
        requests.forEach(request -> byName.putIfAbsent(request.name(), request));
        return List.copyOf(byName.values());
    }

    private Dataset part(String below) {
        Dataset part = tree.dataset(below);
        if (part.shape().rank() < 1 || part.shape().dimension(0) != rows) {
            throw new MalformedFileException(
                    tree.where(below), "has shape " + part.shape() + ", and the table has " + rows + " rows");
        }
        return part;
    }

    /** Returns path, number of rows and columns on one line. */
    @Override
    public String toString() {
        return path() + " (" + rows + " rows) " + columns;
    }
}
