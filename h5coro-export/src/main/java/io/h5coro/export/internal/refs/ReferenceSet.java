// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import io.h5coro.export.refs.RefusedVariable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is said of a file, or of several: groups, each before those in it. Immutable.
 *
 * @param groups the root first
 * @param refused variables that are not among them
 * @param notes what else is not as in the file, for people
 */
public record ReferenceSet(List<ReferencedGroup> groups, List<RefusedVariable> refused, List<String> notes) {
    /** Copies the lists. */
    public ReferenceSet {
        groups = List.copyOf(groups);
        refused = List.copyOf(refused);
        notes = List.copyOf(notes);
    }

    List<ReferencedVariable> variables() {
        return groups.stream().flatMap(group -> group.variables().stream()).toList();
    }

    /** Returns how many variables there are. */
    public int variableCount() {
        return variables().size();
    }

    /** Returns how many chunks there are. */
    public long chunkCount() {
        return variables().stream()
                .mapToLong(variable -> variable.chunks().size())
                .sum();
    }

    /** The keys of metadata and what is under them, in their order. */
    Map<String, Object> metadata() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        for (ReferencedGroup group : groups) {
            metadata.put(key(group.path(), ".zgroup"), Map.of("zarr_format", 2));
            metadata.put(key(group.path(), ".zattrs"), group.attributes());
            for (ReferencedVariable variable : group.variables()) {
                metadata.put(key(variable.path(), ".zarray"), variable.array().json());
                metadata.put(key(variable.path(), ".zattrs"), variable.zattrs());
            }
        }
        return metadata;
    }

    static String key(String path, String name) {
        return path.equals("/") ? name : path.substring(1) + "/" + name;
    }
}
