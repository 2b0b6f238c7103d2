// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.error.StorageFailureException.Reason;
import io.h5coro.error.Where;
import io.h5coro.storage.StorageException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Translates what a storage's future fails with into the library's own family of errors. Pure. */
public final class StorageFailures {
    private StorageFailures() {}

    /**
     * The error to throw for a failed request; its message keeps the storage's text.
     *
     * @param source what was read
     * @param address first byte that was asked for, or {@link Where#NO_ADDRESS}
     * @param failure what the future failed with; wrappers of {@code java.util.concurrent} are taken off
     * @return {@link NotFoundException}, {@link ObjectChangedException}, {@link ReadAbortedException} (closed or
     *     cancelled), {@link LimitExceededException} (memory ran out) or {@link StorageFailureException}; an
     *     {@link H5Exception} as it is
     */
    public static H5Exception translate(String source, long address, Throwable failure) {
        Throwable cause = cause(failure);
        Where where = new Where(source, null, address);
        if (cause instanceof H5Exception known) {
            return known;
        }
        if (cause instanceof StorageException storage) {
            return ofStorage(where, storage);
        }
        if (cause instanceof CancellationException) {
            return new ReadAbortedException(where, "the request was cancelled", cause);
        }
        if (cause instanceof OutOfMemoryError) {
            return new LimitExceededException(where, "there is not enough memory to read from the storage", cause);
        }
        return new StorageFailureException(where, "the storage failed: " + cause, Reason.IO, cause);
    }

    /** What a future failed with, out of the wrappers of {@code java.util.concurrent}. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Whether what a future failed with, if it did, is the storage's word of this kind. */
    public static boolean says(@Nullable Throwable failure, StorageException.Kind kind) {
        return failure != null && cause(failure) instanceof StorageException storage && storage.kind() == kind;
    }

    private static H5Exception ofStorage(Where where, StorageException failure) {
        String text = withoutSource(String.valueOf(failure.getMessage()), where.source());
        // Neither has to do with a place in the file.
        Where whole = Where.source(where.source());
        return switch (failure.kind()) {
            case NOT_FOUND -> new NotFoundException(whole, text, failure);
            case CHANGED -> new ObjectChangedException(whole, text, failure);
            case CLOSED -> new ReadAbortedException(whole, text, failure);
            case ACCESS_DENIED -> new StorageFailureException(whole, text, Reason.ACCESS_DENIED, failure);
            case UNREACHABLE -> new StorageFailureException(whole, text, Reason.UNREACHABLE, failure);
            case TIMEOUT -> new StorageFailureException(where, text, Reason.TIMEOUT, failure);
            case PROTOCOL -> new StorageFailureException(where, text, Reason.PROTOCOL, failure);
            case RANGE_REFUSED -> new StorageFailureException(where, text, Reason.RANGE_REFUSED, failure);
            case UNAVAILABLE -> new StorageFailureException(where, text, Reason.UNAVAILABLE, failure);
            case INVALID -> new StorageFailureException(whole, text, Reason.INVALID, failure);
            case IO -> new StorageFailureException(where, text, Reason.IO, failure);
        };
    }

    /** The storage's messages start with what is read, and so do ours. */
    private static String withoutSource(String text, String source) {
        return text.startsWith(source + ": ") ? text.substring(source.length() + 2) : text;
    }
}
