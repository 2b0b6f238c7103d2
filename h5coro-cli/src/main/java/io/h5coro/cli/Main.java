// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;

/** Starts the h5coro command. */
public final class Main {
    private static final String TUNNEL_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

    private Main() {}

    /**
     * Runs the command and ends the process with its exit status.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        // As curl does: user and password go to a proxy on the way to https too. Java's default is for programs that
        // others run in.
        if (System.getProperty(TUNNEL_SCHEMES) == null) {
            System.setProperty(TUNNEL_SCHEMES, "");
        }
        // The library logs a warning where a cache is of no use: in one line, as the command's own.
        if (System.getProperty(LOG_FORMAT) == null) {
            System.setProperty(LOG_FORMAT, "h5coro: %5$s%n");
        }
        OutputStream err = new FileOutputStream(FileDescriptor.err);
        Front.Terminals terminals = Front.Terminals.found();
        if (terminals.err() && Arrays.asList(args).contains(TypedLine.QUIET)) {
            // Nor what waits for a server.
            System.setProperty("h5coro.stderr.tty", "false");
        }
        Front.Streams streams = new Front.Streams(new FileOutputStream(FileDescriptor.out), err);
        int status = Front.run(args, System.getenv(), terminals, streams);
        IdleThreads.end();
        System.exit(status);
    }

    /** Runs the command as no user's and on no terminal, and gives its exit status. */
    static int run(String[] args, OutputStream out, PrintStream err) {
        return Commands.run(args, out, err);
    }
}
