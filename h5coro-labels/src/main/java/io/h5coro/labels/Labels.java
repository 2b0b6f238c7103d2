// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.H5Coro;
import io.h5coro.error.H5Exception;
import io.h5coro.labels.coordinate.KeptCoordinates;
import java.util.List;

/**
 * The labelled view of an open file: what netCDF and the CF conventions make of HDF5. Dimensions have names, variables
 * have coordinates, and values are decoded. The rules are those of h5netcdf and xarray. Immutable, thread-safe.
 *
 * <pre>{@code
 * try (H5Coro file = H5Coro.open("s3://bucket/tas.nc")) {
 *     Labels labels = Labels.open(file);
 *     LabelledArray tropics = labels.variable("/tas").read("time=0:10, lat=-30..30");
 *     System.out.println(tropics.dimensions() + " " + tropics.array());
 * }
 * }</pre>
 *
 * <p>The view reads through the file that it was opened on, and ends with it.
 */
public final class Labels {
    private final LabelledGroup root;
    private final List<H5Exception> problems;

    private Labels(LabelledGroup root, List<H5Exception> problems) {
        this.root = root;
        this.problems = List.copyOf(problems);
    }

    /**
     * Opens the labelled view of a file with the default options; blocks. All groups are looked through a level at a
     * time, then one call reads the references between variables and dimensions.
     *
     * @throws H5Exception when the file cannot be read. What is wrong with one of its objects is in {@link #problems()}
     */
    public static Labels open(H5Coro file) {
        return open(file, LabelOptions.defaults());
    }

    /** Opens the labelled view of a file; see {@link #open(H5Coro)}. */
    public static Labels open(H5Coro file, LabelOptions options) {
        Scan scan = new Scan(file);
        ScannedGroup scanned = scan.run();
        DimensionRules rules = new DimensionRules(scan.problems());
        rules.apply(scanned);
        OpenLabels open = new OpenLabels(file, options, new KeptCoordinates());
        LabelledGroup root = new GroupBuilder(open, rules, scan.problems()).build(scanned);
        return new Labels(root, scan.problems());
    }

    /** Returns the root group. */
    public LabelledGroup root() {
        return root;
    }

    /**
     * Returns a group.
     *
     * @param path names separated by "/", from the root
     * @throws io.h5coro.error.NotFoundException when there is none
     */
    public LabelledGroup group(String path) {
        return root.group(path);
    }

    /** Returns a group, as {@link #group} does: its variables under common dimensions are a dataset. */
    public LabelledGroup dataset(String path) {
        return root.group(path);
    }

    /**
     * Returns a variable.
     *
     * @param path names separated by "/", from the root
     * @throws io.h5coro.error.NotFoundException when there is none
     */
    public Variable variable(String path) {
        return root.variable(path);
    }

    /**
     * Returns what is wrong with labels of the file: objects that cannot be read, which are not among the variables,
     * and references that lead to no dimension, whose axes got another name.
     */
    public List<H5Exception> problems() {
        return problems;
    }

    /** Returns the summary of the root: {@link LabelledGroup#summary()}. */
    @Override
    public String toString() {
        return root.summary();
    }
}
