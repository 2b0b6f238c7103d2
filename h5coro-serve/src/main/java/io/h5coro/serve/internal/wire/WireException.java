// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.wire;

/** A request that is answered with a status and a text. The text names nothing of the server. Immutable. */
public final class WireException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** Makes an answer of an HTTP status, 400 or above. */
    public WireException(int status, String text) {
        super(text, null, false, false);
        this.status = status;
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the text of the answer. */
    public String text() {
        return String.valueOf(getMessage());
    }

    static WireException bad(String text) {
        return new WireException(400, text);
    }

    static WireException unsupported(String text) {
        return new WireException(501, text);
    }
}
