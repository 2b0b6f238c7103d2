// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.error.H5Exception;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The dimensions of datasets without scales, as ICESat-2 and GEDI have them: the first name of a {@code coordinates}
 * attribute names the first axis, where it is a vector of the same length in the group. Confined to one thread.
 */
final class CoordinateDimensions {
    private final ScannedGroup group;
    private final Map<String, @Nullable Dimension[]> labels;
    private final Map<String, Dimension> found = new LinkedHashMap<>();

    /** Starts with the labels of a group's datasets, to which {@link #infer} adds. */
    CoordinateDimensions(ScannedGroup group, Map<String, @Nullable Dimension[]> labels) {
        this.group = group;
        this.labels = labels;
    }

    List<Dimension> infer() {
        for (ScannedDataset dataset : group.datasets()) {
            if (dataset.shape().rank() > 0 && isUnlabelled(dataset)) {
                coordinate(dataset).ifPresent(coordinate -> {
                    Dimension dimension = dimension(coordinate);
                    axes(dataset)[0] = dimension;
                    axes(coordinate)[0] = dimension;
                });
            }
        }
        return new ArrayList<>(found.values());
    }

    private Dimension dimension(ScannedDataset coordinate) {
        return found.computeIfAbsent(
                coordinate.name(),
                name -> new Dimension(
                        name, coordinate.shape().dimension(0), false, Dimension.Origin.COORDINATE, coordinate.path()));
    }

    private Optional<ScannedDataset> coordinate(ScannedDataset dataset) {
        List<String> names = names(dataset);
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String first = names.get(0);
        long size = dataset.shape().dimension(0);
        return group.datasets().stream()
                .filter(other -> other.name().equals(first))
                .filter(other -> other.shape().rank() == 1 && other.shape().dimension(0) == size)
                .filter(other -> found.containsKey(first) || isUnlabelled(other))
                .findFirst();
    }

    private static List<String> names(ScannedDataset dataset) {
        try {
            return dataset.attributes()
                    .text("coordinates")
                    .map(NameLists::split)
                    .orElse(List.of());
        } catch (H5Exception unreadable) {
            // Whoever asks for the attribute is told.
            return List.of();
        }
    }

    private boolean isUnlabelled(ScannedDataset dataset) {
        return Arrays.stream(axes(dataset)).allMatch(label -> label == null);
    }

    private @Nullable Dimension[] axes(ScannedDataset dataset) {
        return labels.getOrDefault(dataset.path(), new Dimension[0]);
    }
}
