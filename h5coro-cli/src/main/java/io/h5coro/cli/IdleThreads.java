// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Ends idle threads before the process does. A JVM that ends waits 0.3 s for threads that are in the kernel, daemons
 * too and also in {@link Runtime#halt} (HotSpot: {@code VM_Exit::wait_for_threads_in_native_to_block}). The thread of
 * the JDK's HTTP client that waits for connections is always there, and before Java 21 such a client cannot be closed.
 */
final class IdleThreads {
    /** Threads of {@code java.net.http} that wait for connections; they end when they are interrupted. */
    private static final Pattern SELECTORS = Pattern.compile("HttpClient-[0-9]+-SelectorManager");

    /** A thread that has not ended by then costs no more than the JVM's own wait. */
    private static final long PATIENCE_MILLIS = 300;

    private IdleThreads() {}

    /** Ends those of this process, which makes no more requests. */
    static void end() {
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        for (ThreadGroup above = all.getParent(); above != null; above = above.getParent()) {
            all = above;
        }
        // Threads that come in between are not those of clients.
        Thread[] threads = new Thread[all.activeCount() + 16];
        end(Arrays.asList(threads).subList(0, all.enumerate(threads)));
    }

    /** Ends the idle ones of these threads. */
    static void end(List<Thread> threads) {
        List<Thread> idle = threads.stream()
                .filter(thread -> SELECTORS.matcher(thread.getName()).matches())
                .toList();
        idle.forEach(Thread::interrupt);
        try {
            for (Thread thread : idle) {
                thread.join(PATIENCE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
