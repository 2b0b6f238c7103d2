// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import io.h5coro.storage.machine.Machine;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The tiers of one cache, and what reads and writes them. Thread-safe.
 *
 * @param tiers in the order in which they are looked into; at least one
 * @param readers runs reads
 * @param behind runs writes
 * @param closingNanos how long closing a file waits for writes; what is not written by then is written later, or not
 * @param machine waits for writes
 */
record DataStore(List<Tier> tiers, Executor readers, WriteBehind behind, long closingNanos, Machine machine) {
    DataStore {
        tiers = List.copyOf(tiers);
    }
}
