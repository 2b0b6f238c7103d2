// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.report;

/** A command line that does not say something that can be done. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
