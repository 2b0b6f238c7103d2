// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.error.LimitExceededException;
import io.h5coro.internal.memory.ResultRoom;
import io.h5coro.internal.prepare.DatasetRead;
import io.h5coro.internal.prepare.ReadLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The shared memory that the results of one call have: all is taken at once, before anything is fetched, and given back
 * as each request ends. Thread-safe.
 */
final class CallMemory {
    private final Call call;
    private final ResultRoom memory;
    /**
     * Bytes of each request that has memory, by its name. An entry is removed by whoever gives the bytes back, so once.
     */
    private final Map<String, Long> taken = new ConcurrentHashMap<>();

    /** What decoding may take beyond the room that there is for every call; given back when the call has ended. */
    private final AtomicLong work = new AtomicLong();

    private volatile ResultRoom.@Nullable Later waiting;
    /** Whether the call gave up: memory that is granted later goes back at once. */
    private volatile boolean over;

    CallMemory(Call call, ResultRoom memory) {
        this.call = call;
        this.memory = memory;
    }

    /**
     * Takes memory for the results of all requests; they fail when there is none and the budget says so.
     *
     * @param then is run when the memory is there: now (true), or by another thread, quickly
     */
    void take(Need need, Consumer<Boolean> then) {
        List<DatasetRead> reads = need.reads();
        long bytes =
                reads.stream().mapToLong(read -> read.target().memoryBytes()).sum();
        Later later = new Later(need, then);
        waiting = later;
        switch (memory.take(bytes + need.work(), later)) {
            case TAKEN -> {
                taken(need);
                then.accept(true);
            }
            case REFUSED -> later.refused();
            case LATER -> {
                if (call.isAborted() || over) {
                    cancel();
                }
            }
        }
    }

    /** The call, as it waits. */
    private final class Later implements ResultRoom.Later {
        private final Need need;
        private final Consumer<Boolean> then;

        Later(Need need, Consumer<Boolean> then) {
            this.need = need;
            this.then = then;
        }

        @Override
        public void run() {
            taken(need);
            then.accept(false);
        }

        @Override
        public void refused() {
            need.reads().forEach(read -> call.fail(read, CallMemory.this.refused(read)));
            call.planned();
        }
    }

    /**
     * What a call needs.
     *
     * @param reads for whose results there is to be memory
     * @param work bytes for decoding, and to say where values are
     */
    record Need(List<DatasetRead> reads, long work) {
        /**
         * What requests need, as long as the limits allow it.
         *
         * <p>Work is not summed: one chunk at a time is decoded beyond the room. So a call of results of 10, 20 and 30
         * MB whose largest chunks need 5, 8 and 0 MB beyond it takes 68 MB. What says where the values are is there
         * from the start, so it is summed.
         *
         * @param tooLarge takes those that they do not
         * @param resolved in their order; each is checked with those before it that were accepted
         * @param limits of the file
         */
        static Need of(List<DatasetRead> resolved, ReadLimits limits, BiConsumer<DatasetRead, Throwable> tooLarge) {
            List<DatasetRead> reads = new ArrayList<>();
            long bytes = 0;
            long work = 0;
            long held = 0;
            for (DatasetRead read : resolved) {
                long with = bytes + read.target().memoryBytes();
                try {
                    long beyond = Math.max(work, limits.workBeyondRoom(read));
                    long places = held + read.heldBytes();
                    limits.checkResults(read.where(), with);
                    limits.checkWork(read.where(), with, beyond);
                    limits.checkHeld(read.where(), with + beyond, places);
                    bytes = with;
                    work = beyond;
                    held = places;
                    reads.add(read);
                } catch (Throwable failure) {
                    tooLarge.accept(read, failure);
                }
            }
            return new Need(reads, work + held);
        }
    }

    private void taken(Need need) {
        work.set(need.work());
        for (DatasetRead read : need.reads()) {
            String name = read.target().name();
            taken.put(name, read.target().memoryBytes());
            CompletableFuture<?> future = Objects.requireNonNull(call.future(name));
            if (future.isDone() || over) {
                release(name, false);
            }
        }
        if (over || call.hasEnded()) {
            ended();
        }
    }

    private LimitExceededException refused(DatasetRead read) {
        return new LimitExceededException(
                read.where(),
                "no room for the result of " + read.target().memoryBytes() + " bytes now: of "
                        + memory.account().name() + " " + memory.account().use().resultBytes()
                        + " are results that are being made");
    }

    /** Makes the results that there is memory for; gives the requests that have one. */
    List<DatasetRead> allocate(List<DatasetRead> admitted) {
        List<DatasetRead> allocated = new ArrayList<>();
        for (DatasetRead read : admitted) {
            try {
                if (!call.isAborted() && !read.isFailed()) {
                    read.allocate();
                    allocated.add(read);
                }
            } catch (Throwable failure) {
                call.fail(read, failure);
            }
        }
        return allocated;
    }

    /**
     * Gives back what a request has, if anything.
     *
     * @param made whether there is a result
     */
    void release(String name, boolean made) {
        Long bytes = taken.remove(name);
        if (bytes != null && made) {
            memory.made(bytes);
        } else if (bytes != null) {
            memory.give(bytes);
        }
    }

    /** Gives back what is not a request's: all of them have ended. */
    void ended() {
        long bytes = work.getAndSet(0);
        if (bytes > 0) {
            memory.give(bytes);
        }
    }

    /** Gives all back, and takes nothing more: another call makes the results. */
    void giveUp() {
        over = true;
        cancel();
        taken.keySet().forEach(name -> release(name, false));
        ended();
    }

    /** Waits no longer. */
    void cancel() {
        ResultRoom.@Nullable Later later = waiting;
        if (later != null) {
            memory.cancel(later);
        }
    }
}
