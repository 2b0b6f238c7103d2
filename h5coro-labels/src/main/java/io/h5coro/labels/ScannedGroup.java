// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.labels.stored.ObjectAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A group that the walk met, its datasets and the groups in it. Confined to the thread that scans. */
final class ScannedGroup {
    private final String name;
    private final String path;
    private final @Nullable ScannedGroup parent;
    private final ObjectAttributes attributes;
    private final List<ScannedDataset> datasets = new ArrayList<>();
    private final Map<String, ScannedGroup> groups = new LinkedHashMap<>();

    ScannedGroup(String name, String path, @Nullable ScannedGroup parent, ObjectAttributes attributes) {
        this.name = name;
        this.path = path;
        this.parent = parent;
        this.attributes = attributes;
    }

    String name() {
        return name;
    }

    String path() {
        return path;
    }

    @Nullable
    ScannedGroup parent() {
        return parent;
    }

    ObjectAttributes attributes() {
        return attributes;
    }

    List<ScannedDataset> datasets() {
        return datasets;
    }

    /** The groups in it by the names of their links. One that several links lead to is the same object each time. */
    Map<String, ScannedGroup> groups() {
        return groups;
    }

    /** The groups that this is the first way to. */
    List<ScannedGroup> ownGroups() {
        return groups.values().stream()
                .filter(group -> group.parent == this)
                .distinct()
                .toList();
    }
}
