// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import io.h5coro.internal.decode.FilterRegistry;
import io.h5coro.model.ReadOptions;

/**
 * What files are opened with.
 *
 * @param options how they are read
 * @param filters undo filters
 * @param shared what they share with others; outlives them
 */
public record Means(ReadOptions options, FilterRegistry filters, SharedResources shared) {
    /** With the filters that are installed and the resources of this process. */
    public static Means of(ReadOptions options) {
        return new Means(options, FilterRegistry.installed(), SharedResources.ofThisProcess());
    }
}
