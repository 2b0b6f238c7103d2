// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import org.jspecify.annotations.Nullable;

/**
 * The filter pipeline cannot decode the data of a chunk. A filter, or a variant of its encoding, that this library does
 * not read is an {@link UnsupportedFeatureException} instead.
 *
 * <pre>{@code
 * try {
 *     H5Array heights = file.read("/gt1l/heights/h_ph");
 * } catch (FilterException e) {
 *     System.out.println("this chunk is damaged, or its filter is missing: " + e.getMessage());
 * }
 * }</pre>
 */
public final class FilterException extends H5Exception {
    private static final long serialVersionUID = 1L;

    private final int filterId;

    /**
     * Makes the failure.
     *
     * @param problem what was found and what was expected
     * @param filterId HDF5 identifier of the filter that failed
     */
    public FilterException(Where where, String problem, int filterId, @Nullable Throwable cause) {
        super(where, problem, cause);
        this.filterId = filterId;
    }

    @Override
    FilterException at(Where place) {
        return new FilterException(place, problem(), filterId, this);
    }

    /** Returns the HDF5 identifier of the filter that failed. */
    public int filterId() {
        return filterId;
    }
}
