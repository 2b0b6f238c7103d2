// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import org.jspecify.annotations.Nullable;

/** A structural or memory limit of {@code ReadOptions} that the file or the request exceeds. */
public final class LimitExceededException extends H5Exception {
    private static final long serialVersionUID = 1L;

    /** An exceeded limit; {@code problem} names the limit, its value and what was found. */
    public LimitExceededException(Where where, String problem) {
        this(where, problem, null);
    }

    /** An exceeded limit; {@code problem} names the limit, its value and what was found, with its cause. */
    public LimitExceededException(Where where, String problem, @Nullable Throwable cause) {
        super(where, problem, cause);
    }

    @Override
    LimitExceededException at(Where place) {
        return new LimitExceededException(place, problem(), this);
    }
}
