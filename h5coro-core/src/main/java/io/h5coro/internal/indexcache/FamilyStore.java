// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import java.util.Optional;
import java.util.function.UnaryOperator;

/** Keeps what is known of families. Thread-safe; fails silently. */
interface FamilyStore {
    /** What is known of a family. */
    Optional<FamilyRecord> family(String name);

    /** Replaces what is known of a family. When two do so at once, what one of them has learnt may be lost. */
    void update(String name, UnaryOperator<FamilyRecord> change);
}
