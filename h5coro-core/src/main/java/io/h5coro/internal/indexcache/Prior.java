// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a file before it is opened, besides what an index cache keeps.
 *
 * @param siblings of files that are read together with it; null when it is read alone
 * @param note of the file itself, used in place of an index cache; null when there is none
 */
public record Prior(
        @Nullable FamilyMemory siblings, @Nullable NotedEntry note) {
    /** Nothing. */
    public static final Prior NOTHING = new Prior(null, null);
}
