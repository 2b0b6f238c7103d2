// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dimensions of axes without a name in one group. An axis takes a dimension of the group that has its length. Where
 * these do not suffice, some are made: as many of a length as the dataset with the most axes of that length needs.
 * Confined to one thread.
 */
final class PhonyDimensions {
    private final ScannedGroup group;
    private final List<Dimension> pool;
    private final Map<Long, Integer> needed = new LinkedHashMap<>();

    /** Starts with the dimensions of the group that axes without a name may take. */
    PhonyDimensions(ScannedGroup group, List<Dimension> pool) {
        this.group = group;
        this.pool = pool;
    }

    /** Takes the axes of a dataset into account. */
    void count(Shape shape, @Nullable Dimension @Nullable [] labels) {
        Map<Long, Integer> own = new LinkedHashMap<>();
        for (int axis = 0; labels != null && axis < labels.length; axis++) {
            Dimension label = labels[axis];
            if (label == null) {
                own.merge(shape.dimension(axis), 1, Integer::sum);
            }
        }
        own.replaceAll((size, count) -> count + taken(labels, size));
        own.forEach((size, count) -> needed.merge(size, count, Math::max));
    }

    private int taken(@Nullable Dimension @Nullable [] labels, long size) {
        return labels == null
                ? 0
                : (int) Arrays.stream(labels)
                        .filter(label -> label != null && label.size() == size && pool.contains(label))
                        .count();
    }

    /** Makes the dimensions that lack. */
    List<Dimension> make(int firstNumber) {
        List<Dimension> made = new ArrayList<>();
        needed.forEach((size, count) -> {
            long there = pool.stream()
                    .filter(dimension -> !dimension.unlimited() && dimension.size() == size)
                    .count();
            for (long i = there; i < count; i++) {
                String name = "phony_dim_" + (firstNumber + made.size());
                String path = group.path().equals("/") ? "/" + name : group.path() + "/" + name;
                made.add(new Dimension(name, size, false, Dimension.Origin.PHONY, path));
            }
        });
        pool.addAll(made);
        return made;
    }

    /** Gives each axis of a dataset without a name the first dimension of its length that the dataset has not yet. */
    List<Dimension> complete(Shape shape, @Nullable Dimension @Nullable [] labels) {
        List<Dimension> complete = new ArrayList<>();
        for (int axis = 0; labels != null && axis < labels.length; axis++) {
            Dimension label = labels[axis];
            complete.add(label != null ? label : free(shape.dimension(axis), labels, complete));
        }
        return List.copyOf(complete);
    }

    private Dimension free(long size, @Nullable Dimension[] labels, List<Dimension> complete) {
        for (Dimension candidate : pool) {
            boolean used = complete.contains(candidate) || Arrays.stream(labels).anyMatch(candidate::equals);
            if (candidate.size() == size && !used) {
                return candidate;
            }
        }
        throw new IllegalStateException("more axes of length " + size + " than were counted in " + group.path());
    }
}
