// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Stands in as a cause for an exception of the SDK. It has type and stack trace, but not the text, which may repeat
 * keys, the signed request or whatever the server sent.
 */
final class BareCause extends IOException {
    private static final long serialVersionUID = 1L;

    /** Causes that are kept, so that a cyclic chain ends. */
    private static final int MOST_CAUSES = 20;

    private BareCause(Throwable thrown, @Nullable Throwable cause) {
        super(thrown.getClass().getName(), cause);
        setStackTrace(thrown.getStackTrace());
    }

    /** A cause without text, and so its causes; null for none. */
    static @Nullable Throwable of(@Nullable Throwable thrown) {
        return of(thrown, MOST_CAUSES);
    }

    private static @Nullable Throwable of(@Nullable Throwable thrown, int most) {
        if (thrown == null || most == 0) {
            return null;
        }
        return thrown instanceof BareCause ? thrown : new BareCause(thrown, of(thrown.getCause(), most - 1));
    }
}
