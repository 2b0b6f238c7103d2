// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import org.jspecify.annotations.Nullable;

/** The object was replaced while it was read, so that an exact answer from one version is impossible. */
public final class ObjectChangedException extends H5Exception {
    private static final long serialVersionUID = 1L;

    /** A changed object; {@code problem} says how it was noticed. */
    public ObjectChangedException(Where where, String problem) {
        this(where, problem, null);
    }

    /** A changed object; {@code problem} says how it was noticed, with its cause. */
    public ObjectChangedException(Where where, String problem, @Nullable Throwable cause) {
        super(where, problem, cause);
    }

    @Override
    ObjectChangedException at(Where place) {
        return new ObjectChangedException(place, problem(), this);
    }
}
