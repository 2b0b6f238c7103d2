// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.anndata;

import io.h5coro.Dataset;
import io.h5coro.H5Coro;
import io.h5coro.ReadPromise;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.labels.stored.RowRange;
import io.h5coro.labels.stored.Starts;
import io.h5coro.labels.stored.Subtree;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.Shape;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A matrix, dense or sparse. Parts of it are read: of a sparse one the rows or the columns by which it is stored.
 * Immutable, thread-safe.
 */
public final class AnnMatrix {
    static final Set<String> ATTRIBUTES = Set.of("encoding-type", "shape");

    private static final String STARTS = "indptr";
    private static final String INDICES = "indices";
    private static final String DATA = "data";

    /** How a matrix is stored. */
    public enum Encoding {
        /** All values, row after row. */
        DENSE,
        /** Values that are not zero, row after row ("csr_matrix"). */
        SPARSE_ROWS,
        /** Values that are not zero, column after column ("csc_matrix"). */
        SPARSE_COLUMNS
    }

    private final H5Coro file;
    private final Where where;
    private final Encoding encoding;
    private final Shape shape;
    private final Dataset data;
    private final @Nullable Subtree tree;

    private AnnMatrix(H5Coro file, Where where, Layout layout) {
        this.file = file;
        this.where = where;
        this.encoding = layout.encoding;
        this.shape = layout.shape;
        this.data = layout.data;
        this.tree = layout.tree;
    }

    private record Layout(
            Encoding encoding,
            Shape shape,
            Dataset data,
            @Nullable Subtree tree) {}

    static AnnMatrix dense(H5Coro file, String path, Dataset dataset) {
        Where where = Where.object(file.reader().source(), path);
        if (dataset.shape().rank() != 2) {
            throw new UnsupportedFeatureException(where, "a matrix of shape " + dataset.shape());
        }
        return new AnnMatrix(file, where, new Layout(Encoding.DENSE, dataset.shape(), dataset, null));
    }

    static AnnMatrix sparse(Subtree tree) {
        String name = tree.attributes("").text("encoding-type").orElse("");
        Encoding encoding = switch (name) {
            case "csr_matrix" -> Encoding.SPARSE_ROWS;
            case "csc_matrix" -> Encoding.SPARSE_COLUMNS;
            default ->
                throw new UnsupportedFeatureException(tree.where(""), "a matrix of encoding-type '" + name + "'");
        };
        Shape shape = shape(tree);
        long lists = shape.dimension(encoding == Encoding.SPARSE_ROWS ? 0 : 1);
        long starts = tree.vector(STARTS).shape().dimension(0);
        if (starts - 1 != lists) {
            throw new MalformedFileException(
                    tree.where(STARTS), "has " + starts + " elements, and the matrix has shape " + shape);
        }
        Dataset data = tree.vector(DATA);
        if (!tree.vector(INDICES).shape().equals(data.shape())) {
            throw new MalformedFileException(
                    tree.where(INDICES), "has other elements than " + tree.path(DATA) + ", which has " + data.shape());
        }
        return new AnnMatrix(tree.file(), tree.where(""), new Layout(encoding, shape, data, tree));
    }

    private static Shape shape(Subtree tree) {
        H5Array shape = tree.attributes("")
                .values("shape")
                .orElseThrow(() -> new MalformedFileException(tree.where(""), "has no attribute 'shape'"));
        boolean isShape = shape.length() == 2
                && shape.type() instanceof IntegerType
                && shape.getBits(0) >= 0
                && shape.getBits(1) >= 0;
        if (!isShape) {
            throw tree.attributes("").malformed("shape", "two lengths", shape);
        }
        return Shape.of(shape.getLong(0), shape.getLong(1));
    }

    /** Returns how it is stored. */
    public Encoding encoding() {
        return encoding;
    }

    /** Returns the number of rows and of columns. */
    public Shape shape() {
        return shape;
    }

    /** Returns the dataset of the values: all of them, or those that are not zero. */
    public Dataset values() {
        return data;
    }

    /**
     * Reads rows of a dense matrix; blocks.
     *
     * @param from index of the first row
     * @param to index behind the last row
     * @throws UnsupportedFeatureException when it is sparse
     * @throws io.h5coro.error.SelectionException when there are not so many rows
     */
    public H5Array denseRows(long from, long to) {
        if (encoding != Encoding.DENSE) {
            throw other("dense rows");
        }
        return data.read(RowRange.of(from, to, shape.dimension(0), where).slice());
    }

    /**
     * Reads rows of a matrix that is stored by rows; blocks. Two calls read where the rows begin, then their values and
     * columns, and nothing of other rows.
     *
     * @param from index of the first row
     * @param to index behind the last row
     * @throws UnsupportedFeatureException when it is dense, or stored by columns: each row would need all of it
     * @throws io.h5coro.error.SelectionException when there are not so many rows
     * @throws MalformedFileException when starts do not ascend, or are beyond the values, or a column does not exist
     */
    public SparseSlice sparseRows(long from, long to) {
        if (encoding != Encoding.SPARSE_ROWS) {
            throw other("sparse rows");
        }
        return slice(RowRange.of(from, to, shape.dimension(0), where), shape.dimension(1));
    }

    /**
     * Reads columns of a matrix that is stored by columns; blocks. As {@link #sparseRows} with columns for rows.
     *
     * @param from index of the first column
     * @param to index behind the last column
     * @throws UnsupportedFeatureException when it is dense, or stored by rows
     */
    public SparseSlice sparseColumns(long from, long to) {
        if (encoding != Encoding.SPARSE_COLUMNS) {
            throw other("sparse columns");
        }
        return slice(RowRange.of(from, to, shape.dimension(1), where), shape.dimension(0));
    }

    private UnsupportedFeatureException other(String what) {
        return new UnsupportedFeatureException(where, what + " of a matrix that is stored as " + encoding);
    }

    private SparseSlice slice(RowRange range, long width) {
        Subtree parts = Objects.requireNonNull(tree);
        H5Array stored = parts.dataset(STARTS).read(new RowRange(range.from(), range.to() + 1).slice());
        Starts starts = Starts.of(
                parts.where(STARTS), stored.getBits(0), stored, 1, data.shape().dimension(0));
        Dataset indices = parts.dataset(INDICES);
        ReadPromise promise = file.readDatasets(List.of(
                indices.request(starts.elements().slice()).named(INDICES),
                data.request(starts.elements().slice()).named(DATA)));
        H5Array columns = promise.get(INDICES);
        check(parts.where(INDICES), columns, width);
        return new SparseSlice(range, width, starts, new SparseSlice.Elements(columns, promise.get(DATA)));
    }

    private static void check(Where where, H5Array indices, long width) {
        if (!(indices.type() instanceof IntegerType)) {
            throw new MalformedFileException(where, "is " + indices.type().shortName() + ", expected whole numbers");
        }
        for (int i = 0; i < indices.length(); i++) {
            long index = indices.getBits(i);
            if (index < 0 || index >= width) {
                throw new MalformedFileException(where, "has index " + index + ", and there are " + width);
            }
        }
    }

    /** Returns encoding and shape. */
    @Override
    public String toString() {
        return encoding + " " + shape;
    }
}
