// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.root;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is in a directory. Immutable, as far as nobody changes its collections.
 *
 * @param files by their names
 * @param directories their names
 */
public record Directory(SortedMap<String, ServedFile> files, SortedSet<String> directories) {
    /** Makes an empty one, to be filled. */
    static Directory empty() {
        return new Directory(new TreeMap<>(), new TreeSet<>());
    }

    static Directory of(Set<String> directories, Map<String, ServedFile> files) {
        return new Directory(new TreeMap<>(files), new TreeSet<>(directories));
    }

    /** Returns the bytes of the files. */
    public long bytes() {
        return files.values().stream().mapToLong(ServedFile::bytes).sum();
    }
}
