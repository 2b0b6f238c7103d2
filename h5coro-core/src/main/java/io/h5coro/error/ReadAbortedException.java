// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import org.jspecify.annotations.Nullable;

/** A read that was cancelled, whose reader was closed, or whose deadline passed. */
public final class ReadAbortedException extends H5Exception {
    private static final long serialVersionUID = 1L;

    /** An aborted read; {@code problem} says by what. */
    public ReadAbortedException(Where where, String problem) {
        this(where, problem, null);
    }

    /** An aborted read; {@code problem} says by what, with its cause. */
    public ReadAbortedException(Where where, String problem, @Nullable Throwable cause) {
        super(where, problem, cause);
    }

    @Override
    ReadAbortedException at(Where place) {
        return new ReadAbortedException(place, problem(), this);
    }
}
