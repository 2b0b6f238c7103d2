// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.http;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.SelectionException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.export.format.ExportRefusedException;
import io.h5coro.serve.internal.wire.WireException;
import io.h5coro.storage.StorageException;

/** Tells clients what went wrong, without the names and addresses that the server has for its files. */
final class Problem {
    private Problem() {}

    /** Returns the answer to a failure. */
    static WireException of(Exception failure) {
        if (failure instanceof WireException known) {
            return known;
        }
        if (failure instanceof StorageFailureException storage) {
            return storage(storage.kind());
        }
        if (failure instanceof H5Exception problem) {
            String object = problem.where().object();
            String at = object == null || object.isEmpty() ? "" : object + ": ";
            return new WireException(status(problem), at + problem.problem());
        }
        if (failure instanceof StorageException storage) {
            return storage(storage.kind());
        }
        if (failure instanceof ExportRefusedException refused) {
            return new WireException(501, String.valueOf(refused.getMessage()));
        }
        return new WireException(500, "the server failed");
    }

    private static int status(H5Exception problem) {
        if (problem instanceof NotFoundException) {
            return 404;
        }
        if (problem instanceof SelectionException) {
            return 400;
        }
        if (problem instanceof UnsupportedFeatureException) {
            return 501;
        }
        return problem instanceof LimitExceededException ? 429 : 500;
    }

    private static WireException storage(StorageException.Kind kind) {
        return switch (kind) {
            case NOT_FOUND -> new WireException(404, "the file, or one that it names, is not there");
            case ACCESS_DENIED -> new WireException(404, "the file, or one that it names, is not served");
            case UNSUPPORTED -> new WireException(501, "the storage of the file cannot do this");
            case TIMEOUT, UNAVAILABLE, UNREACHABLE -> new WireException(503, "the storage of the file does not answer");
            case CHANGED -> new WireException(503, "the file was changed meanwhile: ask once more");
            case PROTOCOL, RANGE_REFUSED, CLOSED, INVALID, IO ->
                new WireException(500, "the storage of the file failed");
        };
    }
}
