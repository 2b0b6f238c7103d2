// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import org.jspecify.annotations.Nullable;

/**
 * The storage did not give the bytes: no permission, no connection, a time-out, or a response that does not match the
 * request.
 */
public final class StorageFailureException extends H5Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why the storage did not give the bytes. */
    public enum Reason {
        /** Credentials are missing, wrong or not sufficient. */
        ACCESS_DENIED,
        /** The host cannot be reached. */
        UNREACHABLE,
        /** No response came in time. */
        TIMEOUT,
        /** The server failed or asked to slow down, and retries did not help. */
        UNAVAILABLE,
        /** The response does not match the request. */
        PROTOCOL,
        /** The server refuses to send the range. */
        RANGE_REFUSED,
        /** The location or an option is not usable. */
        INVALID,
        /** Any other error of input or output. */
        IO
    }

    /**
     * Makes the failure.
     *
     * @param problem says what went wrong, without secrets
     */
    public StorageFailureException(Where where, String problem, Reason reason, @Nullable Throwable cause) {
        super(where, problem, cause);
        this.reason = reason;
    }

    @Override
    StorageFailureException at(Where place) {
        return new StorageFailureException(place, problem(), reason, this);
    }

    /** Returns why the storage did not give the bytes. */
    public Reason reason() {
        return reason;
    }
}
