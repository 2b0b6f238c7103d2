// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.root;

import io.h5coro.serve.internal.wire.WireException;
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
    /** What a listing of more takes, and whoever reads it, is nobody's to ask for. */
    private static final int MOST_ENTRIES = 100_000;

    /** Makes an empty one, to be filled. */
    static Directory empty() {
        return new Directory(new TreeMap<>(), new TreeSet<>());
    }

    static Directory of(Set<String> directories, Map<String, ServedFile> files) {
        return new Directory(new TreeMap<>(files), new TreeSet<>(directories));
    }

    /**
     * Checks how many entries a directory has so far: a part of them would look like all.
     *
     * @throws WireException when there are too many
     */
    static void requireFew(int entries) {
        if (entries > MOST_ENTRIES) {
            throw new WireException(
                    501, "the folder has more than " + MOST_ENTRIES + " entries: ask for a file by its name");
        }
    }

    /** Returns the bytes of the files. */
    public long bytes() {
        return files.values().stream().mapToLong(ServedFile::bytes).sum();
    }
}
