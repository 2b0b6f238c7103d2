// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import io.h5coro.internal.datacache.DataStores;
import io.h5coro.internal.indexcache.IndexFolders;
import io.h5coro.internal.memory.DecodeRoom;
import io.h5coro.internal.memory.HeapMemory;
import io.h5coro.storage.machine.Machine;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/**
 * What files that are open side by side share: the threads that decode, so that a hundred files do not decode on a
 * hundred times as many threads as there are processors, the folders of index caches, and what data caches hold.
 * Whoever opens a file without naming others uses those {@linkplain #ofThisProcess() of this process}; the heap, of
 * which there is one, is {@link io.h5coro.internal.memory.HeapMemory}. Thread-safe.
 */
public final class SharedResources implements AutoCloseable {
    private static final SharedResources OF_THIS_PROCESS = new SharedResources(Machine.ofThisProcess());

    /** By their number of threads. */
    private final Map<Integer, ExecutorService> decoders = new HashMap<>();

    /**
     * Most files that are opened at once for those who do not wait where the JVM has no virtual threads; others wait
     * for their turn, which costs round trips. With one thread, a storage that does not answer would hold up all.
     */
    private static final int OPENERS = 16;

    private final IndexFolders folders;
    private final Machine machine;
    private final DecodeRoom decodeRoom;
    private final DataStores data;
    private final ExecutorService openers;

    /** Guarded by this. */
    private boolean closed;

    /**
     * Resources without a thread; closed by whoever made them.
     *
     * @param machine whatever works for the files runs and waits there
     */
    public SharedResources(Machine machine) {
        this(machine, HeapMemory.ofThisProcess().decoding());
    }

    /** The same with a room of its own to decode in. */
    public SharedResources(Machine machine, DecodeRoom decodeRoom) {
        this.machine = machine;
        this.decodeRoom = decodeRoom;
        this.folders = new IndexFolders(machine);
        this.data = new DataStores(machine);
        this.openers = openers(OPENERS);
    }

    /** Those of all files that were opened with no others. Nobody closes them: their threads end when they are idle. */
    public static SharedResources ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    /**
     * The threads that decode for all files that want so many.
     *
     * @throws IllegalStateException when the resources are closed
     */
    synchronized ExecutorService decoders(int threads) {
        if (closed) {
            throw new IllegalStateException("the shared resources are closed");
        }
        return decoders.computeIfAbsent(threads, most -> machine.threads("h5coro-decode-", most, Machine.IDLE));
    }

    /** Where chunks are decoded. */
    DecodeRoom decodeRoom() {
        return decodeRoom;
    }

    /** Where the files' threads run and wait. */
    public Machine machine() {
        return machine;
    }

    /**
     * Makes threads that open files and may wait; so many at the most where the machine has no virtual ones. Closed by
     * the caller.
     */
    public ExecutorService openers(int threads) {
        return machine.waiters("h5coro-open-", threads);
    }

    /** The threads that open files for callers who do not wait. */
    ExecutorService openers() {
        return openers;
    }

    /** The folders of index caches. */
    IndexFolders folders() {
        return folders;
    }

    /** What data caches hold. */
    public DataStores data() {
        return data;
    }

    /** Takes no more tasks; those that were taken still run. */
    @Override
    public synchronized void close() {
        closed = true;
        decoders.values().forEach(ExecutorService::shutdown);
        openers.shutdown();
    }
}
