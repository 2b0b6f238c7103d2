// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import io.h5coro.model.IndexCache;
import io.h5coro.storage.machine.Machine;
import java.nio.file.Files;
import java.util.Map;
import java.util.WeakHashMap;

/** The folders of index caches: one for each cache as long as somebody has it, so that it warns once. Thread-safe. */
public final class IndexFolders {
    private final Machine machine;
    private final Map<IndexCache, IndexFolder> folders = new WeakHashMap<>();

    /** No folder yet. */
    public IndexFolders(Machine machine) {
        this.machine = machine;
    }

    synchronized IndexFolder of(IndexCache cache) {
        return folders.computeIfAbsent(cache, c -> new IndexFolder(c.folder(), c.maxBytes(), Files::write, machine));
    }
}
