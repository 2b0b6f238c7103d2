// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.OptionalInt;

/** All commands, each by the fastest way there is to start it. */
final class Commands {
    private Commands() {}

    /** Runs a command line and gives its exit status. */
    static int run(String[] args, OutputStream out, PrintStream err) {
        if (args.length > 0 && args[0].equals("dump")) {
            return new DumpCommand(out, err).run(Arrays.copyOfRange(args, 1, args.length));
        }
        OptionalInt status = PlainCommands.run(args, out, err);
        return status.isPresent() ? status.getAsInt() : Cli.run(args, out, err);
    }
}
