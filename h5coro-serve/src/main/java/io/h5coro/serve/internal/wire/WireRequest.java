// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.wire;

import org.jspecify.annotations.Nullable;

/**
 * What a client asks of one path. Immutable.
 *
 * @param object path of an object in a file; null to describe the path itself
 * @param dataSizeLimit largest bytes of a dataset whose values stand in its description
 * @param maxDepth levels of groups that are described below the object
 * @param slices values to read; null for a description
 * @param query whether it came as query parameters, as old clients send it: they know no soft links
 */
public record WireRequest(
        @Nullable String object,
        long dataSizeLimit,
        int maxDepth,
        @Nullable Slices slices,
        boolean query) {
    /** Clients send both; these are the defaults of the server that they were made for. */
    static final int DEFAULT_DEPTH = 1;

    /** Returns the request for a path itself. */
    static WireRequest path(boolean query) {
        return new WireRequest(null, 0, DEFAULT_DEPTH, null, query);
    }
}
