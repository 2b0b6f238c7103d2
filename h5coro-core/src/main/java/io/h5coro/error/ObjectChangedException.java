// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import org.jspecify.annotations.Nullable;

/**
 * The object was replaced while it was read, so its values cannot come from one version. Open it again to read the new
 * version.
 *
 * <pre>{@code
 * try {
 *     H5Array heights = file.read("/gt1l/heights/h_ph");
 * } catch (ObjectChangedException e) {
 *     System.out.println("written meanwhile, open it again: " + e.where().source());
 * }
 * }</pre>
 */
public final class ObjectChangedException extends H5Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the failure.
     *
     * @param problem says how the change was noticed
     */
    public ObjectChangedException(Where where, String problem) {
        this(where, problem, null);
    }

    /**
     * Makes the failure with its cause.
     *
     * @param problem says how the change was noticed
     */
    public ObjectChangedException(Where where, String problem, @Nullable Throwable cause) {
        super(where, problem, cause);
    }

    @Override
    ObjectChangedException at(Where place) {
        return new ObjectChangedException(place, problem(), this);
    }
}
