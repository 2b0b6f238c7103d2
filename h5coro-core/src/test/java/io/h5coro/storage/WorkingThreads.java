// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.util.Map;
import java.util.stream.Stream;

/** Threads that are doing something of ours, also while the machine does not let them run. */
final class WorkingThreads {
    private WorkingThreads() {}

    /**
     * Whether any other thread runs code of ours, or a virtual thread; one that waits for anything does not. One that
     * waits for a lock is at work if whoever holds the lock is, and that one is asked itself.
     */
    static boolean any() {
        Thread asking = Thread.currentThread();
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey() != asking)
                .anyMatch(WorkingThreads::works);
    }

    private static boolean works(Map.Entry<Thread, StackTraceElement[]> thread) {
        Thread.State state = thread.getKey().getState();
        StackTraceElement[] trace = thread.getValue();
        return state == Thread.State.RUNNABLE
                && trace.length > 0
                && !awaitsANetwork(trace[0])
                && Stream.of(trace).anyMatch(WorkingThreads::isOurs);
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
