// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import org.jspecify.annotations.Nullable;

/**
 * A chunk whose data its filter pipeline cannot decode. A filter, or a variant of its encoding, that this library does
 * not read is an {@link UnsupportedFeatureException}.
 */
public final class FilterException extends H5Exception {
    private static final long serialVersionUID = 1L;

    private final int filterId;

    /**
     * A chunk that cannot be decoded.
     *
     * @param filterId the identifier of the filter that failed
     */
    public FilterException(Where where, String problem, int filterId, @Nullable Throwable cause) {
        super(where, problem, cause);
        this.filterId = filterId;
    }

    @Override
    FilterException at(Where place) {
        return new FilterException(place, problem(), filterId, this);
    }

    /** The HDF5 identifier of the filter that failed. */
    public int filterId() {
        return filterId;
    }
}
