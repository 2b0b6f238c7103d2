// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command line did.
 *
 * @param status the exit status
 * @param out standard output
 * @param err the error stream
 */
public record Run(int status, String out, String err) {
    public static Run of(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(arguments, out, new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The number of lines on the error stream. */
    public long errorLines() {
        return err.lines().count();
    }
}
