// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

/** A command line that does not say something that can be done. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
