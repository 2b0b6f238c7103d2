// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import java.io.OutputStream;
import java.io.PrintStream;

final class Cli {
    private Cli() {}
    static int run(String[] args, OutputStream out, PrintStream err) { return 2; }
}
