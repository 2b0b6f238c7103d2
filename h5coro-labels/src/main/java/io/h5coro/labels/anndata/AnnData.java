// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.anndata;

import io.h5coro.Dataset;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.labels.stored.Subtree;
import java.util.List;
import java.util.Set;

/**
 * A view of a file of AnnData (.h5ad): a matrix of observations by variables, with a table for each of the two.
 * Immutable, thread-safe.
 *
 * <pre>{@code
 * try (H5Coro file = H5Coro.open("s3://bucket/cells.h5ad")) {
 *     AnnData cells = AnnData.open(file);
 *     SparseSlice some = cells.x().sparseRows(1000, 1100);
 *     AnnColumn kinds = cells.obs().rows(1000, 1100, "cell_type").column("cell_type");
 * }
 * }</pre>
 *
 * <p>The view reads through the file that it was opened on, and ends with it.
 */
public final class AnnData {
    private final H5Coro file;

    private AnnData(H5Coro file) {
        this.file = file;
    }

    /** Opens the view of a file. Nothing is read before a part of it is asked for. */
    public static AnnData open(H5Coro file) {
        return new AnnData(file);
    }

    /**
     * Returns the matrix {@code X}; blocks.
     *
     * @throws io.h5coro.error.NotFoundException when there is none
     * @throws io.h5coro.error.H5Exception as for {@link #matrix}
     */
    public AnnMatrix x() {
        return matrix("/X");
    }

    /** Returns the names of the layers, which are other matrices of the same shape; blocks. */
    public List<String> layers() {
        return Subtree.read(file, "/layers", 1, Set.of()).members();
    }

    /**
     * Returns a layer; blocks.
     *
     * @throws io.h5coro.error.NotFoundException when there is none of that name
     * @throws io.h5coro.error.H5Exception as for {@link #matrix}
     */
    public AnnMatrix layer(String name) {
        return matrix("/layers/" + name);
    }

    /**
     * Returns a matrix, dense or sparse; blocks.
     *
     * @param path such as "/obsp/distances"
     * @throws io.h5coro.error.NotFoundException when there is no such object
     * @throws io.h5coro.error.UnsupportedFeatureException when it is encoded in another way
     * @throws io.h5coro.error.MalformedFileException when its parts do not fit each other
     */
    public AnnMatrix matrix(String path) {
        H5Object object = file.object(path);
        return object instanceof Dataset dataset
                ? AnnMatrix.dense(file, path, dataset)
                : AnnMatrix.sparse(Subtree.read(file, path, 1, AnnMatrix.ATTRIBUTES));
    }

    /** Returns the table of the observations, which are the rows of the matrix; blocks. See {@link #table}. */
    public AnnTable obs() {
        return table("/obs");
    }

    /** Returns the table of the variables, which are the columns of the matrix; blocks. See {@link #table}. */
    public AnnTable var() {
        return table("/var");
    }

    /**
     * Returns a table; blocks.
     *
     * @param path such as "/uns/samples"
     * @throws io.h5coro.error.NotFoundException when there is no such group
     * @throws io.h5coro.error.UnsupportedFeatureException when it is not encoded as a dataframe
     * @throws io.h5coro.error.MalformedFileException when its parts do not fit each other
     */
    public AnnTable table(String path) {
        return new AnnTable(Subtree.read(file, path, 2, AnnTable.ATTRIBUTES));
    }
}
