// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.internal.index.ChunkIndex;
import io.h5coro.internal.resolve.DatasetDescriptor;

/** Gives the chunk index of a chunked dataset. Thread-safe. */
@FunctionalInterface
public interface ChunkIndexSource {
    /**
     * The index of a dataset.
     *
     * @throws io.h5coro.error.H5Exception when it is malformed or not supported
     */
    ChunkIndex of(DatasetDescriptor dataset);
}
