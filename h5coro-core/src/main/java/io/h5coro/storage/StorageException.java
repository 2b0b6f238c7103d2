// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A storage did not give bytes. The message names the source and never a credential.
 *
 * <pre>{@code
 * try {
 *     byte[] first = file.reader().read(new ByteRange(0, 512)).get();
 * } catch (ExecutionException e) {
 *     boolean later = e.getCause() instanceof StorageException failure && failure.isTransient();
 * }
 * }</pre>
 */
public final class StorageException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The kind of a failure, which says whether another attempt can help. */
    public enum Kind {
        /** The object, bucket, host path or file does not exist. */
        NOT_FOUND,
        /** Credentials are missing, wrong, expired or not sufficient. */
        ACCESS_DENIED,
        /** The object was replaced or truncated while it was read. */
        CHANGED,
        /** The host does not resolve or does not accept connections, or TLS fails. */
        UNREACHABLE,
        /** No response came within the time allowed. */
        TIMEOUT,
        /** The response does not match the request, such as a 200 or a wrong Content-Range for a range. */
        PROTOCOL,
        /** The server refuses to send the range (416), although the object has it or its size is unknown. */
        RANGE_REFUSED,
        /** The server asks to slow down or fails on its side (429, 5xx), or the body broke off. */
        UNAVAILABLE,
        /** The reader was closed. */
        CLOSED,
        /** The URI or the options are not usable. */
        INVALID,
        /** The storage cannot do what was asked, such as list. */
        UNSUPPORTED,
        /** Anything else, e.g. an error of a local disk. */
        IO
    }

    private final Kind kind;

    /**
     * Makes a failure.
     *
     * @param message one line that names the source, without secrets
     */
    public StorageException(Kind kind, String message) {
        this(kind, message, null);
    }

    /**
     * Makes a failure with its cause.
     *
     * @param message one line that names the source, without secrets
     */
    public StorageException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Returns the kind of the failure. */
    public Kind kind() {
        return kind;
    }

    /** Returns whether the same request may succeed when it is sent again. */
    public boolean isTransient() {
        return kind == Kind.TIMEOUT || kind == Kind.UNAVAILABLE || kind == Kind.UNREACHABLE;
    }
}
