// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import io.h5coro.model.DatasetRequest;

/** Finds what a request names. Thread-safe; blocks on metadata reads. */
@FunctionalInterface
public interface RequestResolver {
    /**
     * Finds a dataset or an attribute.
     *
     * @throws io.h5coro.error.H5Exception when there is none or its metadata cannot be read
     */
    ResolvedRequest resolve(DatasetRequest request);

    /** Whether a path leads to an object; blocks. */
    default boolean exists(String path) {
        return true;
    }
}
