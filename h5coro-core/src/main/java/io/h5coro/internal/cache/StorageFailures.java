// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.object.FailureCause;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
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
     *     cancelled), {@link LimitExceededException} (memory ran out), {@link UnsupportedFeatureException} (the storage
     *     does not list) or {@link StorageFailureException}; an {@link H5Exception} as it is
     */
    public static H5Exception translate(String source, long address, Throwable failure) {
        Throwable cause = FailureCause.of(failure);
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
        return new StorageFailureException(where, "the storage failed: " + cause, Kind.IO, cause);
    }

    /** Whether what a future failed with, if it did, is the storage's word of this kind. */
    public static boolean says(@Nullable Throwable failure, Kind kind) {
        return failure != null
                && FailureCause.of(failure) instanceof StorageException storage
                && storage.kind() == kind;
    }

    private static H5Exception ofStorage(Where where, StorageException failure) {
        String text = withoutSource(String.valueOf(failure.getMessage()), where.source());
        // Of the whole object, not of a place in it.
        Where whole = Where.source(where.source());
        return switch (failure.kind()) {
            case NOT_FOUND -> new NotFoundException(whole, text, failure);
            case CHANGED -> new ObjectChangedException(whole, text, failure);
            case CLOSED -> new ReadAbortedException(whole, text, failure);
            case UNSUPPORTED -> new UnsupportedFeatureException(whole, "listing of this storage", text, failure);
            case ACCESS_DENIED, UNREACHABLE, INVALID ->
                new StorageFailureException(whole, text, failure.kind(), failure);
            case TIMEOUT, PROTOCOL, RANGE_REFUSED, UNAVAILABLE, IO ->
                new StorageFailureException(where, text, failure.kind(), failure);
        };
    }

    /** The storage's messages start with what is read, and so do ours. */
    private static String withoutSource(String text, String source) {
        return text.startsWith(source + ": ") ? text.substring(source.length() + 2) : text;
    }

    /** What is wrong with an answer that may be cut at the object's end; null when nothing is. */
    static @Nullable H5Exception problemOf(RangeReader reader, ByteRange range, byte[] answer) {
        long end = range.offset() + answer.length;
        OptionalLong size = reader.size();
        boolean tooLong = answer.length > range.length();
        boolean cut = answer.length < range.length() && size.isPresent() && end < size.getAsLong();
        if (!tooLong && !cut) {
            return null;
        }
        return new StorageFailureException(
                new Where(reader.source(), null, range.offset()),
                "the storage answered " + answer.length + " of " + range.length() + " bytes",
                Kind.PROTOCOL,
                null);
    }
}
