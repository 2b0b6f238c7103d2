// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import java.util.function.Supplier;

/** Says what is not as it has to be. */
final class Checks {
    private Checks() {}

    static void that(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise.get());
        }
    }
}
