// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.disk;

/** Ends whatever a killed process does. An error, so that nobody who handles failures of the disk handles it. */
public final class ProcessKilled extends Error {
    private static final long serialVersionUID = 1L;

    ProcessKilled(String process) {
        super("the process " + process + " was killed");
    }
}
