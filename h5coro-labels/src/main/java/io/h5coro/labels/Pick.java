// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.ReadPromise;
import io.h5coro.error.SelectionException;
import io.h5coro.model.DatasetRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Variables that are read together, in one call of {@link io.h5coro.H5Coro#readDatasets}. Immutable.
 *
 * <pre>{@code
 * LabelledArrays arrays = group.pick("tas", "pr").withCoordinates().read("time=0:10");
 * }</pre>
 */
public final class Pick {
    private final LabelledGroup group;
    private final List<Variable> variables;

    Pick(LabelledGroup group, List<Variable> variables) {
        this.group = group;
        this.variables = variables;
    }

    /** Returns the variables. */
    public List<Variable> variables() {
        return variables;
    }

    /** Returns the same variables and the coordinates of each. */
    public Pick withCoordinates() {
        Set<Variable> all = new LinkedHashSet<>(variables);
        variables.forEach(variable -> all.addAll(variable.coordinates()));
        return new Pick(group, List.copyOf(all));
    }

    /**
     * Starts to read the rows {@code [start, stop)}: elements of the first dimension of the first variable. Other
     * variables are cut along this dimension wherever they have it, and read whole where they do not. Does not block.
     *
     * @throws SelectionException when the first variable is a single value, or the rows go beyond it
     */
    public LabelledArrays rows(long start, long stop) {
        if (variables.isEmpty() || variables.get(0).dimensions().isEmpty()) {
            throw new SelectionException(group.where(), "rows of variables without a first dimension");
        }
        return read(Selection.all().index(variables.get(0).dimensions().get(0).name(), start, stop));
    }

    /** Starts to read and decode the variables whole. Does not block. */
    public LabelledArrays read() {
        return read(Selection.all());
    }

    /** Starts to read and decode a part of the variables: {@link Selection#parse}. */
    public LabelledArrays read(String selection) {
        return read(Selection.parse(selection));
    }

    /**
     * Starts to read and decode a part of the variables. It only blocks to read coordinates, and only when the
     * selection is by values and they have not been read before.
     *
     * @throws SelectionException when the selection names a dimension that none of the variables has, goes beyond one,
     *     or asks for values of a coordinate that is missing or not in order
     */
    public LabelledArrays read(Selection selection) {
        return start(selection, false);
    }

    /** Starts to read a part of the variables as they are stored; else like {@link #read(Selection)}. */
    public LabelledArrays readRaw(Selection selection) {
        return start(selection, true);
    }

    private LabelledArrays start(Selection selection, boolean raw) {
        ResolvedSelection resolved = ResolvedSelection.of(selection, variables, raw);
        Map<String, PlannedRead> reads = new LinkedHashMap<>();
        List<DatasetRequest> requests = new ArrayList<>();
        for (Variable variable : variables) {
            String name = variable.group() == group && !reads.containsKey(variable.name())
                    ? variable.name()
                    : variable.path();
            PlannedRead read = PlannedRead.of(variable, resolved, raw);
            reads.put(name, read);
            requests.add(read.request().named(name));
        }
        ReadPromise promise = group.file().readDatasets(requests);
        return new LabelledArrays(promise, reads);
    }
}
