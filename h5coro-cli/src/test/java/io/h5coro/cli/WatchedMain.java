// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import java.util.List;

/** The command in a process of its own, which says on its error stream which idle threads are there when it ends. */
final class WatchedMain {
    /** Long enough for any machine: a thread that was told to end needs no time, another one never ends. */
    private static final long PATIENCE_MILLIS = 20_000;

    private WatchedMain() {}

    public static void main(String[] args) {
        Runtime.getRuntime().addShutdownHook(new Thread(WatchedMain::report));
        Main.main(args);
    }

    private static void report() {
        List<Thread> selectors = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith("SelectorManager"))
                .toList();
        for (Thread thread : selectors) {
            try {
                thread.join(PATIENCE_MILLIS);
            } catch (InterruptedException e) {
                System.err.println("interrupted");
            }
            if (thread.isAlive()) {
                System.err.println("left: " + thread.getName());
            }
        }
        System.err.println("ended");
    }
}
