// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import org.jspecify.annotations.Nullable;

/**
 * A file, object, attribute or link target does not exist.
 *
 * <pre>{@code
 * try {
 *     H5Array values = file.read("/gt1l/heights/no_such_name");
 * } catch (NotFoundException e) {
 *     System.out.println("there is no " + e.where().object());
 * }
 * }</pre>
 */
public final class NotFoundException extends H5Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the failure.
     *
     * @param problem names what does not exist
     */
    public NotFoundException(Where where, String problem) {
        this(where, problem, null);
    }

    /**
     * Makes the failure with its cause.
     *
     * @param problem names what does not exist
     */
    public NotFoundException(Where where, String problem, @Nullable Throwable cause) {
        super(where, problem, cause);
    }

    @Override
    NotFoundException at(Where place) {
        return new NotFoundException(place, problem(), this);
    }
}
