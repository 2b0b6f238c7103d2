// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import java.util.List;
import java.util.concurrent.Executor;

/**
 * The tiers of one cache, and what reads and writes them. Thread-safe.
 *
 * @param tiers in the order in which they are looked into; at least one
 * @param readers runs reads
 * @param behind runs writes
 */
record DataStore(List<Tier> tiers, Executor readers, WriteBehind behind) {
    DataStore {
        tiers = List.copyOf(tiers);
    }
}
