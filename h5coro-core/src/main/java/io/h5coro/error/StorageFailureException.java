// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import io.h5coro.storage.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * The storage did not give the bytes: no permission, no connection, a time-out, or a response that does not match the
 * request.
 *
 * <pre>{@code
 * try (H5Coro remote = H5Coro.open("https://host/granule.h5")) {
 *     System.out.println(remote.info());
 * } catch (StorageFailureException e) {
 *     boolean worthAnotherTry = e.kind() == StorageException.Kind.UNAVAILABLE;
 * }
 * }</pre>
 */
public final class StorageFailureException extends H5Exception {
    private static final long serialVersionUID = 1L;

    private final StorageException.Kind kind;

    /**
     * Makes the failure.
     *
     * @param problem says what went wrong, without secrets
     * @param kind why the storage did not give the bytes
     */
    public StorageFailureException(Where where, String problem, StorageException.Kind kind, @Nullable Throwable cause) {
        super(where, problem, cause);
        this.kind = kind;
    }

    @Override
    StorageFailureException at(Where place) {
        return new StorageFailureException(place, problem(), kind, this);
    }

    /** Returns why the storage did not give the bytes. */
    public StorageException.Kind kind() {
        return kind;
    }
}
