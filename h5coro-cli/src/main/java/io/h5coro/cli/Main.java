// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

/** Starts the h5coro command. */
public final class Main {
    private Main() {}

    /**
     * Runs the command.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.err.println("h5coro: no command yet");
    }
}
