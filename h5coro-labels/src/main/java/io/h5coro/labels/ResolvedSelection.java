// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.ReadPromise;
import io.h5coro.error.SelectionException;
import io.h5coro.error.Where;
import io.h5coro.labels.coordinate.Coordinate;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Hyperslab;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A selection in indices: values were looked up in their coordinates. Immutable. */
final class ResolvedSelection {
    /** By the paths of their dimensions. Dimensions that are read whole are not among them. */
    private final Map<String, Hyperslab.Range> ranges;

    private ResolvedSelection(Map<String, Hyperslab.Range> ranges) {
        this.ranges = ranges;
    }

    /**
     * Looks up the values of a selection. Coordinates that are not kept from an earlier one are read in one call.
     *
     * @param raw whether the stored dimensions count, not the decoded ones
     */
    static ResolvedSelection of(Selection selection, List<Variable> variables, boolean raw) {
        Map<String, Hyperslab.Range> ranges = new HashMap<>();
        if (selection.parts().isEmpty()) {
            return new ResolvedSelection(ranges);
        }
        Map<Wanted, Selection.Part> wanted = wanted(selection, variables, raw);
        Map<String, Coordinate> coordinates = coordinates(wanted);
        wanted.forEach((one, part) -> ranges.put(one.dimension().path(), range(one, part, coordinates)));
        return new ResolvedSelection(ranges);
    }

    /** A dimension of a selection, and a variable that has it. */
    private record Wanted(Dimension dimension, Variable variable) {
        Where where() {
            return variable.scanned().attributes().where();
        }

        Variable coordinate() {
            return variable.group()
                    .inScope(dimension.name())
                    .filter(found -> found.dimensions().equals(List.of(dimension)))
                    .orElseThrow(() -> new SelectionException(
                            where(),
                            "dimension '" + dimension.name()
                                    + "' has no coordinate, so nothing is found by its value"));
        }
    }

    private static Map<Wanted, Selection.Part> wanted(Selection selection, List<Variable> variables, boolean raw) {
        Map<Wanted, Selection.Part> wanted = new HashMap<>();
        for (Map.Entry<String, Selection.Part> entry : selection.parts().entrySet()) {
            Map<Dimension, Variable> users = new HashMap<>();
            for (Variable variable : variables) {
                (raw ? variable.storedDimensions() : variable.dimensions())
                        .stream()
                                .filter(dimension -> dimension.name().equals(entry.getKey()))
                                .forEach(dimension -> users.putIfAbsent(dimension, variable));
            }
            if (users.isEmpty()) {
                throw new SelectionException(
                        variables.isEmpty()
                                ? Where.source("selection")
                                : variables.get(0).scanned().attributes().where(),
                        "no dimension has the name '" + entry.getKey() + "'");
            }
            users.forEach((dimension, variable) -> wanted.put(new Wanted(dimension, variable), entry.getValue()));
        }
        return wanted;
    }

    private static Map<String, Coordinate> coordinates(Map<Wanted, Selection.Part> wanted) {
        Set<Variable> needed = new LinkedHashSet<>();
        wanted.forEach((one, part) -> {
            if (!(part instanceof Selection.Indices)) {
                needed.add(one.coordinate());
            }
        });
        Map<String, Coordinate> found = new HashMap<>();
        List<PlannedRead> reads = new ArrayList<>();
        for (Variable variable : needed) {
            Optional<Coordinate> kept = variable.group().open().coordinates().find(variable.path());
            kept.ifPresentOrElse(
                    coordinate -> found.put(variable.path(), coordinate),
                    () -> reads.add(PlannedRead.of(variable, new ResolvedSelection(Map.of()), false)));
        }
        if (!reads.isEmpty()) {
            List<DatasetRequest> requests =
                    reads.stream().map(PlannedRead::request).toList();
            ReadPromise promise = reads.get(0).variable().group().file().readDatasets(requests);
            for (PlannedRead read : reads) {
                Variable variable = read.variable();
                LabelledArray values = read.finish(promise.get(read.request().name()));
                Coordinate coordinate =
                        new Coordinate(variable.scanned().attributes().where(), values.values());
                variable.group().open().coordinates().keep(variable.path(), coordinate);
                found.put(variable.path(), coordinate);
            }
        }
        return found;
    }

    private static Hyperslab.Range range(Wanted one, Selection.Part part, Map<String, Coordinate> coordinates) {
        if (part instanceof Selection.Indices indices) {
            return indices.range();
        }
        Coordinate coordinate = coordinates.get(one.coordinate().path());
        if (coordinate == null) {
            throw new IllegalStateException("coordinate of " + one.dimension() + " was not read");
        }
        return part instanceof Selection.Between between
                ? coordinate.between(between.from(), between.to())
                : coordinate.nearest(((Selection.Nearest) part).value());
    }

    Hyperslab.Range of(Dimension dimension) {
        return ranges.getOrDefault(dimension.path(), Hyperslab.Range.all());
    }
}
