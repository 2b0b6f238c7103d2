// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import io.h5coro.internal.decode.FilterRegistry;
import io.h5coro.internal.indexcache.FamilyMemory;
import io.h5coro.model.ReadOptions;
import org.jspecify.annotations.Nullable;

/**
 * What files are opened with.
 *
 * @param options how they are read
 * @param filters undo filters
 * @param shared what they share with others; outlives them
 * @param siblings what is known of files that are read together with them; null when they are read alone
 */
public record Means(
        ReadOptions options,
        FilterRegistry filters,
        SharedResources shared,
        @Nullable FamilyMemory siblings) {
    /** Without knowledge of siblings, but for what an index cache has. */
    public Means(ReadOptions options, FilterRegistry filters, SharedResources shared) {
        this(options, filters, shared, null);
    }

    /** With the filters that are installed and the resources of this process. */
    public static Means of(ReadOptions options) {
        return new Means(options, FilterRegistry.installed(), SharedResources.ofThisProcess());
    }

    /** The same for files that learn from one another where metadata are. */
    public static Means ofSiblings(ReadOptions options) {
        return new Means(options, FilterRegistry.installed(), SharedResources.ofThisProcess(), new FamilyMemory());
    }
}
