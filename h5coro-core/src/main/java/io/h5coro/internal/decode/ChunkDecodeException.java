// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import org.jspecify.annotations.Nullable;

/**
 * A chunk that its pipeline cannot decode. The message names the filter; whoever knows the dataset, the chunk and its
 * address turns it into an {@link io.h5coro.error.FilterException}.
 */
public final class ChunkDecodeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int filterId;
    private final String filterName;
    private final boolean unsupported;

    ChunkDecodeException(
            int filterId, String filterName, String message, boolean unsupported, @Nullable Throwable cause) {
        super(message, cause);
        this.filterId = filterId;
        this.filterName = filterName;
        this.unsupported = unsupported;
    }

    /** The HDF5 identifier of the filter that failed. */
    public int filterId() {
        return filterId;
    }

    /** The filter's name; empty when it is not known. */
    public String filterName() {
        return filterName;
    }

    /** Whether the filter or a variant of its encoding is not supported; else the data are malformed. */
    public boolean unsupported() {
        return unsupported;
    }
}
