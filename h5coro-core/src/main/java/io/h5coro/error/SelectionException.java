// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import org.jspecify.annotations.Nullable;

/**
 * A request that does not fit its dataset: a slice out of range, a wrong number of dimensions, two requests of one
 * name.
 */
public final class SelectionException extends H5Exception {
    private static final long serialVersionUID = 1L;

    /** A request that does not fit; {@code problem} gives the selection and the shape. */
    public SelectionException(Where where, String problem) {
        this(where, problem, null);
    }

    /** A request that does not fit; {@code problem} gives the selection and the shape, with its cause. */
    public SelectionException(Where where, String problem, @Nullable Throwable cause) {
        super(where, problem, cause);
    }

    @Override
    SelectionException at(Where place) {
        return new SelectionException(place, problem(), this);
    }
}
