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

    /** Why the bytes could not be had. */
    public enum Reason {
        /** Credentials are missing, wrong or not sufficient. */
        ACCESS_DENIED,
        /** The host cannot be reached. */
        UNREACHABLE,
        /** No answer in time. */
        TIMEOUT,
        /** The server fails, or asks to slow down, and retries did not help. */
        UNAVAILABLE,
        /** The response does not match the request. */
        PROTOCOL,
        /** The server refuses to send the range that was asked for. */
        RANGE_REFUSED,
        /** The location or an option is not usable. */
        INVALID,
        /** Any other error of input or output. */
        IO
    }

    /** Bytes that could not be had. */
    public StorageFailureException(Where where, String problem, Reason reason, @Nullable Throwable cause) {
        super(where, problem, cause);
        this.reason = reason;
    }

    @Override
    StorageFailureException at(Where place) {
        return new StorageFailureException(place, problem(), reason, this);
    }

    /** Why the bytes could not be had. */
    public Reason reason() {
        return reason;
    }
}
