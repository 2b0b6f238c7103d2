// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.H5Coro;
import io.h5coro.SimulatedDoor;
import io.h5coro.internal.decode.FilterRegistry;
import io.h5coro.internal.file.Means;
import io.h5coro.internal.file.SharedResources;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.model.DataCache;
import io.h5coro.model.IndexCache;
import io.h5coro.model.MemoryBudget;
import io.h5coro.model.ReadOptions;
import io.h5coro.sim.disk.SimProcess;
import io.h5coro.sim.store.SimHttpClient;
import io.h5coro.sim.store.SimStore;
import io.h5coro.spark.file.Door;
import io.h5coro.spark.file.Host;
import io.h5coro.spark.file.ListedFile;
import io.h5coro.spark.file.OpenFiles;
import io.h5coro.spark.option.SourceOptions.Opening;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.http.HttpOptions;
import io.h5coro.storage.http.HttpStorageProvider;
import io.h5coro.storage.http.SimulatedHttp;
import io.h5coro.storage.machine.Machine;
import java.net.URI;

/** A simulated process of a cluster: its machine, its memory, and the files that are open there. */
final class SparkHost implements Host, Door {
    private final String name;
    private final MortalMachine machine;
    private final SharedResources shared;
    private final SharedMemory memory;
    private final ReadOptions options;
    private final HttpOptions http;
    private final OpenFiles files;
    private int readers;

    /**
     * What a process has.
     *
     * @param bytes of memory for its reads
     * @param isCached whether it keeps metadata and data on the disk that processes share
     */
    record Terms(String name, long bytes, boolean isCached) {}

    SparkHost(Terms terms, MortalMachine machine, SimProcess process, SimStore store) {
        this.name = terms.name();
        this.machine = machine;
        this.shared = new SharedResources(machine);
        this.memory = new SharedMemory(terms.bytes(), MemoryBudget.WhenFull.WAIT);
        ReadOptions.Builder builder = ReadOptions.builder().memoryBudget(memory).decodeThreads(2);
        if (terms.isCached()) {
            builder.indexCache(IndexCache.at(process.path("/cache/index"), 4 << 20))
                    .dataCache(DataCache.at(process.path("/cache/data"), 4 << 20));
        }
        this.options = builder.build();
        this.http = SimulatedHttp.on(
                        HttpOptions.builder().retries(20), machine, threads -> new SimHttpClient(store, threads))
                .build();
        this.files = new OpenFiles(StorageOptions.none(), this);
    }

    @Override
    public Machine machine() {
        return machine;
    }

    @Override
    public OpenFiles files(Opening opening) {
        return files;
    }

    OpenFiles files() {
        return files;
    }

    /** Runs something as its process does, until that is killed. */
    void run(Runnable task) {
        machine.run(task);
    }

    /** What its reads have of its memory. */
    MemoryBudget.Use use() {
        return memory.use();
    }

    @Override
    public RangeReader reader(String location) throws StorageException {
        return new HttpStorageProvider()
                .open(
                        URI.create(location),
                        StorageOptions.none()
                                .with(
                                        HttpOptions.class,
                                        http.toBuilder()
                                                .userAgent(name + "-" + readers++)
                                                .build()));
    }

    @Override
    public H5Coro file(ListedFile listed, SiblingFiles.Opener opener) {
        return listed.note() == null
                ? SimulatedDoor.open(listed.location(), opener, options, shared)
                : SimulatedDoor.open(
                        listed.location(),
                        opener,
                        new Means(options, FilterRegistry.installed(), shared),
                        listed.note());
    }
}
