// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import io.h5coro.internal.decode.FilterRegistry;
import io.h5coro.internal.indexcache.FamilyMemory;
import io.h5coro.internal.indexcache.NotedEntry;
import io.h5coro.internal.indexcache.Prior;
import io.h5coro.model.ReadOptions;

/**
 * What files are opened with.
 *
 * @param options how they are read
 * @param filters undo filters
 * @param shared what they share with others; outlives them
 * @param prior what is known of them, besides what an index cache has
 */
public record Means(ReadOptions options, FilterRegistry filters, SharedResources shared, Prior prior) {
    /** Without knowledge of files, but for what an index cache has. */
    public Means(ReadOptions options, FilterRegistry filters, SharedResources shared) {
        this(options, filters, shared, Prior.NOTHING);
    }

    /** With the filters that are installed and the resources of this process. */
    public static Means of(ReadOptions options) {
        return new Means(options, FilterRegistry.installed(), SharedResources.ofThisProcess());
    }

    /** The same for files that learn from one another where metadata are. */
    public Means ofSiblings() {
        return new Means(options, filters, shared, new Prior(new FamilyMemory(), null));
    }

    /** The same for a file whose metadata another process has noted, or is to be told of. */
    public static Means ofNoted(ReadOptions options, NotedEntry note) {
        return new Means(options, FilterRegistry.installed(), SharedResources.ofThisProcess(), new Prior(null, note));
    }
}
