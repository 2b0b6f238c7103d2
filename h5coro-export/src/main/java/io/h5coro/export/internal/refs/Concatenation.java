// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import io.h5coro.export.refs.RefusedVariable;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Puts the references of files one behind the other along a dimension. Variables along it are joined, all others are
 * those of the first file. Confined to one thread.
 */
public final class Concatenation {
    private final List<ReferenceSet> sets;
    private final String dimension;
    private final Map<String, RefusedVariable> refused = new LinkedHashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private final List<Map<String, ReferencedVariable>> byPath = new ArrayList<>();
    private boolean found;

    private Concatenation(List<ReferenceSet> sets, String dimension) {
        this.sets = sets;
        this.dimension = dimension;
    }

    /**
     * Returns the references of all files together.
     *
     * @throws IllegalArgumentException when no variable has the dimension
     */
    public static ReferenceSet of(List<ReferenceSet> sets, String dimension) {
        return new Concatenation(sets, dimension).run();
    }

    private ReferenceSet run() {
        for (ReferenceSet set : sets) {
            set.refused().forEach(one -> refused.putIfAbsent(one.path(), one));
            notes.addAll(set.notes());
            Map<String, ReferencedVariable> variables = new LinkedHashMap<>();
            set.variables().forEach(variable -> variables.put(variable.path(), variable));
            byPath.add(variables);
        }
        List<ReferencedGroup> groups = new ArrayList<>();
        for (ReferencedGroup group : sets.get(0).groups()) {
            groups.add(new ReferencedGroup(group.path(), group.attributes(), joined(group)));
        }
        if (!found) {
            throw new IllegalArgumentException("no variable has the dimension '" + dimension + "'");
        }
        noteOthers();
        return new ReferenceSet(groups, List.copyOf(refused.values()), List.copyOf(notes));
    }

    private void noteOthers() {
        Set<String> others = new LinkedHashSet<>();
        byPath.forEach(variables -> others.addAll(variables.keySet()));
        others.removeAll(byPath.get(0).keySet());
        others.removeAll(refused.keySet());
        others.forEach(path -> notes.add(path + ": is left out, since the first file does not have it"));
    }

    private List<ReferencedVariable> joined(ReferencedGroup group) {
        List<ReferencedVariable> variables = new ArrayList<>();
        for (ReferencedVariable first : group.variables()) {
            found |= first.dimensions().contains(dimension);
            if (refused.containsKey(first.path())) {
                continue;
            }
            try {
                variables.add(joined(first));
            } catch (RefusedException e) {
                refused.put(first.path(), new RefusedVariable(first.path(), e.reason()));
            }
        }
        return variables;
    }

    private ReferencedVariable joined(ReferencedVariable first) {
        int axis = first.dimensions().indexOf(dimension);
        List<ReferencedVariable> parts = new ArrayList<>();
        for (Map<String, ReferencedVariable> variables : byPath) {
            ReferencedVariable part = variables.get(first.path());
            if (part == null && axis < 0) {
                continue;
            }
            JoinedVariable.check(first, part, axis);
            parts.add(Objects.requireNonNull(part));
        }
        return axis < 0 ? first : JoinedVariable.of(parts, axis);
    }

    /** Orders chunks by their numbers. */
    static List<ChunkReference> ordered(List<ChunkReference> chunks) {
        chunks.sort(Comparator.comparingLong(ChunkReference::index));
        return chunks;
    }

    /** A shape with another length along one axis. */
    static Shape with(Shape shape, int axis, long length) {
        long[] lengths = shape.dimensions();
        lengths[axis] = length;
        return Shape.of(lengths);
    }
}
