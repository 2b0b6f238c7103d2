// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Memory for chunks while they are decoded. A task that needs some is handed to its threads when there is enough; until
 * then the task waits, not a thread. Who wants more than there is at all waits until nothing else is decoded: the rest
 * it has to have from elsewhere ({@code CallMemory}). Tasks never wait for anything while they run, so each gets its
 * turn.
 *
 * <p>Files take turns, so that one with many large chunks does not keep the others' few from being decoded.
 * Thread-safe; never blocks.
 *
 * <p>Example: 100 bytes, file A wants 60, 60 and 60, then file B wants 30. A's first task runs; its second and third
 * wait, and B's waits although it would fit, since the queue is in order. When A's first one ends, A's second runs and
 * A goes to the end of the turns; B's runs beside it; A's third waits until its second ends.
 */
public final class DecodeRoom {
    /**
     * The part of as much again that buffers may have which wait for the next chunk: those of chunks of 16 MB, for two
     * threads, of a heap of 2 GB. What does not fit is made anew for each chunk.
     */
    private static final int KEPT_PART = 4;

    private final long bytes;
    private final Object lock = new Object();

    /** Bytes of the tasks that were handed to threads and have not ended. */
    @GuardedBy("lock")
    private long taken;

    /** Bytes of buffers that wait for the next chunk of their call; besides those taken. */
    @GuardedBy("lock")
    private long kept;

    /** Tasks that wait, by file; no entry is empty. */
    @GuardedBy("lock")
    private final Map<Object, ArrayDeque<Waiting>> waiting = new LinkedHashMap<>();

    private record Waiting(long bytes, Executor threads, GuardedTask task) {}

    /** A room for so many bytes. */
    public DecodeRoom(long bytes) {
        this.bytes = bytes;
    }

    /** How much there is. */
    public long bytes() {
        return bytes;
    }

    /**
     * Runs a task when there is room for it.
     *
     * @param owner the file, which has its turn
     * @param most bytes that the task takes at the most
     * @param threads run the task; when they refuse it, the task fails on the caller's thread
     * @param task is run or failed exactly once
     */
    public void execute(Object owner, long most, Executor threads, GuardedTask task) {
        long share = Math.min(most, bytes);
        synchronized (lock) {
            if (!waiting.isEmpty() || share > bytes - taken) {
                waiting.computeIfAbsent(owner, o -> new ArrayDeque<>()).add(new Waiting(share, threads, task));
                return;
            }
            taken += share;
        }
        if (!isHanded(share, threads, task)) {
            give(share);
        }
    }

    /**
     * Hands over a task whose room was taken; the room is given back when the task ends.
     *
     * @return false when it was refused, and has failed; the caller gives the room back, so that many refused tasks do
     *     not nest
     */
    private boolean isHanded(long share, Executor threads, GuardedTask task) {
        try {
            threads.execute(() -> {
                try {
                    task.runGuarded();
                } finally {
                    give(share);
                }
            });
            return true;
        } catch (Throwable notTaken) {
            boolean told = false;
            try {
                task.fail(notTaken);
                told = true;
            } finally {
                if (!told) {
                    giveBack(share);
                }
            }
            return false;
        }
    }

    /** Gives room back, and hands over the tasks whose turn it is, as many as fit. */
    private void give(long share) {
        giveBack(share);
        for (Waiting next = next(); next != null; next = next()) {
            if (!isHanded(next.bytes(), next.threads(), next.task())) {
                giveBack(next.bytes());
            }
        }
    }

    private void giveBack(long share) {
        synchronized (lock) {
            taken -= share;
        }
    }

    /** Takes the room for the task whose turn it is, when there is enough. */
    private @Nullable Waiting next() {
        synchronized (lock) {
            Iterator<Map.Entry<Object, ArrayDeque<Waiting>>> turns =
                    waiting.entrySet().iterator();
            if (!turns.hasNext()) {
                return null;
            }
            Map.Entry<Object, ArrayDeque<Waiting>> turn = turns.next();
            ArrayDeque<Waiting> tasks = turn.getValue();
            Waiting first = tasks.element();
            if (first.bytes() > bytes - taken) {
                return null;
            }
            Object owner = turn.getKey();
            turns.remove();
            tasks.remove();
            if (!tasks.isEmpty()) {
                waiting.put(owner, tasks);
            }
            taken += first.bytes();
            return first;
        }
    }

    /** Counts buffers that are kept until their call's next chunk is decoded; false when they shall be let go. */
    public boolean keep(long most) {
        synchronized (lock) {
            boolean fits = most <= bytes / KEPT_PART - kept;
            kept += fits ? most : 0;
            return fits;
        }
    }

    /** Says that buffers are not kept any more: a task uses them, or they are let go. */
    public void useKept(long done) {
        synchronized (lock) {
            kept -= done;
        }
    }

    /** Bytes of buffers that are kept. */
    public long kept() {
        synchronized (lock) {
            return kept;
        }
    }

    /** Bytes in use. */
    public long taken() {
        synchronized (lock) {
            return taken;
        }
    }

    @Override
    public String toString() {
        return taken() + " of " + bytes + " bytes to decode in";
    }
}
