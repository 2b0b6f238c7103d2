// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.internal.memory.HeapMemory;
import io.h5coro.model.DataCache;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** What data caches hold: one for each cache as long as it is in use. Thread-safe. */
public final class DataStores {
    /** Reads of one cache at a time: what a local disk usefully takes. */
    private static final int READERS = 4;

    /** A disk that hangs for longer than this is not waited for. */
    private static final long CLOSING_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Machine machine;

    @GuardedBy("this")
    private final Map<DataCache, DataStore> stores = new WeakHashMap<>();

    /** No cache yet. */
    public DataStores(Machine machine) {
        this.machine = machine;
    }

    /**
     * What is kept of an open object. Nothing is where the options name no cache, the object has no identity, or the
     * storage is as near as the cache would be.
     *
     * @param reader the object; stays the caller's
     */
    public DataSession open(RangeReader reader, ReadOptions options) {
        boolean keeps = options.dataCache().isPresent()
                && reader.identity().isPresent()
                && reader.profile().isFar();
        return new DataSession(reader, keeps ? of(options.dataCache().get()) : null, options);
    }

    /** Forgets what a cache keeps of an object, whatever its version; blocks. */
    public void forget(DataCache cache, RangeReader reader) {
        reader.identity()
                .map(ObjectKey::object)
                .ifPresent(object -> of(cache).tiers().forEach(tier -> tier.forget(object)));
    }

    private synchronized DataStore of(DataCache cache) {
        return stores.computeIfAbsent(cache, this::store);
    }

    private DataStore store(DataCache cache) {
        List<Tier> tiers = new ArrayList<>();
        for (DataCache.Tier tier : cache.tiers()) {
            tiers.add(
                    tier.folder().isPresent()
                            ? new DataFolder(
                                    tier.folder().get(),
                                    tier.maxBytes(),
                                    DataFolder::write,
                                    new Ground(machine, threads("h5coro-data-clear-", 1)))
                            : new MemoryTier(
                                    tier.maxBytes(), HeapMemory.ofThisProcess().account()));
        }
        return new DataStore(
                tiers,
                threads("h5coro-data-read-", READERS),
                new WriteBehind(threads("h5coro-data-write-", 1)),
                CLOSING_NANOS,
                machine);
    }

    private Executor threads(String name, int most) {
        return machine.threads(name, most, Machine.IDLE);
    }
}
