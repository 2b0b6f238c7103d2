// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import java.io.IOException;

/** An entry's file does not hold what it should. */
final class DamagedEntryException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedEntryException(String what) {
        super(what);
    }
}
