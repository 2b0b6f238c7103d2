// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.error.FilterException;
import io.h5coro.error.H5Exception;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import org.jspecify.annotations.Nullable;

/**
 * A chunk that its pipeline cannot decode. The message names the filter; whoever knows the dataset, the chunk and its
 * address turns it into the error {@linkplain #at at} that place.
 */
public final class ChunkDecodeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int filterId;
    private final String filterName;
    private final boolean unsupported;

    /**
     * A filter as messages call it.
     *
     * @param name empty when it is not known
     */
    record Named(int id, String name) {
        @Override
        public String toString() {
            return "filter " + id + (name.isEmpty() ? "" : " (" + name + ")");
        }
    }

    /**
     * A failure of a filter.
     *
     * @param problem what the message says behind the filter
     */
    ChunkDecodeException(Named filter, String problem, boolean unsupported, @Nullable Throwable cause) {
        super(filter + problem, cause);
        this.filterId = filter.id();
        this.filterName = filter.name();
        this.unsupported = unsupported;
    }

    /**
     * The error for the caller.
     *
     * @param what what could not be decoded, e.g. "chunk [0, 3]"
     * @return {@link UnsupportedFeatureException} or, where the data are malformed, {@link FilterException}
     */
    public H5Exception at(Where where, String what) {
        String problem = what + ": " + getMessage();
        return unsupported
                ? new UnsupportedFeatureException(where, new Named(filterId, filterName).toString(), problem, this)
                : new FilterException(where, problem, filterId, this);
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
