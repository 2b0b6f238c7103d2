// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

/** A dataset that references cannot give exactly, and why. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes the refusal; the reason is read behind the path of the dataset. */
    RefusedException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
