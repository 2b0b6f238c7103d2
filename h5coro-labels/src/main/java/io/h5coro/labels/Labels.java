// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.Dataset;
import io.h5coro.H5Coro;
import io.h5coro.error.H5Exception;
import io.h5coro.labels.coordinate.KeptCoordinates;
import io.h5coro.model.ObjectId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    private final Map<ObjectId, List<Variable>> byId = new HashMap<>();

    private Labels(LabelledGroup root, List<H5Exception> problems) {
        this.root = root;
        this.problems = List.copyOf(problems);
        Set<LabelledGroup> seen = new HashSet<>(Set.of(root));
        Deque<LabelledGroup> left = new ArrayDeque<>(seen);
        while (!left.isEmpty()) {
            LabelledGroup group = left.remove();
            group.variables()
                    .forEach(variable -> byId.computeIfAbsent(variable.dataset().id(), id -> new ArrayList<>(1))
                            .add(variable));
            // Links may lead back to a group that this one is in.
            group.groups().stream().filter(seen::add).forEach(left::add);
        }
    }

    /**
     * Opens the labelled view of a file with the default options; blocks. All groups are looked through a level at a
     * time, and what soft and external links lead to, in other files too. Then one call reads the references between
     * variables and dimensions.
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
     * Returns the variable of a dataset, by whatever path and from whatever file a link led to it.
     *
     * @param dataset of the file, or of one that its links lead to
     * @return where several names lead to it, the variable of the path of the dataset, or the one that was met first;
     *     empty where it is no variable
     */
    public Optional<Variable> variableOf(Dataset dataset) {
        List<Variable> names = byId.getOrDefault(dataset.id(), List.of());
        return names.stream()
                .filter(variable ->
                        dataset.path().filter(variable.path()::equals).isPresent())
                .findFirst()
                .or(() -> names.stream().findFirst());
    }

    /**
     * Returns what is wrong with labels of the file: objects that cannot be read and links that lead nowhere, which are
     * not among the variables, and references that lead to no dimension, whose axes got another name.
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
