// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import io.h5coro.storage.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that could not be had from the storage: no permission, no connection, a time-out, an answer that makes no
 * sense.
 */
public final class StorageFailureException extends H5Exception {
    private static final long serialVersionUID = 1L;

    private final StorageException.Kind kind;

    /** Bytes that could not be had. */
    public StorageFailureException(Where where, String problem, StorageException.Kind kind, @Nullable Throwable cause) {
        super(where, problem, cause);
        this.kind = kind;
    }

    @Override
    StorageFailureException at(Where place) {
        return new StorageFailureException(place, problem(), kind, this);
    }

    /** Why the bytes could not be had. */
    public StorageException.Kind kind() {
        return kind;
    }
}
