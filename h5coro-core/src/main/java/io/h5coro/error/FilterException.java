// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import org.jspecify.annotations.Nullable;

/** A chunk that its filter pipeline cannot decode. */
public final class FilterException extends H5Exception {
    private static final long serialVersionUID = 1L;

    private final int filterId;
    private final boolean unsupported;

    /**
     * A chunk that cannot be decoded.
     *
     * @param filterId the identifier of the filter that failed
     * @param unsupported whether the filter or a variant of it is not supported (else the data are malformed)
     */
    public FilterException(Where where, String problem, int filterId, boolean unsupported, @Nullable Throwable cause) {
        super(where, problem, cause);
        this.filterId = filterId;
        this.unsupported = unsupported;
    }

    @Override
    FilterException at(Where place) {
        return new FilterException(place, problem(), filterId, unsupported, this);
    }

    /** The HDF5 identifier of the filter that failed. */
    public int filterId() {
        return filterId;
    }

    /** Whether the filter, or the variant of its encoding, is not supported; else the data are malformed. */
    public boolean unsupported() {
        return unsupported;
    }
}
