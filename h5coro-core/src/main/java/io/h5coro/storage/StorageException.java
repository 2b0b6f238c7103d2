// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A failure to get bytes. The message names the source and never a credential. */
public final class StorageException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it is; says whether another attempt can help. */
    public enum Kind {
        /** The object, bucket, host path or file does not exist. */
        NOT_FOUND,
        /** Credentials are missing, wrong, expired or not sufficient. */
        ACCESS_DENIED,
        /** The object was replaced or truncated while it was read. */
        CHANGED,
        /** The host does not resolve or does not accept connections, or TLS fails. */
        UNREACHABLE,
        /** No answer within the time allowed. */
        TIMEOUT,
        /** The server answers something that is no answer to a range request (200, a wrong Content-Range, ...). */
        PROTOCOL,
        /** The server refuses to send the range, though the object has it or its size is not known (416). */
        RANGE_REFUSED,
        /** The server asks to slow down or fails on its side (429, 5xx), or the body broke off. */
        UNAVAILABLE,
        /** The reader was closed. */
        CLOSED,
        /** The URI or the options are not usable. */
        INVALID,
        /** Anything else, e.g. an error of a local disk. */
        IO
    }

    private final Kind kind;

    /** A failure of {@code kind}; {@code message} is one line that names the source. */
    public StorageException(Kind kind, String message) {
        this(kind, message, null);
    }

    /** A failure of {@code kind} with its cause. */
    public StorageException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What kind of failure it is. */
    public Kind kind() {
        return kind;
    }

    /** Whether the same request may succeed when it is sent again. */
    public boolean isTransient() {
        return kind == Kind.TIMEOUT || kind == Kind.UNAVAILABLE || kind == Kind.UNREACHABLE;
    }
}
