// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import org.jspecify.annotations.Nullable;

/**
 * The request does not fit its dataset: a slice is out of range, the number of dimensions is wrong, or two requests
 * have the same name.
 *
 * <pre>{@code
 * try {
 *     H5Array values = file.read("/gt1l/heights/h_ph[7000:7001]");
 * } catch (SelectionException e) {
 *     System.out.println(e.getMessage());
 * }
 * }</pre>
 */
public final class SelectionException extends H5Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the failure.
     *
     * @param problem states the selection and the shape
     */
    public SelectionException(Where where, String problem) {
        this(where, problem, null);
    }

    /**
     * Makes the failure with its cause.
     *
     * @param problem states the selection and the shape
     */
    public SelectionException(Where where, String problem, @Nullable Throwable cause) {
        super(where, problem, cause);
    }

    @Override
    SelectionException at(Where place) {
        return new SelectionException(place, problem(), this);
    }
}
