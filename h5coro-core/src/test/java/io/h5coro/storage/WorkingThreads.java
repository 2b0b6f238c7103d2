// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.util.Map;
import java.util.stream.Stream;

/** Threads that are doing something of ours, also while the machine does not let them run. */
final class WorkingThreads {
    /** So long one look serves all who look: it halts all threads, and several readers look at once. */
    private static final long LOOK_NANOS = 5_000_000;

    // Guarded by the class.
    private static long lookedNanos = System.nanoTime() - LOOK_NANOS;
    private static boolean found;

    private WorkingThreads() {}

    /**
     * Whether any thread runs code of ours, or a virtual thread; one that waits for anything or only looks does not.
     * One that waits for a lock is at work if whoever holds the lock is, and that one is asked itself.
     */
    static synchronized boolean any() {
        // That none works is never an old answer: a wave ends by it.
        if (!found || System.nanoTime() - lookedNanos >= LOOK_NANOS) {
            found = Thread.getAllStackTraces().entrySet().stream().anyMatch(WorkingThreads::works);
            lookedNanos = System.nanoTime();
        }
        return found;
    }

    private static boolean works(Map.Entry<Thread, StackTraceElement[]> thread) {
        Thread.State state = thread.getKey().getState();
        StackTraceElement[] trace = thread.getValue();
        return state == Thread.State.RUNNABLE
                && trace.length > 0
                && !awaitsANetwork(trace[0])
                && Stream.of(trace).noneMatch(WorkingThreads::looks)
                && Stream.of(trace).anyMatch(WorkingThreads::isOurs);
    }

    private static boolean looks(StackTraceElement frame) {
        return frame.getClassName().equals(WorkingThreads.class.getName());
    }

    /** What a virtual thread runs is not in the trace of the thread that carries it, which only shows that one runs. */
    private static boolean isOurs(StackTraceElement frame) {
        String name = frame.getClassName();
        return name.startsWith("io.h5coro.") || name.equals("jdk.internal.vm.Continuation");
    }

    /** The JVM takes a thread that waits for a socket for one that runs. */
    private static boolean awaitsANetwork(StackTraceElement top) {
        String name = top.getClassName();
        return top.isNativeMethod() && name.startsWith("sun.nio.ch.") && !name.contains("File");
    }
}
