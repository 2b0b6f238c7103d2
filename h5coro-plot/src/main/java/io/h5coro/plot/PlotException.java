// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

/** Says why there is no picture. */
public final class PlotException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PlotException(String message) {
        super(message);
    }

    PlotException(String message, Throwable cause) {
        super(message, cause);
    }
}
